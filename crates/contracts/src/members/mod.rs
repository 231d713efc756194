//! Members: organisations, validators, quotas and parameters, as set at genesis. Views only.
//!
//! | File | Function |
//! |---|---|
//! | `organisation.rs` | `organisation`, `organisations`, `organisationOf` |
//! | `validators.rs` | `validators` |
//! | `parameters.rs` | `quota`, `parameters` |

mod call;
mod organisation;
pub(crate) mod parameters;
pub(crate) mod state;
#[cfg(test)]
mod tests;
mod validators;

pub(crate) use call::call;
pub use validators::{Seat, committee};
