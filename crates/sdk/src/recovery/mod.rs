//! Recovery of a lost key: guardians, and what they do.

mod approve;
mod cancel;
mod event;
mod execute;
mod freeze;
mod guardians;
mod hand_over;
mod propose;
mod status;
mod veto;

pub use event::RecoveryEvent;
pub use execute::Executed;
pub use guardians::{Guardians, NamedGuardians, NewGuardians};
pub use hand_over::{HandedOver, SignedSuccession};
pub use status::{Recovery, Succession};
