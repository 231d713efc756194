//! Who may read a chart: requests, decisions, grants, openings, rules and the log of all of them.

mod approval;
mod approve;
mod deny;
mod grant;
mod list;
mod log;
mod open;
mod request;
mod revoke;
mod rule;
mod wraps;

pub use approval::{Approval, SignedApproval};
pub use approve::Approved;
pub use grant::{Granted, NewGrant};
pub use list::Request;
pub use log::LogEntry;
pub use open::Opened;
pub use request::{NewRequest, Requested};
pub use rule::{NumberedRule, Rule};

pub(crate) use request::commit_to_reason;
