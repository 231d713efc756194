//! What holds of openings whatever people do.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::{Walk, walks};
use crate::{
    addresses::SEALS,
    codes::{Basis, EntryKind, OpeningStatus},
    interfaces::{
        IAccess::LogEntry,
        ISeals::{Opening, openingByNumberCall, openingCountCall},
    },
    log::OpeningTerms,
    testing::{CHART, OTHER_CHART, Who},
};

/// All openings, as the controller of their chart sees them.
fn openings(walk: &mut Walk) -> Vec<Opening> {
    let count = walk.world.ok(Who::Stranger, SEALS, &openingCountCall {});
    (0..count)
        .map(|number| {
            let view = openingByNumberCall { number };
            let own = walk.world.call(Who::Patient, SEALS, &view);
            own.unwrap_or_else(|_| walk.world.ok(Who::OtherPatient, SEALS, &view))
        })
        .collect()
}

/// Whether nobody will answer it any more.
fn is_final(opening: &Opening, time_ms: u64) -> bool {
    opening.closed
        || opening.status == OpeningStatus::Denied.code()
        || time_ms >= opening.expiry * 1_000
}

#[test]
fn an_opening_that_was_denied_closed_or_expired_stays_so_and_nothing_else_of_it_changes() {
    let mut last: Vec<(Opening, bool)> = Vec::new();
    let mut bases = BTreeSet::new();
    walks(|walk, step| {
        if step == 0 {
            last.clear();
        }
        let found = openings(walk);
        let time_ms = walk.world.host.time_ms;
        for ((before, was_final), now) in last.iter().zip(&found) {
            assert!(!was_final || is_final(now, time_ms));
            let as_before = Opening {
                closed: before.closed,
                ..now.clone()
            };
            assert!(as_before == *before, "an opening was rewritten");
        }
        bases.extend(found.iter().map(|one| (one.basis, one.status)));
        last = found
            .into_iter()
            .map(|one| (one.clone(), is_final(&one, time_ms)))
            .collect();
    });
    for basis in [
        Basis::Grant,
        Basis::NativeRule,
        Basis::BreakGlass,
        Basis::Owner,
    ] {
        let admitted = (basis.code(), OpeningStatus::Admitted.code());
        assert!(bases.contains(&admitted), "the walks reach {basis}");
    }
    let denied = (Basis::NativeRule.code(), OpeningStatus::Denied.code());
    assert!(bases.contains(&denied), "the walks reach a denial");
}

#[test]
fn openings_are_dense_and_each_has_exactly_one_entry() {
    walks(|walk, step| {
        if step % 20 != 0 {
            return;
        }
        let mut entries: BTreeMap<u64, LogEntry> = BTreeMap::new();
        for chart in [CHART, OTHER_CHART] {
            for entry in walk.world.log_of(chart) {
                if let Some(number) = number_of(&entry) {
                    assert!(entries.insert(number, entry).is_none(), "told twice");
                }
            }
        }
        let found = openings(walk);
        assert_eq!(entries.len(), found.len());
        for (opening, number) in found.iter().zip(0..) {
            let entry = &entries[&number];
            assert_eq!((opening.number, opening.chart), (number, entry.chart));
            assert_eq!(opening.entry, entry.sequence);
            assert_eq!(opening.sealsRoot, entry.detail);
        }
    });
}

/// The number of the opening that an entry tells of.
fn number_of(entry: &LogEntry) -> Option<u64> {
    let kind = EntryKind::from_code(entry.kind).expect("a kind that exists");
    let of_opening = [
        EntryKind::SealedOpened,
        EntryKind::OpeningDenied,
        EntryKind::GlassBroken,
    ];
    of_opening.contains(&kind).then(|| {
        let terms = OpeningTerms::from_word(entry.subject);
        terms.expect("the terms of an opening").number
    })
}
