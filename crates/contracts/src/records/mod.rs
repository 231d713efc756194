//! Records: charts, and what was added to them.
//!
//! ```text
//! register           amend (version + 1)         withdraw            erase, unless a hold stands
//! ---------> current ------------------> current --------> withdrawn --------------------------> erased (final)
//! ```
//!
//! What the ledger holds of an erased record stays: it proves that the record was there, and nothing of what it said.
//!
//! A record is direct or sealed for its life; `registerSealed` and `amendSealed` give each version of a sealed one a seal of its own.
//!
//! Nothing that an author or an organisation does changes who controls a chart; `recovery` moves control to the key that takes the
//! place of the controller's.

mod amend;
mod amend_sealed;
mod author;
mod blobs;
mod call;
mod erase;
mod hold;
pub(crate) mod move_control;
mod open_chart;
mod register;
mod register_sealed;
pub(crate) mod state;
mod views;
mod withdraw;

pub use blobs::named_blobs;
pub(crate) use call::call;
