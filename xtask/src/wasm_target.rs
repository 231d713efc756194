//! The target without an operating system.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::{command, workspace};

const LIMIT: Duration = Duration::from_secs(30 * 60);

/// Its name.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target to the toolchain in use, where it is not there yet.
///
/// # Errors
/// When rustup cannot get it.
pub(crate) fn install() -> Result<()> {
    let mut add = Command::new("rustup");
    add.args(["target", "add", TARGET])
        .current_dir(workspace::root());
    if !command::run(&mut add, LIMIT)?.success() {
        bail!("rustup target add {TARGET} failed");
    }
    Ok(())
}
