//! The most memory that a command has resident while it goes over a large document.

use super::process::Process;
use anyhow::{Context as _, bail};
use std::{
    env,
    ffi::OsStr,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Looked at often in the beginning, so that short runs are told to a twentieth too.
const PAUSES: [Duration; 2] = [Duration::from_millis(1), Duration::from_millis(20)];
const PATIENCE: Duration = Duration::from_secs(20 * 60);

/// Runs `theriac NOUN VERB FILE` and returns its peak in MiB and its seconds.
///
/// # Errors
/// Where the command fails.
pub(super) fn of_command(
    (noun, verb): (&str, &str),
    document: &Path,
) -> anyhow::Result<(f64, f64)> {
    let arguments = [noun.as_ref(), verb.as_ref(), document.as_os_str()];
    of_arguments(&arguments)
}

/// The same with any arguments of `theriac`.
///
/// # Errors
/// Where the command fails.
pub(super) fn of_arguments(arguments: &[&OsStr]) -> anyhow::Result<(f64, f64)> {
    let command = arguments.join(OsStr::new(" "));
    let command = command.display();
    let child = Command::new(env::current_exe().context("where this program is")?)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start theriac {command}"))?;
    let mut process = Process(child);
    let begun = Instant::now();
    let mut peak: f64 = 0.0;
    loop {
        // What the kernel tells is the most so far, so the last answer before the end counts.
        peak = peak.max(process.peak_mib().unwrap_or(0.0));
        if let Some(status) = process.0.try_wait()? {
            if !status.success() {
                bail!("theriac {command} failed: {status}");
            }
            return Ok((peak, begun.elapsed().as_secs_f64()));
        }
        if begun.elapsed() > PATIENCE {
            bail!("theriac {command} takes more than {PATIENCE:?}");
        }
        let [shortest, longest] = PAUSES;
        thread::sleep((begun.elapsed() / 20).clamp(shortest, longest));
    }
}
