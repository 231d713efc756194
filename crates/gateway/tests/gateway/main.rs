//! The gateway as a client sees it: over a real port, on either database.

mod support;

mod access;
mod capture;
mod crash;
mod event;
mod events;
mod jobs;
mod limits;
mod openapi;
#[path = "../packs/support/mod.rs"]
mod packs_support;
mod pages;
mod queries;
mod round_trip;
mod schemathesis;
mod sockets;
mod subscriptions;
mod supply;
mod top_level;
mod versions;
