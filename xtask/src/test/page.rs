//! The page that verifies bundles: its verifier in Node.js, and the whole of it in Chromium, opened from a file.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::tally::Tally;
use crate::{command, page, workspace};

const LIMIT: Duration = Duration::from_secs(15 * 60);

/// Makes the page and runs its tests.
///
/// # Errors
/// When the page cannot be made or node cannot be started.
pub(crate) fn run() -> Result<Tally> {
    let made = page::make()?;
    let reporter = if workspace::is_ci() { "tap" } else { "spec" };
    let mut node = Command::new("node");
    node.args([
        "--test",
        "--test-concurrency=1",
        "--test-reporter",
        reporter,
    ]);
    node.args(["verifier.test.mjs", "browser.test.mjs"]);
    node.current_dir(workspace::root().join("crates/verifier/tests"));
    node.env("THERIAC_PAGE", made.file);
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
