//! Trials: entries of a study, signatures with two keys, and what the ledger holds.
//!
//! Everything that goes into a study is one call of `ITrials`, sent by [`Client::enter_trial`](crate::Client::enter_trial), which returns the entries
//! that it made. Here is what needs more than the call.

mod allocation;
mod beacon;
mod draw;
mod enter;
mod evidence;
mod factor;
mod log;
mod read;
mod sign;

pub use allocation::{EntryPlace, OpenedEntry, SEALED_KEY_BYTES, seal_entry};
pub use enter::Entered;
pub use evidence::{ProvedBlock, TrialEvidence};
pub use log::{TrialWatch, Watched};
pub use read::{Grant, List, Milestone, Query, Site, Study, Subject, Sums};
pub use sign::{NewSignature, SignedData};
pub use theriac_contracts::interfaces::ITrials::{
    Capture, Correction, Missed, Outcome, Schedule, When,
};
