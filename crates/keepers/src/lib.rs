//! Answers final openings of seals with partial signatures, and asks the other keepers.
//!
//! Every validator is a keeper. It signs the seal ids of an opening that its own finalised state holds as answerable, and
//! nothing else, and encrypts what it signed to the one-time key that the opening names. It keeps nothing: an answer follows
//! from state, share and request, so that a restart loses nothing. The protocol is specified in `docs/protocol/seal.md`.
//!
//! ```text
//! requester --> Mailbox --> actor --> gather --> keeper (this node's own answer)
//!                             |          \-----> requests <----> actor --> keeper, at the other members
//!                             \--> keeper --> Finalised (may it be answered?), Shares (sign)
//! ```

mod actor;
mod config;
mod finalised;
mod gather;
mod keeper;
mod limits;
mod mailbox;
mod opening;
mod refusal;
mod requests;
mod shares;
mod wire;

#[cfg(test)]
mod tests;

pub use actor::Keepers;
pub use config::{CHANNEL, Config, Limits};
pub use finalised::{Answerable, Finalised, FinalisedFailure};
pub use mailbox::{Closed, Mailbox};
pub use opening::{KeeperAnswer, MAX_KEY_BYTES, OpenRequest, Opened};
pub use refusal::Refusal;
pub use shares::{EpochKeepers, Shares};
pub use wire::max_message_size;
