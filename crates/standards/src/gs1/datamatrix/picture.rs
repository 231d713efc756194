//! A picture in shades of grey.

use super::DataMatrixError;

/// The most pixels of a picture.
pub const LARGEST_PICTURE: usize = 4096 * 4096;

/// Rows of pixels from the top, one byte each: 0 is black, 255 white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Luma {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Luma {
    /// A picture of `width` times `height` bytes.
    ///
    /// # Errors
    /// [`DataMatrixError::Picture`] when there are more or fewer bytes, none, or more than [`LARGEST_PICTURE`].
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> Result<Self, DataMatrixError> {
        let fits = width.checked_mul(height) == Some(pixels.len());
        if !fits || pixels.is_empty() || pixels.len() > LARGEST_PICTURE {
            return Err(DataMatrixError::Picture {
                width,
                height,
                got: pixels.len(),
            });
        }
        Ok(Self {
            width,
            height,
            pixels,
        })
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The pixels, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    pub(super) fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    /// Each pixel the median of itself and its eight neighbours, which takes single wrong pixels away; the edge stays.
    #[must_use]
    pub fn smoothed(&self) -> Self {
        let mut pixels = self.pixels.clone();
        for row in 1..self.height.saturating_sub(1) {
            for column in 1..self.width.saturating_sub(1) {
                let mut around = [0; 9];
                for (index, value) in around.iter_mut().enumerate() {
                    let (x, y) = (column + index % 3 - 1, row + index / 3 - 1);
                    *value = self.pixels[y * self.width + x];
                }
                around.sort_unstable();
                pixels[row * self.width + column] = around[4];
            }
        }
        Self { pixels, ..*self }
    }

    /// White on black, where it was black on white.
    #[must_use]
    pub fn inverted(&self) -> Self {
        Self {
            pixels: self.pixels.iter().map(|pixel| 255 - pixel).collect(),
            ..*self
        }
    }
}
