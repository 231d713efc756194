//! A small network of one node: its chain, its people and a client for each of them.

mod chain;
mod client;
mod fixture;
mod keepers;
mod keys;
mod store;

pub(crate) use chain::{ECHO, HALTER, MemoryChain, REVERTER, SLOW, WALLET, WALLET_SIGNATURE};
pub(crate) use client::{Client, name};
pub(crate) use fixture::{
    CHAIN_ID, CHART, COUNTER, Fixture, RECORD, chart_logs, ordinary_log, recovery_log, unlimited,
};
pub(crate) use keepers::MemoryKeepers;
pub(crate) use keys::{Key, transaction};
pub(crate) use store::MemoryVault;
