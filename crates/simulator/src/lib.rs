//! A whole network from one seed, with faults. For tests only.
//!
//! [`Network`] is the engine of every member on the deterministic runtime and a simulated network: the
//! same seed gives the same run. Faults (crashes, partitions, lost messages) come from the plan that
//! runs it; a member that lies is part of the network.

mod accounts;
mod chain;
mod equivocator;
mod liar;
mod load;
mod network;
mod recorder;
mod safety;
mod sender;

pub use accounts::{Account, enrolments};
pub use chain::{EPOCH_BLOCKS, founding};
pub use liar::{Liar, WRONG_STATE_ROOT};
pub use load::Load;
pub use network::{Network, Validator, run};
pub use recorder::{Entry, Recorder, Recording};
pub use safety::{Violation, check_safety};
