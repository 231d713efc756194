//! A network for tests: nodes on loopback over one ledger in memory, which runs the real native contracts.

#![allow(
    dead_code,
    unused_imports,
    reason = "each test binary uses a part of it"
)]

pub(crate) mod keepers;
pub(crate) mod ledger;
pub(crate) mod node;
pub(crate) mod people;

pub(crate) use keepers::Keepers;
pub(crate) use ledger::Ledger;
pub(crate) use node::{Fault, Node};
pub(crate) use people::{Network, Someone, document};
