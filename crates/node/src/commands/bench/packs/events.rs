//! EPCIS documents of any length: the papers of a supply without fraud, the same for everyone who asks for as many events.

use anyhow::{Context as _, ensure};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};
use theriac_standards::{
    epcis::json::JsonWriter,
    supply::{Counts, Parameters, Rate, Rates, Supply, envelope, event_of},
};

const SEED: u64 = 1;
/// Far more than any document here takes.
const LOTS: u64 = 1_000_000;
const NEVER: Rate = Rate::of_ten_thousand(0);

/// Writes a JSON-LD document of this many events: lots, pallets, cases and totes that are packed, shipped, received and unpacked, and
/// packs that are dispensed, returned and destroyed.
///
/// # Errors
/// Those of the writer.
pub(super) fn write(to: impl Write, count: u64) -> anyhow::Result<()> {
    let parameters = honest();
    let envelope = envelope(parameters.start_ms);
    let mut supply = Supply::new(parameters)?;
    let mut writer = JsonWriter::new(to, &envelope)?;
    let mut written = 0;
    while written < count {
        let Some(step) = supply.next() else { break };
        if let Some(event) = event_of(&step, supply.parties()) {
            writer.event(&event)?;
            written += 1;
        }
    }
    ensure!(written == count, "the supply has {written} events only");
    writer.finish()?.flush()?;
    Ok(())
}

/// Writes such a document to a new file.
///
/// # Errors
/// Those of the file.
pub(super) fn write_file(path: &Path, count: u64) -> anyhow::Result<()> {
    let what = || format!("cannot write {}", path.display());
    let file = File::create(path).with_context(what)?;
    write(BufWriter::new(file), count).with_context(what)
}

fn honest() -> Parameters {
    let usual = Parameters::new(SEED);
    Parameters {
        counts: Counts {
            lots: LOTS,
            ..usual.counts
        },
        rates: Rates {
            clones: NEVER,
            guesses: NEVER,
            relabelled: NEVER,
            thefts: NEVER,
            diversions: NEVER,
            back_dated: NEVER,
            ghosts: NEVER,
            unannounced: NEVER,
            ..usual.rates
        },
        ..usual
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use theriac_standards::epcis::{Limits, validate::check_json};

    #[test]
    fn a_document_is_accepted_and_has_as_many_events_as_were_asked_for() {
        let mut text = Vec::new();
        write(&mut text, 2_500).unwrap();
        let report = check_json(text.as_slice(), Limits::default()).unwrap();
        assert!(report.is_accepted(), "{:?}", report.problems.first());
        assert_eq!(report.events, 2_500);
    }
}
