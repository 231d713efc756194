//! `cargo xtask demo`: builds the binary `theriac` and becomes `theriac demo`.

use std::ffi::OsString;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Result, bail};

use crate::{command, page, workspace};

const BUILD_LIMIT: Duration = Duration::from_secs(90 * 60);
const SAMPLE: &str = "crates/node/samples/patient.json";

/// Runs a whole network on this machine and plays the stories of a record, of a pack and of a clinical trial.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// End after the story, with exit code 0 when each step went as it should.
    #[arg(long)]
    once: bool,
    /// The FHIR R4 Bundle to share (default: a Synthea patient of ../shared/data, else the repository's own sample).
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Passed on to `theriac demo` as they are.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<OsString>,
}

/// Builds, then replaces this process, so that Ctrl-C reaches the demo alone.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let theriac = build()?;
    let mut demo = Command::new(theriac);
    demo.arg("demo").arg("--record");
    demo.arg(arguments.record.unwrap_or_else(record));
    if let Some(pilot) = pilot() {
        demo.arg("--pilot").arg(pilot);
    }
    if arguments.once {
        demo.arg("--once");
    }
    demo.args(arguments.rest);
    Err(demo.exec().into())
}

/// Builds the binary `theriac`, with the page that verifies bundles in it, and returns its path.
///
/// # Errors
/// When the build fails.
pub(crate) fn build() -> Result<PathBuf> {
    let theriac = workspace::build_directory().join("debug/theriac");
    if !theriac.exists() {
        eprintln!(
            "Building theriac. The first build compiles the engine and takes 20 minutes or more on two cores; later ones take seconds."
        );
    }
    page::make_where_possible();
    // The whole workspace and one small test are selected, so that features resolve as they do for `cargo test`:
    // otherwise the engine would be compiled once for the demo and once more for the tests.
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--workspace", "--bin", "theriac", "--test", "help"]);
    if !command::run(&mut cargo, BUILD_LIMIT)?.success() {
        bail!("the build failed: the compiler's message is above");
    }
    Ok(theriac)
}

fn record() -> PathBuf {
    workspace::shared_data()
        .and_then(|data| first_bundle(&data.join("fhir/synthea")))
        .unwrap_or_else(|| workspace::root().join(SAMPLE))
}

/// The folder with CDISC's pilot, where it lies beside the repository.
fn pilot() -> Option<PathBuf> {
    let folder = workspace::shared_data()?.join("trials");
    folder.is_dir().then_some(folder)
}

/// The first JSON file of `folder` by name.
fn first_bundle(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_of_the_repository_is_a_transaction_bundle_with_a_patient() {
        let text = fs::read_to_string(workspace::root().join(SAMPLE)).unwrap();
        let bundle: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(bundle["resourceType"], "Bundle");
        assert_eq!(bundle["type"], "transaction");
        let entries = bundle["entry"].as_array().unwrap();
        assert!(
            entries
                .iter()
                .any(|entry| entry["resource"]["resourceType"] == "Patient")
        );
        assert!(
            entries
                .iter()
                .all(|entry| entry["request"]["method"] == "POST")
        );
    }

    #[test]
    fn references_of_the_sample_name_entries_of_the_sample() {
        let text = fs::read_to_string(workspace::root().join(SAMPLE)).unwrap();
        let bundle: serde_json::Value = serde_json::from_str(&text).unwrap();
        let entries = bundle["entry"].as_array().unwrap();
        let known: Vec<_> = entries.iter().map(|entry| &entry["fullUrl"]).collect();
        let mut references = Vec::new();
        collect_references(&bundle, &mut references);
        assert!(references.len() > 5);
        for reference in references {
            assert!(
                known.contains(&reference),
                "{reference} is not in the bundle"
            );
        }
    }

    fn collect_references<'a>(
        value: &'a serde_json::Value,
        found: &mut Vec<&'a serde_json::Value>,
    ) {
        match value {
            serde_json::Value::Object(fields) => {
                found.extend(fields.get("reference"));
                for field in fields.values() {
                    collect_references(field, found);
                }
            }
            serde_json::Value::Array(items) => {
                for item in items {
                    collect_references(item, found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn the_first_bundle_of_a_folder_that_is_absent_is_none() {
        assert_eq!(first_bundle(Path::new("no/such/folder")), None);
    }
}
