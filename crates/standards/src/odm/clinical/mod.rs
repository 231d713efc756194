//! Clinical data as Theriac needs them: whose, when, what, and who says so.

mod annotation;
mod audit;
mod container;
mod item;
mod log;
mod query;
mod signature;
mod transaction;

pub use annotation::{Annotation, Comment, Flag};
pub use audit::{AuditRecord, EditPoint};
pub use container::{Container, Level};
pub use item::ItemValue;
pub use log::AuditLog;
pub use query::{Query, QueryState};
pub use signature::Signature;
pub use transaction::TransactionType;
