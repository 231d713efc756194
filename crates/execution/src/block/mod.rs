//! Blocks: transactions in order, what they change and what they leave behind.

mod attempts;
mod executor;
mod failure;
mod genesis;
mod outcome;
mod sender;
#[cfg(test)]
mod tests;

pub use executor::Executor;
pub use failure::ExecuteError;
pub use genesis::genesis_changes;
pub use outcome::{Changes, ExecutedReceipt, Outcome};

pub(crate) use failure::refusal_of;
