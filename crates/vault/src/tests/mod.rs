//! Vaults on a simulated network, with real directories.

mod bounds;
mod get;
mod network;
mod put;
mod store;
mod wire;
