//! The pure crates build for a target without an operating system, as they must for browsers and verifiers.

use std::time::Duration;

use anyhow::Result;

use super::tally::Tally;
use crate::wasm_target::{self, TARGET};
use crate::{command, workspace};

const LIMIT: Duration = Duration::from_secs(30 * 60);
const CRATES: [&str; 4] = [
    "theriac-contracts",
    "theriac-envelope",
    "theriac-evidence",
    "theriac-standards",
];

/// What is only built, and never run, needs no optimiser.
const UNOPTIMISED: &str = r#"profile.dev.package."*".opt-level=0"#;

/// Builds each pure crate for wasm32; each build counts as one test.
///
/// # Errors
/// When cargo cannot be started, or the target cannot be installed.
pub(crate) fn run() -> Result<Tally> {
    wasm_target::install()?;
    let mut tally = Tally::default();
    for name in CRATES {
        let mut cargo = workspace::cargo();
        cargo.args(["build", "--quiet", "--lib", "--target", TARGET, "-p", name]);
        cargo.args(["--config", UNOPTIMISED]);
        let built = command::run(&mut cargo, LIMIT)?.success();
        println!("{name} for wasm32: {}", if built { "ok" } else { "FAILED" });
        tally.add(if built {
            Tally::passed(1)
        } else {
            Tally::failed(1)
        });
    }
    Ok(tally)
}
