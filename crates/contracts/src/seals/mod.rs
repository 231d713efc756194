//! Seals: the seal of each version of a sealed record, and who may open it.
//!
//! ```text
//!                  a grant, the rules or the controller's own right say yes
//! open, breakGlass ----------------------------------------------------------> admitted --- keepers answer (any number of times)
//!        |                                                                      |     |
//!        | they say no                                                     time |     | the chart is restricted
//!        v                                                                      v     v
//!      denied (final)                                                 expired (final) closed (final)
//! ```
//!
//! Both of the first arrows are entries in the log of the chart. Restrictions are every change of rules, pointers and the scope of
//! break-glass, every denial, revocation, withdrawal, end of a delegation and move of control, and the freeze of the controller's key: whoever
//! still may, opens again.
//!
//! | File | What |
//! |---|---|
//! | `seal.rs` | a version of a record is sealed |
//! | `open.rs`, `by_request.rs`, `by_rule.rs`, `acts_for.rs` | `open`, and the three rights that it is decided by |
//! | `break_glass.rs`, `review.rs`, `owed.rs` | an emergency and its review |
//! | `point_rule.rs`, `set_break_glass.rs` | what the controller chooses |
//! | `close.rs`, `answerable.rs` | what keepers ask |

mod acts_for;
mod answerable;
mod break_glass;
mod by_request;
mod by_rule;
mod call;
mod close;
mod entry;
mod list;
mod open;
mod opening;
mod owed;
mod party;
mod point_rule;
mod review;
mod seal;
mod set_break_glass;
pub(crate) mod state;
mod views;
mod views_reviews;

pub use answerable::{Answerable, answerable};
pub(crate) use call::call;
pub use close::close_openings;
pub(crate) use close::close_openings_of;
pub use entry::OpeningTerms;
pub use owed::{overdue_reviews, watches_over};
pub(crate) use party::holds_opening;
pub(crate) use seal::sealed_key;
pub(crate) use seal::{NewSeal, seal};
pub use seal::{seal_id, seals_root};
