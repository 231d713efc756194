//! Child processes and what the kernel counts of them: CPU time, memory, bytes on disk.

use anyhow::Context as _;
use std::{fs, os::unix::fs::MetadataExt as _, path::Path, process::Child};

/// Clock ticks in a second as the kernel shows them to programs; 100 on every Linux platform (proc(5)).
const TICKS_PER_SECOND: f64 = 100.0;
/// Unit of `st_blocks` (stat(2)).
const BLOCK_BYTES: u64 = 512;

/// A child process that ends with this value.
#[derive(Debug)]
pub(super) struct Process(pub(super) Child);

impl Process {
    /// CPU time of all its threads so far, in seconds.
    ///
    /// # Errors
    /// Where the process is gone.
    pub(super) fn cpu_seconds(&self) -> anyhow::Result<f64> {
        let text = self.read("stat")?;
        parse_stat(&text).with_context(|| format!("/proc/PID/stat is not as expected: {text}"))
    }

    /// Resident memory in MiB.
    ///
    /// # Errors
    /// Where the process is gone.
    pub(super) fn resident_mib(&self) -> anyhow::Result<f64> {
        status_mib(&self.read("status")?, "VmRSS:")
    }

    /// The most resident memory so far, in MiB.
    ///
    /// # Errors
    /// Where the process is gone.
    pub(super) fn peak_mib(&self) -> anyhow::Result<f64> {
        status_mib(&self.read("status")?, "VmHWM:")
    }

    fn read(&self, file: &str) -> anyhow::Result<String> {
        let path = format!("/proc/{}/{file}", self.0.id());
        fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// CPU seconds of this process, and the most memory that it had resident, in MiB.
///
/// # Errors
/// Where the kernel does not tell.
pub(super) fn own() -> anyhow::Result<(f64, f64)> {
    let read = |file: &str| fs::read_to_string(format!("/proc/self/{file}"));
    let cpu = parse_stat(&read("stat")?).context("/proc/self/stat is not as expected")?;
    Ok((cpu, status_mib(&read("status")?, "VmHWM:")?))
}

fn status_mib(text: &str, field: &'static str) -> anyhow::Result<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(field));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    let kib = kib.with_context(|| format!("/proc/PID/status has no {field}"))?;
    Ok(kib / 1_024.0)
}

/// The sum of fields 14 and 15. The name in field 2 stands in parentheses and may hold anything.
fn parse_stat(text: &str) -> Option<f64> {
    let (_, rest) = text.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<f64>().ok();
    Some((next()? + next()?) / TICKS_PER_SECOND)
}

/// Bytes that a file, or a directory with all below it, occupies on disk.
///
/// # Errors
/// Where it cannot be read. What vanishes meanwhile counts nothing.
pub(super) fn disk_bytes(path: &Path) -> anyhow::Result<u64> {
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return Ok(0);
    };
    let mut bytes = metadata.blocks() * BLOCK_BYTES;
    if metadata.is_dir() {
        for entry in
            fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?
        {
            bytes += disk_bytes(&entry?.path())?;
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpu_time_is_found_behind_a_name_with_parentheses() {
        let text = "7 (a) b) S 1 7 7 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 3 0 100 1 1";
        assert_eq!(parse_stat(text), Some(3.0));
        assert_eq!(parse_stat("7 (a"), None);
    }
}
