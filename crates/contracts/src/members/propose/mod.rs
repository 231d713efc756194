//! Changes that can be proposed: each file holds one, with its check and what is done when it is accepted.
//!
//! | File | Function |
//! |---|---|
//! | `admit.rs` | `proposeAdmit` |
//! | `remove.rs` | `proposeRemove` |
//! | `add_validator.rs` | `proposeAddValidator` |
//! | `remove_validator.rs` | `proposeRemoveValidator` |
//! | `set_quota.rs` | `proposeQuota` |
//! | `set_parameters.rs` | `proposeParameters` |
//! | `upgrade.rs` | `proposeUpgrade` |
//! | `move_validator.rs` | `proposeMoveValidator` |

mod add_validator;
mod admit;
mod change;
mod enter;
mod move_validator;
mod remove;
mod remove_validator;
mod set_parameters;
mod set_quota;
#[cfg(test)]
mod tests;
mod upgrade;

pub(super) use change::Change;
pub(super) use enter::propose;
