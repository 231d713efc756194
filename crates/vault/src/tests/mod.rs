//! Vaults on a simulated network, with real directories.

mod bounds;
mod bucket;
mod coding;
mod corruption;
mod erasure;
mod get;
mod liars;
mod losses;
mod network;
mod put;
mod rebalance;
mod scrub;
mod store;
mod stream;
mod wire;
