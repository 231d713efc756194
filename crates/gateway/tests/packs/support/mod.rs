//! A supply network: a manufacturer, a wholesaler, two pharmacies and an authority, each with a book.

#![allow(
    dead_code,
    unused_imports,
    reason = "the ledger and the nodes are shared with other tests, which use more of them"
)]

mod desks;
mod keepers;
#[path = "../../../../sdk/tests/sdk/support/ledger.rs"]
pub(crate) mod ledger;
#[path = "../../../../sdk/tests/sdk/support/node.rs"]
pub(crate) mod node;
mod world;

pub(crate) use desks::{desk_of, dispense_all, key, settings, until};
pub(crate) use keepers::Keepers;
pub(crate) use ledger::Ledger;
pub(crate) use world::{EXPIRY, GTIN, NOW_MS, World, new_packs, of_lot, refusal, scan, send, ship};
