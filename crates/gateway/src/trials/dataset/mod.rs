//! Analysis datasets: made of the locked data with the lineage of each value, checked, kept, and given to bundles.
//!
//! ```text
//! locked data --make--> rows, lineage --> the statistician's program
//!                           |
//!                          take --> check --> kept in the book, encrypted --> bundle (C14)
//! ```

mod check;
mod definition;
mod keep;
mod make;
mod take;

pub use definition::{ColumnDefinition, ColumnSource, DatasetDefinition};
pub use take::NewDataset;
