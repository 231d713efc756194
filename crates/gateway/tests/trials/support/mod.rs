//! A study: a sponsor and two hospitals with their people, each with a book.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the ledger and the nodes are shared with other tests, which use more of them"
)]

pub(crate) mod bundles;
mod certify;
#[path = "../../../../evidence/tests/evidence/trial/dice.rs"]
mod dice;
#[path = "../../../../evidence/tests/evidence/engine/mod.rs"]
mod engine;
mod forms;
#[path = "../../../../sdk/tests/sdk/support/keepers.rs"]
mod keepers;
#[path = "../../../../sdk/tests/sdk/support/ledger.rs"]
pub(crate) mod ledger;
#[path = "../../../../sdk/tests/sdk/support/node.rs"]
pub(crate) mod node;
mod operator;
#[path = "../../../../evidence/tests/evidence/trial/parts.rs"]
mod parts;
mod published;
mod unblinded;
mod world;

pub(crate) use bundles::trusted;
pub(crate) use dice::Dice;
pub(crate) use forms::{correction, definition, definition_with_dosing, form, null, value};
pub(crate) use keepers::Keepers;
pub(crate) use ledger::Ledger;
pub(crate) use operator::{Operator, Rows, rows_of, save};
pub(crate) use parts::Parts;
pub(crate) use published::published;
pub(crate) use unblinded::Reader;
pub(crate) use world::{NOW_MS, Person, World, refusal};
