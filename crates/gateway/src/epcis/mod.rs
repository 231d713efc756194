//! The EPCIS 2.0 door: one file each for what is captured, asked and subscribed to.

pub(crate) mod capture;
mod context;
pub(crate) mod discover;
mod document;
pub(crate) mod events;
pub(crate) mod jobs;
pub(crate) mod page_token;
pub(crate) mod queries;
mod search;
pub(crate) mod subscriptions;
pub(crate) mod top_level;

pub(crate) use document::{Title, write_json};
pub(crate) use search::{Bounds, Search, Walk};
