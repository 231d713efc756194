//! GS1 DataMatrix: written as modules, PNG and SVG, and read from a picture.
//!
//! Data Matrix of ISO/IEC 16022 with error correction ECC 200, FNC1 first and GS between elements.

mod fault;
mod picture;
mod png;
mod read;
mod svg;
mod symbol;

pub use fault::DataMatrixError;
pub use picture::{LARGEST_PICTURE, Luma};
pub use read::read;
pub use symbol::{QUIET_ZONE, Symbol};
