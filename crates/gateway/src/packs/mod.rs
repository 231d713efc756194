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
//! | `desk/` | the same for many requests at once |
//! | `door/` | the same over HTTP |
//! | `messaging/` | asks a manufacturer about a pack, and answers as one |
//! | `exception.rs`, `exceptions/` | what does not fit in a delivery, and its way to an end |
//! | `prescriptions/` | what physician, patient and pharmacist give each other |
//! | `recall/`, `loss/` | what to pull and who answered; reports of theft and loss |
//! | `commission.rs`, `ship.rs`, `receive.rs`, ... | the verbs |

pub mod book;
pub mod card;
mod catch_up;
pub mod clock;
mod commission;
mod contest;
mod count;
mod decommission;
pub mod desk;
mod dispense;
pub(crate) mod door;
pub mod events;
pub mod evidence;
pub mod exception;
pub mod exceptions;
mod failure;
mod fill;
mod flag;
pub mod keys;
pub mod label;
mod ledger;
pub mod loss;
pub mod messaging;
pub mod package;
mod papers;
mod partner;
pub mod prescriptions;
pub mod recall;
mod receive;
mod select;
mod settle;
mod ship;
mod trace;
mod undo;
mod unpack;
mod verify;
mod watch;

pub use crate::salted::Opening;
pub use commission::{MAX_LOT, MadeLot, NewPacks};
pub use count::{Moved, commit_report};
pub use dispense::Dispensed;
pub use failure::{Error, Refusal};
pub use fill::{Filled, NewFilling};
pub use flag::{Raised, Target};
pub use partner::Partner;
pub use receive::Receipt;
pub use settle::Settled;
pub use ship::{NewShipment, Papers, Shipped};
pub use trace::{Hop, Way, check_way};
pub use unpack::Unpacked;
pub use verify::{Cause, CauseClass, Custody, Verification};
pub use watch::{Alarm, Watched};

pub(crate) use crate::random::random;
pub(crate) use dispense::why_left;
