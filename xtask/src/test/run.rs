//! The order of the suites, and the closing line.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use super::tally::Tally;
use super::{clients, crates, install, page, session, solidity, tools, wasm};
use crate::workspace;

/// Runs every test, after installing what they need.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Run the whole campaigns; without it, a fixed sample of each.
    #[arg(long)]
    long: bool,
    /// Run this suite alone; may be given more than once.
    #[arg(long, value_enum, value_name = "SUITE")]
    only: Vec<Suite>,
    /// Run only those test programs of the crates whose name, as their `Ran` line tells it, contains this text.
    #[arg(long, value_name = "TEXT", conflicts_with = "only")]
    program: Option<String>,
}

/// The suites, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, clap::ValueEnum)]
enum Suite {
    /// The tests of all crates, those with real processes among them.
    Crates,
    /// Builds of the pure crates for a target without an operating system.
    Wasm,
    /// The page that verifies bundles, in Node.js and in Chromium.
    Page,
    /// Storage layouts of the native contracts, and example rules, against the Solidity compiler.
    Solidity,
    /// viem, ethers, web3.py and cast against four real nodes.
    Clients,
    /// The first session of README.md, command by command.
    Session,
}

const ALL: [Suite; 6] = [
    Suite::Crates,
    Suite::Wasm,
    Suite::Page,
    Suite::Solidity,
    Suite::Clients,
    Suite::Session,
];

/// Runs all suites, each whatever became of the one before, and ends with `N passed, N failed, N skipped`.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let tools = tools::find()?;
    let python = install::install(&tools)?;
    let only = match arguments.program {
        Some(_) => vec![Suite::Crates],
        None => arguments.only,
    };
    let chosen = |suite: &Suite| only.is_empty() || only.contains(suite);
    let mut total = data();
    for suite in ALL.into_iter().filter(chosen) {
        println!("\n== {suite:?}");
        let outcome = match suite {
            Suite::Crates => {
                let program = arguments.program.as_deref().unwrap_or_default();
                crates::run(arguments.long, program, python.as_deref())
            }
            Suite::Wasm => wasm::run(),
            Suite::Page => page::run(),
            Suite::Solidity => solidity::run(),
            Suite::Clients => clients::run(python.as_deref()),
            Suite::Session => session::run(),
        };
        total.add(outcome.unwrap_or_else(|error| unable(suite, &error)));
    }
    println!("\ntook {} s", started.elapsed().as_secs());
    println!("{total}");
    Ok(if total.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A suite that cannot run at all counts as one failure.
fn unable(suite: Suite, error: &anyhow::Error) -> Tally {
    println!("FAILED {suite:?}: {error:#}");
    Tally::failed(1)
}

/// The data beside the repository: its absence costs tests, and in continuous integration it is a failure.
fn data() -> Tally {
    match workspace::shared_data() {
        Some(_) => Tally::default(),
        None if workspace::is_ci() => {
            println!("FAILED data: ../shared/data is absent");
            Tally::failed(1)
        }
        None => {
            println!(
                "../shared/data is absent: the tests against published vectors and data sets are skipped"
            );
            Tally::default()
        }
    }
}
