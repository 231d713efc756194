//! The sum tree over subjects: nodes over a power of two of them are kept, the rest follows from these.

use std::collections::BTreeMap;

use alloy_primitives::B256;

use super::{
    digest::charged,
    record::{Record, Sums},
    state::{self, NODES, Node, SUBJECTS, Subject, TOTALS},
};
use crate::host::{Halt, Host};

/// A hash and what stands below it.
type Summed = (B256, Sums);

/// What an update of the tree comes to.
pub(super) struct Update {
    study: B256,
    nodes: BTreeMap<(u8, u32), Summed>,
    /// The new root.
    pub(super) root: B256,
    totals: Sums,
}

/// The tree of a study with `count` subjects after these changed, each distinct node once.
pub(super) fn update(
    host: &mut dyn Host,
    (study, count): (B256, u32),
    changed: &BTreeMap<u32, Subject>,
) -> Result<Update, Halt> {
    let mut tree = Tree {
        study,
        changed,
        nodes: BTreeMap::new(),
    };
    tree.rise(host, count)?;
    let (root, totals) = tree.root(host, count)?;
    Ok(Update {
        study,
        nodes: tree.nodes,
        root,
        totals,
    })
}

/// The root over no subject.
pub(super) fn empty(host: &mut dyn Host) -> Result<B256, Halt> {
    charged(host, &[&[2], &Sums::default().encode()])
}

struct Tree<'a> {
    study: B256,
    changed: &'a BTreeMap<u32, Subject>,
    nodes: BTreeMap<(u8, u32), Summed>,
}

impl Tree<'_> {
    /// Computes every whole node above a change, level by level.
    fn rise(&mut self, host: &mut dyn Host, count: u32) -> Result<(), Halt> {
        let mut below: Vec<u32> = self.changed.keys().map(|slot| slot - 1).collect();
        for index in &below {
            let leaf = self.leaf(host, *index)?;
            self.nodes.insert((0, *index), leaf);
        }
        let mut level = 0u8;
        while !below.is_empty() {
            let mut above: Vec<u32> = below.iter().map(|index| index / 2).collect();
            above.dedup();
            above.retain(|index| u64::from(index + 1) << (level + 1) <= u64::from(count));
            for index in &above {
                let left = self.node(host, level, index * 2)?;
                let right = self.node(host, level, index * 2 + 1)?;
                let node = join(host, &left, &right)?;
                self.nodes.insert((level + 1, *index), node);
            }
            (below, level) = (above, level + 1);
        }
        Ok(())
    }

    /// The root over all whole nodes, joined from the right.
    fn root(&self, host: &mut dyn Host, count: u32) -> Result<Summed, Halt> {
        let mut whole: Option<Summed> = None;
        for level in (0u8..32).filter(|level| count >> level & 1 == 1) {
            let index = (count >> level) - 1;
            let peak = self.node(host, level, index)?;
            whole = Some(match whole {
                Some(right) => join(host, &peak, &right)?,
                None => peak,
            });
        }
        let (node, sums) = whole.expect("a subject changed");
        let root = charged(host, &[&[2], &sums.encode(), node.as_slice()])?;
        Ok((root, sums))
    }

    fn node(&self, host: &mut dyn Host, level: u8, index: u32) -> Result<Summed, Halt> {
        if let Some(node) = self.nodes.get(&(level, index)) {
            return Ok(*node);
        }
        if level == 0 {
            return self.leaf(host, index);
        }
        let state = &mut state::state(host);
        let place = NODES.at(state, self.study)?;
        let node = place.at(state, key(level, index))?.load(state)?;
        Ok((node.hash, Sums::unpack(node.sums)))
    }

    fn leaf(&self, host: &mut dyn Host, index: u32) -> Result<Summed, Halt> {
        let slot = index + 1;
        let record = match self.changed.get(&slot) {
            Some(subject) => subject.record(slot),
            None => {
                let state = &mut state::state(host);
                let place = SUBJECTS.at(state, self.study)?.at(state, slot)?;
                place.load(state)?.record(slot)
            }
        };
        let hash = charged(host, &[&[0], &record.encode()])?;
        Ok((hash, record.sums()))
    }
}

fn join(host: &mut dyn Host, left: &Summed, right: &Summed) -> Result<Summed, Halt> {
    let hash = charged(
        host,
        &[
            &[1],
            left.0.as_slice(),
            &left.1.encode(),
            right.0.as_slice(),
            &right.1.encode(),
        ],
    )?;
    Ok((hash, left.1.plus(&right.1)))
}

fn key(level: u8, index: u32) -> u64 {
    u64::from(level) << 32 | u64::from(index)
}

impl Update {
    /// Writes the nodes and the sums of all.
    pub(super) fn save(&self, host: &mut dyn Host) -> Result<(), Halt> {
        let state = &mut state::state(host);
        let place = NODES.at(state, self.study)?;
        for ((level, index), (hash, sums)) in self.nodes.iter().filter(|((level, _), _)| *level > 0)
        {
            let node = Node {
                hash: *hash,
                sums: sums.pack(),
            };
            place.at(state, key(*level, *index))?.save(state, &node)?;
        }
        TOTALS
            .at(state, self.study)?
            .save(state, &self.totals.pack())
    }
}

impl Subject {
    /// What is hashed of it.
    pub(super) fn record(&self, slot: u32) -> Record {
        Record {
            slot,
            site: self.site,
            status: self.status,
            schedule: self.schedule,
            entries: self.entries,
            items: self.items,
            nulls: self.nulls,
            missing: self.missing,
            open_queries: self.open_queries,
            unsigned: self.unsigned,
            due: self.due,
            consent: self.consent,
            tip: self.tip,
        }
    }
}
