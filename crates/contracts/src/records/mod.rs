//! Records: charts, and what was added to them.
//!
//! ```text
//! register           amend (version + 1)         withdraw
//! ---------> current ------------------> current --------> withdrawn (final)
//! ```
//!
//! A record is direct or sealed for its life; `registerSealed` and `amendSealed` give each version of a sealed one a seal of its own.
//!
//! A chart has one controller for ever in this version; nothing here changes it.

mod amend;
mod amend_sealed;
mod author;
mod call;
mod open_chart;
mod register;
mod register_sealed;
pub(crate) mod state;
mod views;
mod withdraw;

pub(crate) use call::call;
