//! A whole network from one seed, with faults. For tests only.
//!
//! [`Network`] is the engine of every member on the deterministic runtime and a simulated network: the
//! same seed gives the same run. Faults (crashes, partitions, lost messages) come from the plan that
//! runs it; a member that lies is part of the network.

mod accounts;
mod campaign;
mod chain;
mod change;
mod draws;
mod equivocator;
mod liar;
mod load;
mod network;
mod recorder;
mod safety;
mod sender;

pub use accounts::{Account, enrolment};
pub use campaign::campaign;
pub use chain::{EPOCH_BLOCKS, Founders, founding};
pub use change::{Change, Scheduled};
pub use draws::Draws;
pub use liar::{Liar, WRONG_STATE_ROOT};
pub use load::Load;
pub use network::{Network, Validator, run};
pub use recorder::{Committee, Entry, Recorder, Recording};
pub use safety::{Violation, check_safety};
