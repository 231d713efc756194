//! `cargo xtask check`: what must hold of the source before it is pushed.

mod compliance;
mod decisions;
mod graph;
mod licences;
mod named_tests;
mod paths;
mod rows;
mod run;
mod spdx;
mod tidy;

pub(crate) use run::{Arguments, run};
