//! The most memory that a command has resident while it goes over a large document.

use super::process::Process;
use anyhow::{Context as _, bail};
use std::{
    env,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const PAUSE: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(20 * 60);

/// Runs `theriac NOUN VERB FILE` and returns its peak in MiB and its seconds.
///
/// # Errors
/// Where the command fails.
pub(super) fn of_command(
    (noun, verb): (&str, &str),
    document: &Path,
) -> anyhow::Result<(f64, f64)> {
    let child = Command::new(env::current_exe().context("where this program is")?)
        .args([noun, verb])
        .arg(document)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start theriac {noun} {verb}"))?;
    let mut process = Process(child);
    let begun = Instant::now();
    let mut peak: f64 = 0.0;
    loop {
        // What the kernel tells is the most so far, so the last answer before the end counts.
        peak = peak.max(process.peak_mib().unwrap_or(0.0));
        if let Some(status) = process.0.try_wait()? {
            if !status.success() {
                bail!("theriac {noun} {verb} failed: {status}");
            }
            return Ok((peak, begun.elapsed().as_secs_f64()));
        }
        if begun.elapsed() > PATIENCE {
            bail!("theriac {noun} {verb} takes more than {PATIENCE:?}");
        }
        thread::sleep(PAUSE);
    }
}
