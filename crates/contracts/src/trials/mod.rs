//! Trials: what stands of clinical trials, so that nothing goes missing unseen. docs/protocol/trials.md has the bytes.
//!
//! ```text
//!            first consent              lock               unblind             analyse              publish
//! registered ------------> enrolling ----------> locked ------------> unblinded ---------> analysed ----------> published
//!                              ^                    |                     |                    |                    |
//!                              |     k of n approvers unlock              |                    |                    |
//!                              +--------------------+---------------------+--------------------+--------------------+
//!
//!           allocate                      withdraw
//! consented ---------> randomised ---------------------> withdrawn, withdrawn fully, completed, screen failure ---> erased
//! ```
//!
//! | File | What |
//! |---|---|
//! | `digest.rs`, `entry.rs`, `record.rs` | the bytes that are hashed, for clients too; no state |
//! | `log.rs`, `sums.rs`, `draft.rs` | the log and the sum tree of a study, and how a call adds to both at once |
//! | `made.rs` | which entries a call makes |
//! | `opening.rs`, `answerable.rs` | openings of allocations, and what keepers ask of them |
//! | `roles.rs`, `schedule.rs`, `outcomes.rs`, `when.rs`, `forms.rs`, `lists.rs`, `header.rs` | what several rules ask |
//! | all others | one rule each |

mod allocate;
mod amend;
mod analyse;
mod answerable;
mod approve_unlock;
mod call;
mod capture;
mod commit_list;
mod consent;
mod correct;
mod digest;
mod draft;
mod draw_list;
mod entry;
mod erase;
mod forms;
mod header;
mod lists;
mod lock;
mod log;
mod made;
mod miss;
mod open;
mod opening;
mod outcomes;
mod plan;
mod publish;
mod query;
mod record;
mod register;
mod role;
mod roles;
mod schedule;
mod screen;
mod seal_list;
mod set_factor;
mod sign;
mod site;
pub(crate) mod state;
mod sums;
mod unblind;
mod views;
mod when;
mod withdraw;

pub(crate) use answerable::answerable;
pub(crate) use call::call;
pub use digest::sha256;
pub use entry::{ENTRY_BYTES, Entry, study_id};
pub use made::{Made, made};
pub(crate) use opening::is_of_trials;
pub use opening::seal_id as allocation_seal;
pub use record::{RECORD_BYTES, Record, SUMS_BYTES, Sums};

#[cfg(test)]
mod story;
#[cfg(test)]
mod vectors;
