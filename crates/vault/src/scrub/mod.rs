//! Background work: reads everything, repairs what is damaged or missing, moves what belongs elsewhere now.
//!
//! ```text
//! pass = check what is here --> list what others have --> repair what should be here --> drop what has moved
//! ```

mod check;
mod drop_moved;
mod inventory;
mod metrics;
mod pass;
mod report;

pub(crate) use metrics::Counters;
pub(crate) use pass::{Pass, Scrubber};
pub use report::{ScrubReport, VaultStatus};
