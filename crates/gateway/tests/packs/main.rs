//! Trading partners at a ledger in memory, which runs the real native contracts.

mod cabinets;
mod crash;
mod desk;
mod door;
mod exits;
mod flags;
mod messaging;
mod offline;
mod prescriptions;
mod receipts;
mod supply;
mod support;
