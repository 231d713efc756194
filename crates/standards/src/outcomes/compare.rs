//! What changed between the two outcomes of a pair.

use super::{By, Change, Class, Outcome, features::Features};

/// The changes in the order of the classes; at least one.
pub(super) fn changes(before: &Outcome, after: &Outcome, by: By) -> Vec<Change> {
    let mut changes = Vec::new();
    level(before, after, &mut changes);
    measurement(before, after, by, &mut changes);
    for (class, one, other) in [
        (Class::MetricChanged, &before.metric, &after.metric),
        (
            Class::AggregationChanged,
            &before.aggregation,
            &after.aggregation,
        ),
    ] {
        told_otherwise(class, (one, other), by, &mut changes);
    }
    if !before.time.is_same(&after.time) {
        let told = |outcome: &Outcome| {
            let frame = outcome.time_frame.clone();
            frame.or_else(|| (!outcome.time.is_empty()).then(|| outcome.time.in_days()))
        };
        let (from, to) = (told(before), told(after));
        let change = Change::new(Class::TimePointChanged, from.as_deref(), to.as_deref());
        changes.push(change);
    }
    let populations = (&before.population, &after.population);
    told_otherwise(Class::PopulationChanged, populations, by, &mut changes);
    if changes.is_empty() {
        changes.push(words(before, after));
    }
    changes
}

fn level(before: &Outcome, after: &Outcome, changes: &mut Vec<Change>) {
    let class = match before.level.cmp(&after.level) {
        std::cmp::Ordering::Equal => return,
        std::cmp::Ordering::Greater => Class::Promoted,
        std::cmp::Ordering::Less => Class::Demoted,
    };
    let (from, to) = (before.level.name(), after.level.name());
    changes.push(Change::new(class, Some(from), Some(to)));
}

/// By an id, any other word is a change. By text, words that were added or left out are a rewording, and those that were exchanged for others
/// are a change: the pair is proposed on the ground of the common ones.
fn measurement(before: &Outcome, after: &Outcome, by: By, changes: &mut Vec<Change>) {
    let (one, other) = (Features::of(before), Features::of(after));
    let missing = |from: &[String], of: &[String]| from.iter().any(|word| !of.contains(word));
    let (lost, won) = (
        missing(&one.measured, &other.measured),
        missing(&other.measured, &one.measured),
    );
    let is_changed = match by {
        By::Id => lost || won,
        By::Text => (lost && won) || one.numbers != other.numbers,
    };
    if is_changed {
        let told = |outcome: &Outcome| {
            let told = outcome.measurement.as_ref().unwrap_or(&outcome.title);
            told.clone()
        };
        let (from, to) = (told(before), told(after));
        let change = Change::new(Class::MeasurementChanged, Some(&from), Some(&to));
        changes.push(change);
    }
}

/// What one source tells and the other does not is a change only where an id makes the pair certain: outside sources leave much untold.
fn told_otherwise(
    class: Class,
    (before, after): (&Option<String>, &Option<String>),
    by: By,
    changes: &mut Vec<Change>,
) {
    let is_changed = match (before, after) {
        (Some(before), Some(after)) => plain(before) != plain(after),
        (Some(_), None) | (None, Some(_)) => by == By::Id,
        (None, None) => false,
    };
    if is_changed {
        changes.push(Change::new(class, before.as_deref(), after.as_deref()));
    }
}

fn words(before: &Outcome, after: &Outcome) -> Change {
    let texts = |outcome: &Outcome| {
        let maybe = |part: &Option<String>| plain(part.as_deref().unwrap_or_default());
        let (description, frame) = (maybe(&outcome.description), maybe(&outcome.time_frame));
        [plain(&outcome.title), description, frame]
    };
    match texts(before) == texts(after) {
        true => Change::new(Class::Unchanged, None, None),
        false => Change::new(Class::Reworded, None, None),
    }
}

/// Without case and spacing.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
