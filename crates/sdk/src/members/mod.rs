//! Members: organisations, validators, and the votes by which they change.

mod change;
mod list;
mod proposals;
mod propose;
mod vote;

pub use change::Change;
pub use list::{Members, Upgrade};
pub use proposals::{Proposal, Vote};
pub use propose::Submitted;
