//! Records: charts, and what was added to them.
//!
//! ```text
//! register           amend (version + 1)         withdraw
//! ---------> current ------------------> current --------> withdrawn (final)
//! ```
//!
//! A chart has one controller for ever in this version; nothing here changes it.

mod amend;
mod author;
mod call;
mod open_chart;
mod register;
pub(crate) mod state;
mod views;
mod withdraw;

pub(crate) use call::call;
