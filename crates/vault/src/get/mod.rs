//! Finds a blob and gives its bytes in order: from this disk, whole from another member, or from pieces of several.
//!
//! ```text
//! Read --> Finder --> Found::Whole (small)
//!                 --> Found::Coded --> stripe by stripe: pieces --> chunk, proven by the outline
//! ```

mod coded;
mod find;
mod leaves;
mod read;
mod whole;

pub(crate) use coded::Coded;
pub(crate) use find::{Finder, Found};
pub(crate) use read::Read;
pub(crate) use whole::MAX_WHOLE_BYTES;
