//! `/odm`: studies of the organisation's books as ODM and Dataset-JSON, out and in.
//!
//! A partner reaches the sites that the configuration names for it. Allocations are in no answer as ODM; datasets of a study with lists may tell
//! them, and are for those alone whom the configuration names as unblinded.

mod bounded;
pub(crate) mod datasets;
mod export;
mod import;
mod list;
mod problem;
mod report;
mod study;

pub(crate) use export::get;
pub(crate) use import::post;
pub(crate) use list::get as list;
