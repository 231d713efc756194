//! Delegation: guardians and proxies who act for the controller of a chart.
//!
//! ```text
//!            appoint                 dismiss (controller or delegate)
//! (none) ----------------> in force ----------------------------------> (none)
//!                           ^   | until, majority                         ^
//!                  appoint  |   v                                         |
//!                           +- over -------------- dismiss ---------------+
//! ```
//!
//! What a delegate may do: decide requests (approve, deny, fulfil, revoke) and open sealed records, within kinds and purposes. What
//! she may not: set rules, grant unasked, appoint, dismiss others, decide her own request. While the controller's key is frozen,
//! nobody acts for her.

mod acts_for;
mod appoint;
mod call;
mod dismiss;
pub(crate) mod state;
mod views;

pub(crate) use acts_for::{acts_for, is_delegate};
pub(crate) use call::call;
