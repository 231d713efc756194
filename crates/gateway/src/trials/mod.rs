//! A study's book at sponsor or site, and what its people do: one file a verb.
//!
//! ```text
//! sponsor   register -> site, role ........................... query, lock -> plan, unblind -> analyse -> publish
//! site                     consent -> capture, miss, correct -> sign
//!                                        |      ^
//!                                        v      | package: encrypted forms, wraps of keys
//! both      book <---> outbox ---> ledger: entries, roots       copies compared, restored; bundle
//! ```
//!
//! | File | What |
//! |---|---|
//! | `book/`, `settle.rs`, `flight.rs`, `sync.rs` | what is kept; how it reaches the ledger once, whatever breaks off; the log as the ledger tells it |
//! | `keys.rs`, `form.rs`, `text.rs` | the book's pair, subjects' keys; forms and free text under them |
//! | `definition.rs`, `schedule.rs` | what is registered; which cell is which form |
//! | `source/`, `export/` | tables, datasets and ODM as forms; the study as ODM |
//! | `closed.rs` | forms whose content tells the arm |
//! | `copy/` | packages between the books, compared with the ledger, restored |
//! | `list/`, `published.rs` | randomisation: lists made, sealed to the network's keepers, allocated from and opened |
//! | `dataset/` | what went into an analysis, and where it comes from |
//! | `bundle.rs` | evidence |
//! | `register.rs`, `site.rs`, `consent.rs`, `capture.rs`, ... | the verbs |

mod analyse;
pub mod book;
mod bundle;
mod capture;
mod closed;
mod consent;
pub mod copy;
pub mod dataset;
pub mod definition;
mod diff;
mod erase;
pub mod export;
mod failure;
mod flight;
mod form;
mod hash;
mod keys;
mod list;
mod lock;
mod party;
mod published;
mod query;
mod register;
mod schedule;
mod screen;
mod settle;
mod sign;
mod site;
pub mod source;
mod subjects;
mod sync;
mod text;
mod usdm;
mod when;

pub use analyse::NewAnalysis;
pub use bundle::BundleError;
pub use capture::{FORMS_TOGETHER, NewCorrection, NewForm, NewMiss};
pub use closed::{CLOSED, ClosedForm};
pub use consent::NewConsent;
pub use failure::{Error, Refusal};
pub use list::{Allocation, NewList, OpenedAllocation};
pub use party::Party;
pub use register::Amendment;
pub use schedule::Schedule;
pub use settle::Settled;
pub use sign::Signing;
