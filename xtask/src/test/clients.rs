//! viem, ethers, web3.py and cast against a network of four real nodes.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::tally::Tally;
use crate::{command, demo, workspace};

const LIMIT: Duration = Duration::from_secs(20 * 60);

/// Runs the client tests against the network that `theriac` starts.
///
/// # Errors
/// When the binary cannot be built or node cannot be started.
pub(crate) fn run(python: Option<&Path>) -> Result<Tally> {
    let theriac = demo::build()?;
    let mut node = Command::new("node");
    node.arg("run.mjs")
        .current_dir(workspace::root().join("clients/tests"));
    node.env("THERIAC_BIN", theriac);
    if let Some(python) = python {
        node.env("THERIAC_PYTHON", python);
    }
    let mut tally = Tally::default();
    let status = command::read(&mut node, LIMIT, |line| {
        println!("{line}");
        tally.count_node_line(line);
    })?;
    if !status.success() && tally.failed == 0 {
        tally.add(Tally::failed(1));
    }
    Ok(tally)
}
