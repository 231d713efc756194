//! The tools that the tests need beside Rust: found, or installed where that is ours to do.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::{command, workspace};

const LIMIT: Duration = Duration::from_secs(15 * 60);
const NODE_AT_LEAST: u32 = 20;

/// What was found.
pub(crate) struct Tools {
    /// Python 3 is there; without it the tests of web3.py are skipped.
    pub(crate) has_python: bool,
}

/// Finds a C compiler, Node.js, npm, Python and xmllint; on Debian, as root, installs those that are missing.
///
/// # Errors
/// When a tool is missing that cannot be done without.
pub(crate) fn find() -> Result<Tools> {
    let mut missing = Vec::new();
    for (program, package) in [
        ("cc", "build-essential"),
        ("node", "nodejs"),
        ("npm", "npm"),
        ("python3", "python3-venv"),
        ("xmllint", "libxml2-utils"),
    ] {
        if !answers(program) {
            missing.push(package);
        }
    }
    if answers("python3") && !has_venv() && !missing.contains(&"python3-venv") {
        missing.push("python3-venv");
    }
    if !missing.is_empty() {
        install(&missing)?;
    }
    require_node()?;
    if !answers("cc") {
        bail!("no C compiler: install gcc or clang and run this again");
    }
    let has_python = has_python();
    if !has_python && workspace::is_ci() {
        bail!("python3 with venv is missing");
    }
    Ok(Tools { has_python })
}

/// Tells whether Python 3 with venv is there.
pub(crate) fn has_python() -> bool {
    answers("python3") && has_venv()
}

/// Tells whether Node.js and npm are there.
pub(crate) fn has_node() -> bool {
    answers("node") && answers("npm")
}

fn install(packages: &[&str]) -> Result<()> {
    if !is_debian_root() {
        println!(
            "missing: {} (not installed: that takes root on Debian)",
            packages.join(", ")
        );
        return Ok(());
    }
    println!("installing with apt-get: {}", packages.join(", "));
    command::run(apt().args(["update", "-q"]), LIMIT)?;
    let arguments = ["install", "-q", "-y", "--no-install-recommends"];
    if !command::run(apt().args(arguments).args(packages), LIMIT)?.success() {
        bail!("apt-get could not install {}", packages.join(", "));
    }
    Ok(())
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

fn is_debian_root() -> bool {
    let id = command::output(Command::new("id").arg("-u"), LIMIT);
    Path::new("/etc/debian_version").exists() && id.is_ok_and(|id| id.trim() == "0")
}

fn answers(program: &str) -> bool {
    command::output(Command::new(program).arg("--version"), LIMIT).is_ok()
}

fn has_venv() -> bool {
    let modules = ["-c", "import venv, ensurepip"];
    command::output(Command::new("python3").args(modules), LIMIT).is_ok()
}

fn require_node() -> Result<()> {
    let version = command::output(Command::new("node").arg("--version"), LIMIT)?;
    match major(&version) {
        Some(major) if major >= NODE_AT_LEAST => Ok(()),
        _ => bail!(
            "Node.js {NODE_AT_LEAST} or later is needed, got {}",
            version.trim()
        ),
    }
}

/// The first number of a version such as `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// Tells whether `made` is absent or was made from another text than `source` has now.
pub(crate) fn is_stale(source: &Path, made: &Path) -> bool {
    let current = fs::read(source).ok();
    current.is_none() || current != fs::read(made).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_reads_the_first_number_of_a_version() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("18.1"), Some(18));
        assert_eq!(major("unknown"), None);
    }

    #[test]
    fn what_is_absent_is_stale() {
        let present = workspace::root().join("Cargo.toml");
        assert!(is_stale(&present, Path::new("no/such/file")));
        assert!(is_stale(Path::new("no/such/file"), &present));
        assert!(!is_stale(&present, &present));
    }
}
