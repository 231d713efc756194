//! The tests of all crates, three programs at a time, shown briefly and counted; the whole output goes to a file.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail, ensure};

use super::programs::{Outcome, Program, programs};
use super::tally::Tally;
use crate::{command, page, workspace};

const BUILD_LIMIT: Duration = Duration::from_secs(80 * 60);
const SAMPLE_LIMIT: Duration = Duration::from_secs(40 * 60);
const CAMPAIGN_LIMIT: Duration = Duration::from_secs(12 * 60 * 60);
/// Programs that run at once, more than two cores: most wait for networks, and leave the machine to others.
const AT_ONCE: usize = 3;

/// Builds the tests of the workspace and runs the programs whose name contains a text; those that ask a second implementation find it
/// in this Python.
///
/// # Errors
/// When the build fails, or no program has such a name.
pub(crate) fn run(long: bool, name: &str, python: Option<&Path>) -> Result<Tally> {
    // The binary that is tested carries it.
    page::make_where_possible();
    build()?;
    let folder = workspace::build_directory().join("test-output");
    fs::create_dir_all(&folder)?;
    let path = folder.join("crates.txt");
    let report = Mutex::new(Report {
        file: File::create(&path)?,
        tally: Tally::default(),
    });
    let mut programs = programs(BUILD_LIMIT)?;
    programs.retain(|program| program.name.contains(name));
    ensure!(!programs.is_empty(), "no test program is called {name}");
    let queue = Mutex::new(programs.into_iter());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let add = |outcome: &Outcome| {
        let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
        report.add(outcome);
    };
    let work = || {
        while let Some(program) = next() {
            add(&program.run((long, python), limit(long)));
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    if name.is_empty() {
        add(&Program::examples().run((long, python), limit(long)));
    }
    let tally = report
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .tally;
    println!("crates: {tally} (all output: {})", path.display());
    Ok(tally)
}

fn limit(long: bool) -> Duration {
    if long { CAMPAIGN_LIMIT } else { SAMPLE_LIMIT }
}

/// What became of all programs so far.
struct Report {
    file: File,
    tally: Tally,
}

impl Report {
    fn add(&mut self, outcome: &Outcome) {
        let mut tally = Tally::default();
        let mut digest = Digest::default();
        println!("     Ran {} in {} s", outcome.name, outcome.seconds);
        // A full disk must not hide what the tests say.
        let _ = writeln!(self.file, "     Ran {}", outcome.name);
        for line in &outcome.lines {
            let _ = writeln!(self.file, "{line}");
            tally.count_cargo_line(line);
            if digest.shows(line) {
                println!("{line}");
            }
        }
        if let (Some(how), 0) = (&outcome.failure, tally.failed) {
            println!("FAILED {}: {how}", outcome.name);
            tally.add(Tally::failed(1));
        }
        self.tally.add(tally);
    }
}

/// Builds all tests first, with the compiler's own progress, so that running them has a limit of its own.
fn build() -> Result<()> {
    let mut cargo = workspace::cargo();
    if !command::run(cargo.args(["test", "--workspace", "--no-run"]), BUILD_LIMIT)?.success() {
        bail!("the tests do not build: the compiler's message is above");
    }
    Ok(())
}

/// Which lines of the test programs a person wants to see: skips, figures of campaigns, failures with their output, and closing lines.
#[derive(Default)]
struct Digest {
    in_failures: bool,
}

impl Digest {
    fn shows(&mut self, line: &str) -> bool {
        if line == "failures:" {
            self.in_failures = true;
        }
        let closes = line.starts_with("test result: ");
        let is_told = ["SKIPPED ", "CAMPAIGN "]
            .iter()
            .any(|word| line.starts_with(word));
        let shown = self.in_failures || line.ends_with("FAILED") || is_told;
        if closes {
            self.in_failures = false;
        }
        shown || closes && !line.contains(" 0 passed; 0 failed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_shows_failures_with_their_output_and_hides_what_passed() {
        let mut digest = Digest::default();
        let lines = [
            "running 2 tests",
            "test a_good_test ... ok",
            "test a_bad_test ... FAILED",
            "successes:",
            "---- a_good_test stdout ----",
            "failures:",
            "---- a_bad_test stdout ----",
            "assertion failed",
            "test result: FAILED. 1 passed; 1 failed; 0 ignored",
            "running 0 tests",
            "test result: ok. 0 passed; 0 failed; 0 ignored",
            "SKIPPED vectors_hold: ../shared/data is absent",
            "CAMPAIGN trials: 41 classes",
        ];
        let shown: Vec<_> = lines
            .into_iter()
            .filter(|line| digest.shows(line))
            .collect();
        let expected = [
            "test a_bad_test ... FAILED",
            "failures:",
            "---- a_bad_test stdout ----",
            "assertion failed",
            "test result: FAILED. 1 passed; 1 failed; 0 ignored",
            "SKIPPED vectors_hold: ../shared/data is absent",
            "CAMPAIGN trials: 41 classes",
        ];
        assert_eq!(shown, expected);
    }
}
