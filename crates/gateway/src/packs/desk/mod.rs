//! A book that many requests share: what is read goes beside what is written, and exits go to the ledger together.
//!
//! ```text
//! verify   --> readers (connections beside the writer) --> ledger, in one round trip --> answer
//! dispense --> verify --> clerk: gathers exits --> book (durable) --> ledger, 64 packs an entry --> answer when final
//!                              \--> no node answers: queued in the book, settled when one does
//! ```
//!
//! | File | What |
//! |---|---|
//! | `desk.rs`, `settings.rs` | the shared service |
//! | `writer.rs`, `readers.rs` | the one thread that writes the book; the connections that read it |
//! | `clerk.rs`, `put.rs`, `sending.rs`, `settle.rs` | exits are gathered, put into the book, sent, and settled after a failure |
//! | `verify.rs`, `dispense.rs`, `decommission.rs`, `undo.rs`, `provenance.rs`, `respond.rs` | what is asked of it |
//! | `request.rs`, `repeated.rs` | one request twice is one exit |
//! | `asker.rs` | what is asked of the ledger for many requests together |
//! | `link.rs`, `facts.rs` | whether a node answers; what the ledger need not be asked again |
//! | `queue.rs`, `alarms.rs`, `watch.rs` | what waits, what is to be pulled |

mod alarms;
mod asker;
mod clerk;
mod decommission;
#[expect(
    clippy::module_inception,
    reason = "the file holds the type of this name"
)]
mod desk;
mod dispense;
mod facts;
mod link;
mod provenance;
mod put;
mod queue;
mod readers;
mod repeated;
mod request;
mod respond;
pub(super) mod sending;
mod settings;
mod settle;
mod undo;
mod verify;
mod watch;
mod writer;

pub use alarms::{Alarms, Collision};
pub use desk::Desk;
pub use dispense::Done;
pub use queue::{Queue, Queued};
pub use request::RequestKey;
pub use settings::{AskWhen, Settings};

use desk::Shared;
