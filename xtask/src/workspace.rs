//! Where things are: the repository, the build directory, the data that may stand beside the repository.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask stands in a folder of the repository")
}

/// Returns the folder in which cargo builds.
pub(crate) fn build_directory() -> PathBuf {
    let chosen = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    root().join(chosen.unwrap_or_else(|| PathBuf::from("target")))
}

/// Returns the folder of third-party test data beside the repository, where it is present.
pub(crate) fn shared_data() -> Option<PathBuf> {
    let folder = root().join("../shared/data");
    folder.is_dir().then_some(folder)
}

/// Returns a command for the cargo that runs this program, started in the root.
pub(crate) fn cargo() -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Tells whether this is a run of continuous integration, where nothing may be left out.
pub(crate) fn is_ci() -> bool {
    env::var("CI").is_ok_and(|value| value == "true")
}
