//! From ODM 1.3.2 to 2.0, and back as far as 1.3.2 can say it.
//!
//! What the other version has no word for is left out and told, never silently: additions of vendors are carried as they are. One subject, and one
//! study's metadata, are in memory at a time.

mod element;
mod error;
mod fit;
mod indent;
mod loss;
mod stream;
mod to_one;
mod to_two;

pub use error::ConvertError;
pub use loss::{Loss, Losses};
pub use stream::{Target, convert};
