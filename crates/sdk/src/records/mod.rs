//! Health records: charts, and the documents in them.

mod add;
mod amend;
mod document;
mod erase;
mod list;
mod open_chart;
mod read;
mod relay;
mod withdraw;

pub use add::{AddedRecord, NewRecord};
pub use amend::AmendedRecord;
pub use document::{DocumentRefusal, MAX_DEPTH, MAX_DOCUMENT_BYTES, check_document};
pub use list::{Chart, Record};
pub use open_chart::OpenedChart;
pub use read::Document;
pub use relay::SignedRegistration;

pub(crate) use add::encrypt_for;
pub(crate) use read::decrypt;
