//! Sealed records: opened together by the keepers, in an emergency too, and the reviews that follow from that.

mod answers;
mod break_glass;
mod committee;
mod open;
mod review;
mod scope;
mod seal;

pub use answers::KeeperRefusal;
pub use break_glass::Emergency;
pub use open::{OpenedSeals, Spent};
pub use review::Review;
pub use theriac_contracts::interfaces::ISeals::{Opening, Seal};
pub use theriac_envelope::seal::{BadKeeper, Fault};

pub(crate) use answers::{Combining, Secrets};
pub(crate) use seal::seal_for;
