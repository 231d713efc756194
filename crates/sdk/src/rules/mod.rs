//! Rules as contracts: what their code can do, which kinds of record they decide, and how one comes onto the ledger.

mod code;
mod deploy;
mod finding;
mod inspect;
mod point;

pub use finding::{Finding, Weight};
pub use inspect::Inspection;
pub use theriac_contracts::interfaces::ISeals::RulePointer;
