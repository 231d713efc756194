//! Votes that their voters signed by name, so that a double vote can be shown to a third party.
//!
//! A threshold signature does not say who made it: whoever holds a quorum of partials can compute every other. So each
//! vote travels with a signature by its voter's identity key, and a vote without one does not count. Members keep what
//! they receive for a while, compare notes where a view was contested, and keep what contradicts itself as a [`Proof`].
//!
//! ```text
//! simplex ── vote ──▶ Outgoing: signs, writes the own log ──▶ network
//! network ── vote ──▶ Incoming: checks, keeps ──▶ simplex
//!                         │ contested views
//!                         ▼
//!                    Exchange ◀──▶ the other members ──▶ proofs
//! ```

mod book;
mod channel;
mod exchange;
mod journal;
mod log;
mod proof;
mod statement;

pub use channel::{Incoming, Outgoing};
pub use exchange::{Exchange, max_message_bytes};
pub use journal::Journal;
pub use log::{Accuse, VoteLog};
pub use proof::{Proof, ProofError};
pub use statement::{Kind, SIGNATURE_BYTES, Signed, Statement, namespace};
