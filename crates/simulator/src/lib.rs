//! A whole network from one seed, with faults. For tests only.
//!
//! [`Network`] is the engine of every member on the deterministic runtime and a simulated network: the
//! same seed gives the same run. Faults (crashes, partitions, lost messages, a member that lies) come
//! from the plan that runs it.

mod accounts;
mod chain;
mod network;
mod recorder;

pub use accounts::{Account, enrolments};
pub use chain::{EPOCH_BLOCKS, founding};
pub use network::{Liar, Network, Validator};
pub use recorder::{Recorder, Recording};
