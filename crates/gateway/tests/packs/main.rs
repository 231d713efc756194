//! Trading partners at a ledger in memory, which runs the real native contracts.

mod cabinets;
mod crash;
mod exits;
mod flags;
mod frauds;
mod prescriptions;
mod receipts;
mod supply;
mod support;
