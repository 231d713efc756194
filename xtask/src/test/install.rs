//! The packages that the tests need, by their lock files: npm beside each lock, Python in the build directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::tools::{self, Tools};
use crate::{command, workspace};

const LIMIT: Duration = Duration::from_secs(15 * 60);

/// Installs what is not there yet, and returns the Python that has web3.py.
///
/// # Errors
/// When an installation fails.
pub(crate) fn install(tools: &Tools) -> Result<Option<PathBuf>> {
    for folder in ["clients/tests", "crates/verifier/tests", "solidity"] {
        let folder = workspace::root().join(folder);
        if folder.join("package-lock.json").exists() {
            npm(&folder)?;
        }
    }
    if !tools.has_python {
        println!("python3 with venv is missing: the tests of web3.py are skipped");
        return Ok(None);
    }
    python().map(Some)
}

/// Installs the npm packages of the client tests and returns the path of anvil among them.
///
/// # Errors
/// When npm fails.
pub(crate) fn anvil() -> Result<PathBuf> {
    let folder = workspace::root().join("clients/tests");
    npm(&folder)?;
    Ok(folder.join("node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil"))
}

/// Installs the packages of the page's tests, and returns the script among them that times the page in a browser; `None` where Node.js is missing.
///
/// # Errors
/// When npm fails.
pub(crate) fn page_timer() -> Result<Option<PathBuf>> {
    if !tools::has_node() {
        eprintln!("Node.js is missing: the page is not opened in a browser");
        return Ok(None);
    }
    let folder = workspace::root().join("crates/verifier/tests");
    npm(&folder)?;
    Ok(Some(folder.join("measure.mjs")))
}

fn npm(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let stamp = folder.join("node_modules/.installed-from.json");
    if !tools::is_stale(&lock, &stamp) {
        return Ok(());
    }
    println!("npm ci in {}", folder.display());
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    let mut npm = Command::new("npm");
    if !command::run(npm.args(arguments).current_dir(folder), LIMIT)?.success() {
        bail!("npm ci failed in {}", folder.display());
    }
    fs::copy(lock, stamp)?;
    Ok(())
}

/// Installs the packages of the clients in Python, and returns the Python that has them; `None` where Python is missing.
///
/// # Errors
/// When an installation fails.
pub(crate) fn client_python() -> Result<Option<PathBuf>> {
    if !tools::has_python() {
        eprintln!("python3 with venv is missing: the comparison with Python is left out");
        return Ok(None);
    }
    python().map(Some)
}

fn python() -> Result<PathBuf> {
    environment("client-python", "clients/tests/requirements.txt")
}

/// Installs the reference implementation of the CBV event hash, and returns the Python that has it; `None` where Python is missing.
///
/// # Errors
/// When an installation fails.
pub(crate) fn hash_reference() -> Result<Option<PathBuf>> {
    if !tools::has_python() {
        eprintln!("python3 with venv is missing: the comparison with the reference is left out");
        return Ok(None);
    }
    environment("reference-python", "xtask/reference-requirements.txt").map(Some)
}

/// A Python of its own with the packages that a file of the repository lists.
fn environment(name: &str, requirements: &str) -> Result<PathBuf> {
    let file = workspace::root().join(requirements);
    let environment = workspace::build_directory().join(name);
    let stamp = environment.join("installed-from.txt");
    let python = environment.join("bin/python");
    if tools::is_stale(&file, &stamp) {
        eprintln!("python packages into {}", environment.display());
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv", "--clear"]).arg(&environment);
        let mut pip = Command::new(&python);
        let arguments = ["-m", "pip", "install", "-q", "--disable-pip-version-check"];
        pip.args(arguments).arg("-r").arg(&file);
        for step in [&mut venv, &mut pip] {
            if !command::run(step, LIMIT)?.success() {
                bail!("the packages of {requirements} could not be installed");
            }
        }
        fs::copy(file, stamp)?;
    }
    Ok(python)
}
