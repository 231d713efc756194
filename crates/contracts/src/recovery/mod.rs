//! Recovery: guardians move the control of a lost key to another one.
//!
//! ```text
//!            propose                     enough approve                 delay over, execute
//! (none) ------------> proposed ------------------------> waiting ------------------------> executed (final)
//!                        |  ^                              |  |
//!                        |  +--- veto, approval withdrawn -+  |
//!                        +---------------+--------------------+
//!                                        | the threshold cancels            -> cancelled (final)
//!                                        | delay + 30 days without a change -> lapsed (final)
//! ```
//!
//! Enough is the threshold, one more for each veto of the old key, at most all guardians; each veto begins the delay anew. The first
//! successor whom the threshold approves is settled. From then on, or from a freeze on, the recovery *runs*: the old key cannot change
//! its guardians or hand itself over, and what it had announced of that is dropped. A frozen key can do nothing at all. The next
//! proposal after an end begins a new round.

mod announcement;
mod approve;
mod call;
mod cancel;
mod execute;
mod freeze;
mod guardians;
mod hand_over;
mod move_charts;
mod propose;
mod replace;
mod seat;
mod set_guardians;
pub(crate) mod state;
mod successor;
mod veto;
mod views;

pub(crate) use call::call;
pub(crate) use seat::is_concerned;
