//! What everybody enrolled sees on the ledger: transactions, entries, events, state, sizes, gas, heights and times.

use super::view::View;
use crate::support::{World, ledger::Told};
use alloy_primitives::Log;
use alloy_sol_types::SolEvent as _;
use std::collections::{BTreeMap, BTreeSet};
use theriac_contracts::interfaces::ITrials::{AllocationOpened, Entered};

/// Times before which something happened, in milliseconds.
#[derive(Default)]
struct Clock {
    of_study: u64,
    of_subject: BTreeMap<u32, u64>,
    /// How many entries of a kind a subject has.
    seen: BTreeMap<(u32, u8), u32>,
}

pub(super) fn tell(world: &World, views: &mut BTreeMap<u32, View>) {
    let ledger = world.ledger.lock().unwrap();
    let mut clock = Clock::default();
    for told in &ledger.told {
        let entries = entered(told);
        let slots: BTreeSet<u32> = entries.iter().map(|entry| entry.slot).collect();
        for entry in &entries {
            let Some(view) = views.get_mut(&entry.slot) else {
                continue;
            };
            let name = clock.name(entry);
            view.add(format!("{name}: entry"), &entry.entry);
            view.add(format!("{name}: body"), &entry.body);
            view.number(format!("{name}: number"), entry.number as i64);
            clock.times(&name, (told, entry.slot), view);
            if slots.len() == 1 {
                transaction(&name, told, view);
            }
        }
        for log in &told.logs {
            if let Ok(Log { data: opened, .. }) = AllocationOpened::decode_log(log)
                && let Some(view) = views.get_mut(&opened.slot)
            {
                view.add("opening: seal", opened.seal.as_slice());
                view.number("opening: number", (opened.opening & 0xffff_ffff) as i64);
            }
        }
        clock.of_study = told.time_ms;
    }
}

fn entered(told: &Told) -> Vec<Entered> {
    let decoded = told.logs.iter().map(Entered::decode_log);
    decoded.flatten().map(|log| log.data).collect()
}

impl Clock {
    /// The entry's kind, and its place among the subject's of this kind.
    fn name(&mut self, entry: &Entered) -> String {
        let seen = self.seen.entry((entry.slot, entry.kind)).or_default();
        *seen += 1;
        format!("kind {} no. {seen}", entry.kind)
    }

    fn times(&mut self, name: &str, (told, slot): (&Told, u32), view: &mut View) {
        let before = self.of_subject.insert(slot, told.time_ms);
        let before = before.unwrap_or(self.of_study);
        let since = |before: u64| told.time_ms.saturating_sub(before) as i64;
        view.number(
            format!("{name}: since the subject's entry before"),
            since(before),
        );
        view.number(
            format!("{name}: since the study's entry before"),
            since(self.of_study),
        );
        view.number(format!("{name}: time"), told.time_ms as i64);
        view.number(format!("{name}: height"), told.height as i64);
    }
}

/// A transaction that is about one subject alone.
fn transaction(name: &str, told: &Told, view: &mut View) {
    view.add(format!("{name}: transaction"), &told.raw);
    view.number(format!("{name}: gas"), told.gas as i64);
    let zeros = told.raw.iter().filter(|byte| **byte == 0).count();
    view.number(format!("{name}: zero bytes"), zeros as i64);
    view.number(format!("{name}: events"), told.logs.len() as i64);
    view.number(format!("{name}: slots written"), told.writes.len() as i64);
    let mut values: Vec<_> = told.writes.iter().map(|(_, _, value)| *value).collect();
    values.sort_unstable();
    let values: Vec<u8> = values
        .iter()
        .flat_map(|value| value.to_be_bytes::<32>())
        .collect();
    view.add(format!("{name}: state"), &values);
}
