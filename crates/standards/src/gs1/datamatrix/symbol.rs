//! A symbol as dark and light modules.

use datamatrix::{DataMatrix, SymbolList};

use super::picture::LARGEST_PICTURE;
use super::{DataMatrixError, Luma};
use crate::gs1::element_string::ElementString;

/// How many light modules stand around a symbol that is drawn; the standard asks for one.
pub const QUIET_ZONE: usize = 2;

/// The modules of a symbol, without quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    width: usize,
    dark: Vec<bool>,
}

impl Symbol {
    /// The smallest symbol that holds these elements, square where a square is no larger.
    ///
    /// # Errors
    /// [`DataMatrixError::TooLong`] when no symbol holds them.
    pub fn new(elements: &ElementString<'_>) -> Result<Self, DataMatrixError> {
        let raw = elements.to_raw();
        let code = DataMatrix::encode_gs1(raw.as_bytes(), SymbolList::default())
            .map_err(|_| DataMatrixError::TooLong { got: raw.len() })?;
        let bitmap = code.bitmap();
        Ok(Self {
            width: bitmap.width(),
            dark: bitmap.bits().to_vec(),
        })
    }

    /// Modules in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows of modules.
    pub fn height(&self) -> usize {
        self.dark.len() / self.width
    }

    /// Whether a module is dark; those outside the symbol are not.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.width && self.dark.get(row * self.width + column).copied() == Some(true)
    }

    /// The symbol with its quiet zone as a picture, each module a square of `module_px` pixels.
    ///
    /// # Errors
    /// [`DataMatrixError::Picture`] when the picture would be empty or too large.
    pub fn to_luma(&self, module_px: usize) -> Result<Luma, DataMatrixError> {
        let side = |modules: usize| (modules + 2 * QUIET_ZONE).saturating_mul(module_px);
        let (width, height) = (side(self.width), side(self.height()));
        let size = width.saturating_mul(height);
        if size > LARGEST_PICTURE {
            return Err(DataMatrixError::Picture {
                width,
                height,
                got: size,
            });
        }
        let pixel = |place: usize| {
            let module = |pixel: usize| (pixel / module_px).checked_sub(QUIET_ZONE);
            let (column, row) = (module(place % width), module(place / width));
            let dark = column
                .zip(row)
                .is_some_and(|(column, row)| self.is_dark(column, row));
            if dark { 0 } else { 255 }
        };
        Luma::new(width, height, (0..size).map(pixel).collect())
    }
}
