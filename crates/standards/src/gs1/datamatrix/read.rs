//! Finds a symbol in a picture and reads it.

use rxing::common::{BitMatrix, DetectorRXingResult, HybridBinarizer};
use rxing::datamatrix::decoder::Decoder;
use rxing::datamatrix::detector::zxing_cpp_detector::detect;
use rxing::{Binarizer, Luma8LuminanceSource};

use super::{DataMatrixError, Luma};

/// What the symbology identifier's last character says of GS1 data: FNC1 comes first.
const GS1: u32 = 2;

/// The text of the first Data Matrix that is found, with the symbology identifier before it: `]d2` for GS1 DataMatrix, else `]d1`.
/// Rotated symbols are found, light ones on dark ground, and those with single wrong pixels.
///
/// # Errors
/// [`DataMatrixError::NotFound`] when there is none that can be read.
pub fn read(picture: &Luma) -> Result<String, DataMatrixError> {
    if let Some(text) = either_way(picture) {
        return Ok(text);
    }
    either_way(&picture.smoothed()).ok_or(DataMatrixError::NotFound)
}

fn either_way(picture: &Luma) -> Option<String> {
    attempt(picture.clone()).or_else(|| attempt(picture.inverted()))
}

fn attempt(picture: Luma) -> Option<String> {
    let side = |pixels: usize| u32::try_from(pixels).ok();
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let source = Luma8LuminanceSource::new(picture.into_pixels(), width, height).ok()?;
    let binarizer = HybridBinarizer::new(source);
    symbol(binarizer.get_black_matrix().ok()?)
}

fn symbol(matrix: &BitMatrix) -> Option<String> {
    let decoder = Decoder::new();
    let found = detect(matrix, true, true).ok()?;
    found.iter().find_map(|one| {
        let decoded = decoder.decode(one.getBits()).ok()?;
        let identifier = if decoded.getSymbologyModifier() == GS1 {
            "]d2"
        } else {
            "]d1"
        };
        Some(format!("{identifier}{}", decoded.getText()))
    })
}
