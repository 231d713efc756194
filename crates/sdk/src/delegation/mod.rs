//! Guardians and proxies: who acts for the controller of a chart.

mod appoint;
mod dismiss;
mod list;

pub use appoint::NewDelegate;
pub use list::Delegation;
