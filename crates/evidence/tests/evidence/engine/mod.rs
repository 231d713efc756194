//! What the tests against the engine share: a real state database, real members, and files of vectors.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses a part of it"
)]

pub mod chain;
pub mod committees;
pub mod convert;
pub mod database;
pub mod network;
pub mod vectors;
