//! What is in the pilot, and the bars against which a study of its size is held.

use super::{
    super::figures::Figures,
    bundles::Checked,
    curve::Point,
    pilot::{Pilot, RECORDS},
};

const TOTAL_BAR_S: f64 = 600.0;
const VERIFY_BAR_S: f64 = 60.0;
const JOURNAL_BAR_MB: f64 = 5.0;
const JOURNAL_VERIFY_BAR_S: f64 = 1.0;
const JOURNAL_BROWSER_BAR_S: f64 = 5.0;
const MEMORY_BAR_MIB: f64 = 1_024.0;

/// Tells what is in the data.
pub(super) fn tell_pilot(pilot: &Pilot, figures: &mut Figures) {
    let counted = pilot.counted;
    for (name, value) in [
        ("pilot: records", counted.records),
        ("pilot: cells", counted.cells),
        ("pilot: forms", counted.forms),
        ("pilot: subjects", pilot.subjects.len() as u64),
    ] {
        figures.tell(name, (value as f64, ""));
    }
    let share = counted.records as f64 / RECORDS as f64;
    figures.tell(
        "pilot: share of the published records",
        (share * 100.0, "%"),
    );
}

/// Holds the first study that has all of the pilot against the bars.
pub(super) fn tell_bars(points: &[Point], subjects: usize, figures: &mut Figures) {
    let whole = points.iter().find(|it| it.subjects >= subjects as f64);
    let Some(point) = whole else {
        return;
    };
    let Checked {
        regulator,
        journal,
        public,
        shown,
    } = point.checked;
    let verified = regulator.seconds + journal.seconds + public.seconds;
    let name = "whole pilot: imported to verified";
    figures.at_most(name, (point.seconds + verified, "s"), TOTAL_BAR_S);
    let name = "whole pilot: everything verified";
    figures.at_most(name, (regulator.seconds, "s"), VERIFY_BAR_S);
    let name = "whole pilot: journal's bundle";
    figures.at_most(name, (journal.bytes / 1e6, "MB"), JOURNAL_BAR_MB);
    let name = "whole pilot: journal's bundle verified";
    figures.at_most(name, (journal.seconds, "s"), JOURNAL_VERIFY_BAR_S);
    let name = "whole pilot: journal's bundle in a browser";
    shown.tell(name, Some(JOURNAL_BROWSER_BAR_S), figures);
    let name = "whole pilot: memory, imported to bundled";
    figures.at_most(name, (point.import_mib, "MiB"), MEMORY_BAR_MIB);
    let name = "whole pilot: memory of the verifier";
    figures.at_most(name, (regulator.peak_mib, "MiB"), MEMORY_BAR_MIB);
}
