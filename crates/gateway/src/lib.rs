//! An organisation's own systems at the ledger: its EPCIS 2.0 repository behind an HTTP door, and its [book of packs](packs).
//!
//! ```text
//! door --> epcis --> repository <-- capture (spool, worker)
//!   |        |            ^
//!   |    partners    subscriptions (webhooks, WebSockets)
//!   +----> packs (desk), odm --> trials --> book, ledger
//! ```
//!
//! A request passes the [door](Policy) (length, token, route, policy, versions) and its handler. Documents are spooled to disk before
//! they are acknowledged, and stored event by event after. Which events a caller reads is decided in the statements
//! that read them, and nowhere else.

pub mod book;
mod capture;
mod clock;
mod config;
mod door;
mod epcis;
mod gateway;
mod odm;
pub mod packs;
mod partners;
mod random;
mod repository;
mod salted;
mod stop;
mod subscriptions;
pub mod trials;

pub use config::{Config, Limits, Packs, SiteReach, Storage, Trials, Webhooks};
pub use door::{Policy, RouteRow, openapi_document, routes};
pub use gateway::{Gateway, Running, StartError};
pub use partners::{NotAParty, Partner, Reach, Right, Rights, RollError, TokenHash};
pub use repository::StorageError;
