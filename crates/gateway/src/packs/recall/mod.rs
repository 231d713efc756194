//! Recalls: what is to be pulled from the stock, and acknowledgements to the manufacturer, of which the ledger learns nothing.

mod ack;
mod pull;
mod status;

pub use ack::{AckFault, Acknowledger, RecallAck};
pub(super) use pull::is_recall;
pub use pull::{Pulled, RecallTask};
pub use status::{Buyer, RecallStatus, Rejected};
