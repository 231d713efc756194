//! Trading partners at a ledger in memory, which runs the real native contracts.

mod cabinets;
mod crash;
mod desk;
mod door;
mod exceptions;
mod exits;
mod fills;
mod flags;
mod messaging;
mod offline;
mod frauds;
mod prescriptions;
mod recalls;
mod receipts;
mod supply;
mod support;
