//! Exceptions of deliveries: found, reported to the partner, answered, and brought to an end.
//!
//! Their messages are those of the Partnership for DSCSA Governance. Packs of an exception that is open are neither dispensed nor handed over.

mod answer;
mod close;
mod items;
mod open;
mod progress;
mod report;
mod subject;

pub use answer::Answered;
pub use close::Closed;
pub use open::Against;
pub use progress::{Action, Party, State};
pub use report::{Reported, Reporter};
pub use subject::{Number, Subject};
