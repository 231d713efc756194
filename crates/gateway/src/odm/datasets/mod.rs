//! `/odm/{study}/datasets`: datasets of analyses out, and clinical data in, as Dataset-JSON.
//!
//! A dataset is of the whole study, and made by who could know the arms where the study has lists. A column, the rows that are left out, or their
//! order may tell them, and nothing in the dataset proves that it does not. So it is given whole or not at all.

mod export;
pub(crate) mod form;
mod import;
mod list;
mod sight;

pub(crate) use export::get;
pub(crate) use import::post;
pub(crate) use list::get as list;
