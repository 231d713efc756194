//! What must hold at any time.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use super::{act::Walk, model::Subject};
use crate::{
    addresses::TRIALS,
    interfaces::ITrials::{self, Entered},
    trials::{Record, Sums, sha256},
};

impl Walk {
    pub(super) fn audit(&mut self) {
        let entries = self.entries();
        let leaves: Vec<_> = entries
            .iter()
            .map(|event| sha256(&[&[0], &event.entry]))
            .collect();
        let study = self.world.study();
        assert_eq!(study.size, self.model.next());
        assert_eq!(study.root, root(&leaves), "the log");
        assert_eq!(study.subjects as usize, self.model.subjects.len());
        assert_eq!(study.queries as usize, self.model.queries.len());
        let entered = entries.iter().map(|event| (event.kind, event.slot));
        assert!(entered.eq(self.model.log.iter().copied()));
        for (number, event) in (0..).zip(&entries) {
            assert_eq!(event.number, number, "numbers have no gap");
            assert_eq!(event.entry[34..42], number.to_be_bytes());
            assert_eq!(event.entry[136..], sha256(&[&event.body])[..]);
        }
        self.audit_subjects(&entries, &leaves, &study);
        self.audit_milestones(&leaves);
        let locked = self.model.lock.is_some();
        assert_eq!(study.status == 3, locked);
        assert!(!locked || self.model.missing() == 0, "nothing is missing");
    }

    fn entries(&self) -> Vec<Entered> {
        let logs = self.world.host.logs().iter();
        logs.filter(|log| log.address == TRIALS)
            .filter_map(|log| Entered::decode_log(log).ok())
            .map(|log| log.data)
            .collect()
    }

    fn audit_subjects(&mut self, entries: &[Entered], leaves: &[B256], study: &ITrials::Study) {
        let mut records = Vec::new();
        let model = self.model.clone();
        for (slot, subject) in &model.subjects {
            let found = self.world.subject(*slot);
            let mut tip = B256::ZERO;
            for (event, leaf) in entries.iter().zip(leaves) {
                if event.slot == *slot {
                    tip = sha256(&[&[4], tip.as_slice(), leaf.as_slice()]);
                }
            }
            let record = record(*slot, subject, (model.pending(Some(*slot)), &model.visits));
            assert_eq!(found.tip, tip, "the chain of {slot}");
            assert_eq!(found.unscheduled, subject.unscheduled());
            let expected = Record { tip, ..record };
            assert_eq!(shown(&found), expected, "the record of {slot}");
            records.push(expected);
        }
        let (root, sums) = sums_root(&records);
        assert_eq!(study.sums, root, "the sums");
        let shown = self.world.sums();
        assert_eq!(
            (shown.subjects, shown.entries),
            (sums.subjects, sums.entries)
        );
        assert_eq!((shown.items, shown.nulls), (sums.items, sums.nulls));
        assert_eq!(shown.missing, model.missing());
        assert_eq!(shown.openQueries, u64::from(model.pending(None)));
        assert_eq!(shown.unsigned, model.unsigned());
    }

    fn audit_milestones(&mut self, leaves: &[B256]) {
        for kind in 1..=7 {
            let moment = self.world.milestone(kind);
            if moment.size != 0 {
                let before = &leaves[..moment.size as usize];
                assert_eq!(moment.root, root(before), "milestone {kind}");
            }
        }
    }
}

fn record(slot: u32, subject: &Subject, (pending, visits): (u32, &[u32])) -> Record {
    Record {
        slot,
        site: subject.site,
        status: subject.stands as u8 + 1,
        schedule: subject.schedule,
        entries: subject.entries,
        items: subject.items,
        nulls: subject.nulls,
        missing: subject.missing(visits),
        open_queries: pending,
        unsigned: subject.unsigned.into(),
        due: subject.due.iter().map(|visit| 1u64 << visit).sum(),
        consent: subject.consent,
        tip: B256::ZERO,
    }
}

fn shown(found: &ITrials::Subject) -> Record {
    Record {
        slot: found.slot,
        site: found.site,
        status: found.status,
        schedule: found.schedule,
        entries: found.entries,
        items: found.items,
        nulls: found.nulls,
        missing: found.missing,
        open_queries: found.openQueries,
        unsigned: found.unsigned,
        due: found.due,
        consent: found.consent,
        tip: found.tip,
    }
}

/// The root of RFC 9162, as its section 2.1 defines it.
fn root(leaves: &[B256]) -> B256 {
    match leaves {
        [] => sha256(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            sha256(&[&[1], root(left).as_slice(), root(right).as_slice()])
        }
    }
}

fn sums_root(records: &[Record]) -> (B256, Sums) {
    if records.is_empty() {
        return (sha256(&[&[2], &[0; 48]]), Sums::default());
    }
    let (node, sums) = sums_node(records);
    (sha256(&[&[2], &sums.encode(), node.as_slice()]), sums)
}

fn sums_node(records: &[Record]) -> (B256, Sums) {
    if let [record] = records {
        return (sha256(&[&[0], &record.encode()]), record.sums());
    }
    let (left, right) = records.split_at(split(records.len()));
    let ((left, left_sums), (right, right_sums)) = (sums_node(left), sums_node(right));
    let parts: [&[u8]; 5] = [
        &[1],
        left.as_slice(),
        &left_sums.encode(),
        right.as_slice(),
        &right_sums.encode(),
    ];
    (sha256(&parts), left_sums.plus(&right_sums))
}

/// The largest power of two below a count.
fn split(count: usize) -> usize {
    count.next_power_of_two() / 2
}
