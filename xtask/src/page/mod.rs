//! `cargo xtask page`: the page that verifies bundles of trials, one file that needs no network.

mod assemble;
mod make;
mod module;
mod run;

pub(crate) use make::{make, make_where_possible};
pub(crate) use run::{Arguments, run};
