//! The storage layout of the native contracts, and the bytecode of the example rules, against the Solidity compiler.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::tally::Tally;
use crate::{command, workspace};

const LIMIT: Duration = Duration::from_secs(5 * 60);
const PROGRAMS: [&str; 2] = ["check-layout.mjs", "check-rules.mjs"];

/// Runs the checks; each counts as one test.
///
/// # Errors
/// When node cannot be started.
pub(crate) fn run() -> Result<Tally> {
    let mut tally = Tally::default();
    for program in PROGRAMS {
        tally.add(check(program)?);
    }
    Ok(tally)
}

fn check(program: &str) -> Result<Tally> {
    let folder = workspace::root().join("solidity");
    let mut node = Command::new("node");
    node.arg(folder.join(program)).current_dir(&folder);
    let held = command::run(&mut node, LIMIT)?.success();
    println!("solidity/{program}: {}", if held { "ok" } else { "FAILED" });
    Ok(if held {
        Tally::passed(1)
    } else {
        Tally::failed(1)
    })
}
