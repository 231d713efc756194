//! Keys, values and storage layout of the state database.

mod account;
mod key;
mod layout;
mod log_entry;
mod record;
mod slot;

pub use account::Account;
pub use key::StateKey;
pub use layout::{ChartSlots, LogSlots, mapping_slot, mapping_slot_u64};
pub use log_entry::LogEntry;
pub use record::{RecordSlots, RecordState};
pub use slot::{decode_slot, encode_slot};
