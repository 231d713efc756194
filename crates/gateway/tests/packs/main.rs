//! Trading partners at a ledger in memory, which runs the real native contracts.

mod cabinets;
mod crash;
mod desk;
mod door;
mod exceptions;
mod exits;
mod fills;
mod flags;
mod frauds;
mod losses;
mod messaging;
mod offline;
mod prescriptions;
mod recalls;
mod receipts;
mod supply;
mod support;
