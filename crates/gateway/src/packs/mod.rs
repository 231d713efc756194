//! A trading partner's book of packs, and what the partner does: one file a verb.
//!
//! ```text
//! manufacturer          partners                              pharmacy
//! commission ---> ship ---> receive ---> (unpack) ---> ship ---> receive ---> verify ---> dispense
//!                  |  package: papers, labels, proofs    |                      |            |
//!                  v                                     v                      v            v
//!              ledger: keys closed, one commitment each; flags; exits by nullifier     (undo, contest)
//! ```
//!
//! | File | What |
//! |---|---|
//! | `book/`, `settle.rs` | what is kept; how it reaches the ledger once, whatever breaks off |
//! | `keys/`, `card.rs`, `package.rs`, `events.rs`, `label.rs` | one-time keys, what partners give each other, EPCIS, scans |
//! | `select.rs` | which packs a hand-over takes |
//! | `ledger.rs` | what is asked in one round trip |
//! | `commission.rs`, `ship.rs`, `receive.rs`, ... | the verbs |

pub mod book;
pub mod card;
pub mod clock;
mod commission;
mod contest;
mod count;
mod decommission;
mod dispense;
pub mod events;
pub mod evidence;
pub mod exception;
mod failure;
mod flag;
pub mod keys;
pub mod label;
mod ledger;
pub mod package;
mod papers;
mod partner;
mod random;
mod receive;
mod report;
mod select;
mod settle;
mod ship;
mod trace;
mod undo;
mod unpack;
mod verify;
mod watch;

pub use commission::{MAX_LOT, MadeLot, NewPacks};
pub use count::{Moved, ReportOpening, commit_report};
pub use dispense::Dispensed;
pub use failure::{Error, Refusal};
pub use flag::{Raised, Target};
pub use partner::Partner;
pub use receive::Receipt;
pub use report::{Reporter, report};
pub use settle::Settled;
pub use ship::{NewShipment, Papers, Shipped};
pub use trace::{Hop, Way, check_way};
pub use unpack::Unpacked;
pub use verify::{Cause, CauseClass, Custody, Verification};
pub use watch::{Alarm, Watched};

pub(crate) use random::random;
