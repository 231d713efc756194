//! The verifier as a WebAssembly module, small, and the same bytes wherever it is built.

use std::env;
use std::fs::{self, DirEntry};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::wasm_target::{self, TARGET};
use crate::{command, workspace};

const LIMIT: Duration = Duration::from_secs(30 * 60);
/// Of Cargo.toml.
const PROFILE: &str = "page";
/// Between flags in the variable that cargo reads before all others.
const SEPARATOR: &str = "\u{1f}";

/// Builds it and returns its bytes.
///
/// # Errors
/// When the target cannot be installed, or the build fails.
pub(super) fn build() -> Result<Vec<u8>> {
    wasm_target::install()?;
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--quiet", "--lib", "-p", "theriac-verifier"]);
    cargo.args(["--locked", "--target", TARGET, "--profile", PROFILE]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags()?);
    if !command::run(&mut cargo, LIMIT)?.success() {
        bail!("theriac-verifier does not build for {TARGET}");
    }
    let folder = workspace::build_directory().join(TARGET).join(PROFILE);
    let file = folder.join("theriac_verifier.wasm");
    fs::read(&file).with_context(|| format!("cannot read {}", file.display()))
}

/// Messages of a panic name files: those of this machine are no business of a reader, and would make each builder's module another.
/// The names of functions are a fifth of the module, and nobody reads them.
fn flags() -> Result<String> {
    let home = cargo_home()?;
    // One folder for each registry and mirror that cargo knows.
    let sources = fs::read_dir(home.join("registry/src"));
    let mut sources: Vec<_> = sources.into_iter().flatten().flatten().collect();
    sources.sort_by_key(DirEntry::path);
    let mut names = vec![(workspace::root().to_owned(), "theriac"), (home, "cargo")];
    names.extend(sources.iter().map(|source| (source.path(), "crates")));
    let mut flags: Vec<_> = names
        .iter()
        .map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()))
        .collect();
    flags.push("-Clink-arg=--strip-all".to_owned());
    Ok(flags.join(SEPARATOR))
}

fn cargo_home() -> Result<PathBuf> {
    let chosen = env::var_os("CARGO_HOME").map(PathBuf::from);
    let usual = || Some(PathBuf::from(env::var_os("HOME")?).join(".cargo"));
    chosen
        .or_else(usual)
        .context("neither CARGO_HOME nor HOME is set")
}
