//! A sponsor and two sites at a ledger in memory, which runs the real native contracts.

mod blind;
mod closed;
mod copies;
mod crash;
mod datasets;
mod erasure;
mod export;
mod malicious;
mod odm;
mod randomise;
mod sources;
mod stored;
mod story;
mod support;
