//! `/odm`: studies of the organisation's books as ODM, out and in.
//!
//! A partner reaches the sites that the configuration names for it. Allocations are in no answer.

mod export;
mod import;
mod list;
mod problem;
mod study;

pub(crate) use export::get;
pub(crate) use import::post;
pub(crate) use list::get as list;
