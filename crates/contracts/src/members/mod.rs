//! Members: organisations, validators, quotas and parameters, as set at genesis and changed since by vote of the validators.
//!
//! | File | Function |
//! |---|---|
//! | `organisation.rs` | `organisation`, `organisations`, `organisationOf` |
//! | `validators.rs` | `validators` |
//! | `parameters.rs` | `quota`, `parameters` |
//! | `propose/` | `proposeAdmit`, `proposeRemove` and so on, a file for each |
//! | `vote.rs` | `vote`, `voteAs` |
//! | `settle.rs` | `settle` |
//! | `proposals.rs` | `proposal`, `proposals`, `openProposals`, `votes` |
//! | `schedule.rs` | `upgrade` |

mod call;
#[cfg(test)]
mod council;
mod identity;
mod location;
pub(crate) mod organisation;
pub(crate) mod parameters;
mod proposals;
mod propose;
mod schedule;
pub(crate) mod seats;
mod settle;
pub(crate) mod state;
#[cfg(test)]
mod tests;
pub(crate) mod validators;
mod vote;
#[cfg(test)]
mod walk;

pub(crate) use call::call;
pub use proposals::open_proposals;
pub use schedule::{PROTOCOL_VERSION, required_version, schedule};
pub use validators::{Seat, VALIDATORS_LIMIT, committee};
