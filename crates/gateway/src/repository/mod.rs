//! Where events are kept: one set of statements, on SQLite or PostgreSQL.
//!
//! ```text
//! captures  one row for each document or single event that came in: by whom, how it went, when it became visible
//!   |
//! events    one row each: the columns of fixed parameters, the hash, the event in the syntax in which it came
//!   |
//!   +- epcs        identifiers of things, canonical, by their place in the event
//!   +- attributes  all else that parameters with `EQ` ask for
//!   +- readers     the parties named, for partners' reach
//!   +- grants      what the organisation granted a partner beyond that
//! ```
//!
//! An event is visible when its capture has a record time. That is set in one statement when all of its events lie there, and
//! each is later than all before, so that all-or-nothing holds for readers too and a record time is a place to go on from.
//! Everything that changes goes through one writer; the numbers of rows are given out here.

mod ask;
mod captures;
mod collections;
mod connection;
mod database;
mod entry;
mod error;
mod grants;
mod places;
mod postgres;
mod queries;
mod read;
mod repository;
mod schema;
mod sqlite;
mod statement;
mod store;
mod stored;
mod subscriptions;
mod value;

pub(crate) use ask::{Asked, Cursor, Order, View};
pub(crate) use captures::{Behaviour, Capture, CaptureState, NewCapture};
pub(crate) use collections::Collection;
pub(crate) use entry::Entry;
pub use error::StorageError;
pub(crate) use queries::NamedQuery;
pub(crate) use repository::Repository;
pub(crate) use store::{Batch, OnDuplicate};
pub(crate) use stored::{Form, Stored};
pub(crate) use subscriptions::{Delivery, Subscription};
