//! `cargo xtask test`: everything a stranger needs to see that a clone works, and one line at the end.

mod clients;
mod crates;
mod install;
mod page;
mod programs;
mod run;
mod session;
mod solidity;
mod tally;
mod tools;
mod wasm;

pub(crate) use install::{anvil, client_python, hash_reference, page_timer};
pub(crate) use run::{Arguments, run};
