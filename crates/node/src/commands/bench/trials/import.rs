//! How fast datasets are read, beside their decompression alone.

use super::{
    super::{figures::Figures, process::own},
    pilot::Pilot,
};
use anyhow::ensure;
use flate2::read::GzDecoder;
use std::io;
use theriac_standards::dataset::{Limits, Reader};

const RATE_BAR: f64 = 20.0;
/// How often they are gone over: CPU time is counted in hundredths of a second.
const ROUNDS: usize = 2;

/// Measures rates of a core, in bytes of the decompressed text.
///
/// # Errors
/// Where a dataset cannot be read.
pub(super) fn measure(pilot: &Pilot, figures: &mut Figures) -> anyhow::Result<()> {
    let mut bytes = 0;
    let inflating = seconds(pilot, |file| {
        bytes += io::copy(&mut GzDecoder::new(file), &mut io::sink())?;
        Ok(())
    })?;
    let parsing = seconds(pilot, |file| {
        let mut reader = Reader::open(file, Limits::default())?;
        while reader.next_row()?.is_some() {}
        ensure!(reader.rows() > 0, "a dataset has no rows");
        Ok(())
    })?;
    let megabytes = bytes as f64 / 1e6;
    figures.tell("datasets: text", (megabytes / ROUNDS as f64, "MB"));
    let name = "datasets: inflated alone, of a core";
    figures.tell(name, (megabytes / inflating, "MB/s"));
    let name = "datasets: inflated and parsed, of a core";
    figures.at_least(name, (megabytes / parsing, "MB/s"), RATE_BAR);
    let name = "ratio of parsing to inflating alone, time";
    figures.tell(name, (parsing / inflating, ""));
    Ok(())
}

/// CPU seconds of this process for all datasets.
fn seconds(
    pilot: &Pilot,
    mut read: impl FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<f64> {
    let mut files = Vec::new();
    for file in pilot.files() {
        files.push(pilot.bytes(file)?);
    }
    let begun = own()?.0;
    for _ in 0..ROUNDS {
        for file in &files {
            read(file)?;
        }
    }
    Ok(own()?.0 - begun)
}
