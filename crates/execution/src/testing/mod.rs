//! A chain in memory for tests: people with keys, state in a map, blocks one after the other.

mod chain;
mod fixtures;
mod person;

pub(crate) use chain::{CHAIN_ID, Chain, FUNDS, environment, hash_of};
pub(crate) use fixtures::{
    AskAll, Counter, Factory, NativeTwin, Policy, Relay, Wallet, code_of, example, mutants,
    testing_code,
};
pub(crate) use person::{Person, admitted};
