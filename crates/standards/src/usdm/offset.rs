//! When the instances of a timeline are, counted from its anchor.

use super::{Flaw, Problem, Timeline, Timing, TimingKind};
use std::collections::BTreeMap;

/// When an instance is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    /// Seconds from the anchor.
    pub(super) at: i64,
    /// The earliest that is in time, where a window is told.
    pub(super) from: Option<i64>,
    /// The latest that is in time, where a window is told.
    pub(super) until: Option<i64>,
}

/// The time of each instance that has one, by id; what keeps others from having one goes to `problems`.
pub(super) fn offsets<'a>(
    timeline: &'a Timeline,
    problems: &mut Vec<Problem>,
) -> BTreeMap<&'a str, Due> {
    let mut timings: BTreeMap<&str, &Timing> = BTreeMap::new();
    for timing in &timeline.timings {
        for pointer in &timing.unread {
            problems.push(Problem {
                pointer: pointer.clone(),
                flaw: Flaw::Duration,
            });
        }
        if timings.contains_key(timing.of_id.as_str()) {
            problems.push(Problem {
                pointer: timing.pointer.clone(),
                flaw: Flaw::AnotherTiming,
            });
            continue;
        }
        timings.insert(&timing.of_id, timing);
    }
    let mut known = BTreeMap::new();
    for instance in &timeline.instances {
        if instance.is_decision() {
            continue;
        }
        let flaw = match at(&instance.id, &timings) {
            Ok(at) => {
                known.insert(instance.id.as_str(), due(at, timings[instance.id.as_str()]));
                continue;
            }
            Err(flaw) => flaw,
        };
        problems.push(Problem {
            pointer: instance.pointer.clone(),
            flaw,
        });
    }
    known
}

fn due(at: i64, timing: &Timing) -> Due {
    let has_window = timing.window_lower.is_some() || timing.window_upper.is_some();
    let side = |window: Option<super::Duration>| window.map_or(0, |window| window.seconds);
    Due {
        at,
        from: has_window.then(|| at.saturating_sub(side(timing.window_lower))),
        until: has_window.then(|| at.saturating_add(side(timing.window_upper))),
    }
}

/// Follows the timings from an instance to the anchor.
fn at(id: &str, timings: &BTreeMap<&str, &Timing>) -> Result<i64, Flaw> {
    let mut total = 0i64;
    let mut current = id.to_owned();
    for _ in 0..=timings.len() {
        let timing = timings.get(current.as_str()).ok_or(Flaw::NoTiming)?;
        if timing.kind == TimingKind::Anchor {
            return Ok(total);
        }
        let value = timing.value.ok_or(Flaw::NoTiming)?.seconds;
        total = match timing.kind {
            TimingKind::Before => total.saturating_sub(value),
            TimingKind::After | TimingKind::Anchor => total.saturating_add(value),
        };
        current = timing.from_id.clone().ok_or(Flaw::NoTiming)?;
    }
    Err(Flaw::Circle)
}
