//! The programs that cargo makes of tests, and how one is run.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::Value;

use crate::{command, workspace};

/// Crates whose tests found networks of real processes: they wait much, so they begin first.
const WAITING: &str = "crates/node";

/// A program with tests.
#[derive(Debug, PartialEq)]
pub(crate) struct Program {
    pub(crate) name: String,
    /// The folder of its package, in which it runs.
    folder: PathBuf,
    /// The program itself; cargo runs the examples of the documentation.
    file: Option<PathBuf>,
}

/// What became of a program.
pub(crate) struct Outcome {
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
    pub(crate) seconds: u64,
    /// How it ended, where that was not well.
    pub(crate) failure: Option<String>,
}

/// Returns all programs of the workspace, which were built before.
///
/// # Errors
/// When cargo fails.
pub(crate) fn programs(limit: Duration) -> Result<Vec<Program>> {
    let mut cargo = workspace::cargo();
    cargo.args(["test", "--workspace", "--no-run", "--quiet"]);
    cargo.arg("--message-format=json");
    let messages = command::output(&mut cargo, limit)?;
    let mut programs: Vec<_> = messages.lines().filter_map(program).collect();
    programs.sort_by_key(|program| !program.folder.ends_with(WAITING));
    Ok(programs)
}

/// The program of a message of cargo, where the message tells of one.
fn program(message: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(message).ok()?;
    if message["profile"]["test"] != true {
        return None;
    }
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
    let package = folder.file_name()?.to_string_lossy();
    let (target, kind) = (&message["target"]["name"], &message["target"]["kind"][0]);
    Some(Program {
        name: format!("{package}: {} {}", kind.as_str()?, target.as_str()?),
        folder: folder.to_owned(),
        file: Some(message["executable"].as_str()?.into()),
    })
}

impl Program {
    /// The examples of the documentation.
    pub(crate) fn examples() -> Self {
        Self {
            name: "examples of the documentation".to_owned(),
            folder: workspace::root().to_owned(),
            file: None,
        }
    }

    /// Runs it, with the whole campaigns where `long`.
    pub(crate) fn run(&self, (long, python): (bool, Option<&Path>), limit: Duration) -> Outcome {
        let started = Instant::now();
        let mut command = self.command();
        if long {
            command.env("THERIAC_LONG", "1");
        }
        if let Some(python) = python {
            command.env("THERIAC_PYTHON", python);
        }
        let mut lines = Vec::new();
        let ended = command::read(&mut command, limit, |line| lines.push(line.to_owned()));
        Outcome {
            name: self.name.clone(),
            lines,
            seconds: started.elapsed().as_secs(),
            failure: match ended {
                Ok(status) if status.success() => None,
                Ok(status) => Some(status.to_string()),
                Err(error) => Some(format!("{error:#}")),
            },
        }
    }

    /// As cargo runs it.
    fn command(&self) -> Command {
        let Some(file) = &self.file else {
            let mut cargo = workspace::cargo();
            cargo.args(["test", "--workspace", "--doc", "--no-fail-fast"]);
            return cargo;
        };
        let mut command = Command::new(file);
        command
            .args(["--show-output", "--format=pretty"])
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env(
                "CARGO",
                env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            );
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_a_test_program_is_one_and_others_are_not() {
        let told = r#"{"reason":"compiler-artifact","manifest_path":"/r/crates/node/Cargo.toml",
            "target":{"kind":["test"],"name":"packs"},"profile":{"test":true},"executable":"/r/target/packs-1"}"#;
        let expected = Program {
            name: "node: test packs".to_owned(),
            folder: "/r/crates/node".into(),
            file: Some("/r/target/packs-1".into()),
        };
        assert_eq!(program(told), Some(expected));
        for other in [
            told.replace("true", "false"),
            told.replace("\"/r/target/packs-1\"", "null"),
            "warning: a text".to_owned(),
        ] {
            assert_eq!(program(&other), None, "{other}");
        }
    }

    #[test]
    fn a_program_that_breaks_off_is_a_failure_with_what_it_said() {
        let program = Program {
            name: "cat".to_owned(),
            folder: "/".into(),
            file: Some("/bin/false".into()),
        };
        let outcome = program.run((false, None), Duration::from_secs(10));
        assert_eq!(outcome.failure.as_deref(), Some("exit status: 1"));
        assert_eq!(outcome.lines, Vec::<String>::new());
    }
}
