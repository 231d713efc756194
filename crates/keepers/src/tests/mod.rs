//! Keepers under one seed, with ledgers that lag and keepers that lie.

mod epochs;
mod limits;
mod namespaces;
mod network;
mod openings;
mod refusals;
mod root;
mod wire;
