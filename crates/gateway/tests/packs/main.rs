//! Trading partners at a ledger in memory, which runs the real native contracts.

mod cabinets;
mod crash;
mod exceptions;
mod exits;
mod fills;
mod flags;
mod losses;
mod prescriptions;
mod recalls;
mod receipts;
mod supply;
mod support;
