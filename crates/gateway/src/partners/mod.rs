//! Who may do what, and read which events.

mod caller;
mod gln;
pub(crate) mod grants;
mod partner;
mod rights;
mod roll;

pub use partner::{NotAParty, Partner, Reach, TokenHash};
pub use rights::{Right, Rights};

pub(crate) use caller::Caller;
pub(crate) use gln::{gln_of, named_parties};
pub(crate) use roll::Roll;
pub use roll::RollError;
