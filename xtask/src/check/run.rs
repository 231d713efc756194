//! The order of the checks; all run, whatever became of the one before.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, bail};

use super::{compliance, decisions, graph::Graph, licences, paths, rows, tidy};
use crate::{command, workspace};

/// The crates whose results every validator must reach alike.
const DETERMINISTIC: [&str; 4] = [
    "theriac-contracts",
    "theriac-evidence",
    "theriac-execution",
    "theriac-ledger",
];

const LIMIT: Duration = Duration::from_secs(80 * 60);

/// Checks format, lints, licences, dependency rows and house style.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Leave out rustfmt and clippy, which take long; the rest takes seconds.
    #[arg(long)]
    quick: bool,
    /// Renew what follows from other files: the index of decisions and the tables of docs/compliance.
    #[arg(long)]
    write: bool,
}

/// Runs all checks; fails when one of them does not hold.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let graph = Graph::read()?;
    let records = workspace::root().join("docs/decisions");
    let mut checks: Vec<(&str, Result<()>)> = vec![
        ("rows", none(rows::violations(&graph))),
        ("tidy", none(tidy::violations(workspace::root())?)),
        ("paths", none(paths::violations(workspace::root())?)),
        (
            "compliance",
            compliance::check(workspace::root(), arguments.write),
        ),
        ("decisions", decisions::check(&records, arguments.write)),
        ("licences", licences::check(&graph)),
    ];
    if !arguments.quick {
        checks.push(("fmt", cargo(&["fmt", "--all", "--check"])));
        let clippy = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ];
        checks.push(("clippy", cargo(&clippy)));
        checks.push(("determinism", determinism()));
    }
    let mut failed = 0;
    for (name, outcome) in checks {
        match outcome {
            Ok(()) => println!("{name}: ok"),
            Err(error) => {
                failed += 1;
                println!("{name}: FAILED\n{error:#}");
            }
        }
    }
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// No order of a hash table and no float in what reaches state.
fn determinism() -> Result<()> {
    let mut arguments = vec!["clippy", "--lib"];
    for name in DETERMINISTIC {
        arguments.extend(["-p", name]);
    }
    arguments.extend([
        "--",
        "-D",
        "clippy::iter_over_hash_type",
        "-D",
        "clippy::float_arithmetic",
    ]);
    cargo(&arguments)
}

fn none(violations: Vec<String>) -> Result<()> {
    if violations.is_empty() {
        return Ok(());
    }
    bail!("  {}", violations.join("\n  "))
}

fn cargo(arguments: &[&str]) -> Result<()> {
    if command::run(workspace::cargo().args(arguments), LIMIT)?.success() {
        return Ok(());
    }
    bail!("  cargo {} failed", arguments.join(" "))
}
