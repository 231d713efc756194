//! GS1 Lightweight Verification Messaging: a holder asks the product's manufacturer about a pack, which answers from its own book.
//!
//! ```text
//! holder                                            manufacturer
//! GET {responder}/verify/gtin/../lot/../ser/..  --> book: commissioned? flagged? left?
//!                 <-- {verified, verificationFailureReason?, additionalInfo?}
//! ```

mod answer;
mod ask;
mod fetch;
mod message;
mod question;
mod reason;
mod requester;

pub(in crate::packs) use answer::{Known, answer};
pub(crate) use ask::ask;
pub use ask::{AskFailure, ManufacturerAnswer};
pub use message::{MessageFault, Response};
pub(crate) use question::context_and_requester;
pub use question::{Question, QuestionFault};
pub use reason::{Information, Reason};
pub use requester::Requester;
