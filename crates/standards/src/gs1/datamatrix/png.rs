//! A symbol as PNG.

use png::{BitDepth, ColorType, Encoder};

use super::{DataMatrixError, Symbol};

impl Symbol {
    /// A PNG file in shades of grey with the quiet zone, each module a square of `module_px` pixels.
    ///
    /// # Errors
    /// [`DataMatrixError::Picture`] when the picture would be empty or too large.
    pub fn to_png(&self, module_px: usize) -> Result<Vec<u8>, DataMatrixError> {
        let luma = self.to_luma(module_px)?;
        let side = |pixels: usize| u32::try_from(pixels).expect("the picture's size is bounded");
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, side(luma.width()), side(luma.height()));
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::Eight);
        let written = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(luma.pixels()));
        written.expect("memory takes any bytes, and the picture has its size");
        Ok(file)
    }
}
