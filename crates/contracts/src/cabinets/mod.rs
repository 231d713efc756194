//! Cabinets: controlled medicines in stock, balanced without telling how many.
//!
//! ```text
//! open ---> cabinet: per item six running balances, received = stock + dispensed + wasted + returned + lost
//!              |  record: adds an entry that is itself balanced
//!              |  count (two people): equal ---------------------------> noted
//!              |                      differs                explain
//!              +------------------------------> discrepancy ----------> explained (final)
//!                                               due in 24 h   (a third person)
//! ```
//!
//! An explanation changes no balance: a record does, such as one with less stock and as much more lost.
//!
//! | File | What |
//! |---|---|
//! | `commitment.rs` | Pedersen commitments, for clients too; no state |
//! | `points.rs` | commitments in calls, and what they cost |
//! | `open.rs`, `record.rs` | a cabinet, and what moves in it |
//! | `count.rs`, `explain.rs`, `unexplained.rs` | counts, discrepancies and lists of these |

mod call;
mod commitment;
mod count;
mod explain;
mod open;
pub(crate) mod points;
mod reader;
mod record;
pub(crate) mod state;
mod unexplained;
mod views;

pub(crate) use call::call;
pub use commitment::{Blinding, Commitment, CommitmentError};
