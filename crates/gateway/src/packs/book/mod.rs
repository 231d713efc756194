//! The book of a trading partner: its packs, keys and papers, in one SQLite file that only its owner may read.
//!
//! What leads to an entry on the ledger is in the book first, with all that follows from it, and is marked when the entry is final.
//!
//! ```text
//!           commission            hand-over            leave (dispense, decommission)
//! made ----------------> held --------------> sent     held ---------> left
//!                        ^  |  (to own key)    |         ^              |
//!                        |  +------------------+         +--------------+
//!                        +--------- moving               undo
//! ```

mod chain;
mod collision;
mod document;
mod entry;
mod exception;
mod exit;
mod fill;
mod flag;
mod hand_over;
mod item;
mod key;
mod lot;
mod open;
mod outbox;
mod pack;
mod recall;
mod request;
mod schema;
mod shipment;
mod step;

pub use crate::book::{BookError, lock};
pub use collision::{Collided, Collision};
pub use document::Paper;
pub use entry::Entry;
pub use exception::{Case, KnownException, NewException, Outcome};
pub use exit::NewExit;
pub use fill::{FillState, KnownFill};
pub use flag::SeenFlag;
pub use hand_over::{HandOver, Move};
pub use item::CabinetItem;
pub use lot::KnownLot;
pub use open::{Book, Owner};
pub use outbox::{Arrived, Waiting, WaitingState};
pub use pack::{NewPack, Pack, PackState, Selection};
pub use recall::{PullCounts, PullState};
pub use request::Request;
pub use shipment::{Received, Shipment, StealthKey};
pub use step::Step;
