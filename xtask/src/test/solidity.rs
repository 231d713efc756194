//! The storage layout of the native contracts against that of the Solidity compiler.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::tally::Tally;
use crate::{command, workspace};

const LIMIT: Duration = Duration::from_secs(5 * 60);
const PROGRAM: &str = "solidity/check-layout.mjs";

/// Runs the layout check; it counts as one test.
///
/// # Errors
/// When node cannot be started.
pub(crate) fn run() -> Result<Tally> {
    let mut node = Command::new("node");
    node.arg(workspace::root().join(PROGRAM))
        .current_dir(workspace::root().join("solidity"));
    let held = command::run(&mut node, LIMIT)?.success();
    println!("{PROGRAM}: {}", if held { "ok" } else { "FAILED" });
    Ok(if held {
        Tally::passed(1)
    } else {
        Tally::failed(1)
    })
}
