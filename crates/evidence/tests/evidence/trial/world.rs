//! A study with its certified state, and bundles of it.

use super::{
    chain::{self, HEIGHT},
    script::{PRIMARY, Story, Wrong, tell},
    study::{CHAIN, Study},
};
use alloy_primitives::{B256, U256};
use std::io;
use theriac_evidence::{
    bundle::{BlockEvidence, Network, Trusted},
    state::StateKey,
    trial::{
        PlainItem,
        bundle::{Facts, History, Selection, Values, make},
        state::{TRIALS, head_slots, milestone_slots, registered_slot},
        verify::{Failure, Report, verify},
    },
};

pub struct World {
    pub study: Study,
    pub culprit: Option<u64>,
    pub facts: Facts,
}

pub fn trusted() -> Trusted {
    Trusted {
        chain_id: CHAIN,
        group_key: chain::network().group_key(),
        known: None,
    }
}

pub fn judge(bytes: &[u8]) -> Result<Report, Failure> {
    verify(bytes, &trusted())
}

struct Store<'a>(&'a Study);

impl Values for Store<'_> {
    fn values(&mut self, entry: u64) -> io::Result<Option<(B256, Vec<PlainItem>)>> {
        Ok(self.0.values.get(&entry).cloned())
    }
}

impl World {
    pub fn honest(seed: u64) -> Self {
        Self::of(seed, Wrong::Nothing)
    }

    pub fn of(seed: u64, wrong: Wrong) -> Self {
        let Story { study, culprit, .. } = tell(seed, wrong);
        let facts = certified(&study, seed);
        Self {
            study,
            culprit,
            facts,
        }
    }

    pub fn bundle(&self, selection: &Selection<'_>) -> Vec<u8> {
        let study = &self.study;
        let mut store = Store(study);
        let beacons = study
            .old_beacons
            .iter()
            .map(|height| chain::base().beacon(*height));
        let entries = || -> Box<dyn Iterator<Item = io::Result<_>> + '_> {
            Box::new(study.entries.iter().cloned().map(Ok))
        };
        let mut history = History {
            facts: self.facts.clone(),
            entries: &entries,
            subjects: &study.subjects,
            values: &mut store,
            beacons: beacons.collect(),
            openings: study.openings.clone(),
            documents: study.documents.clone(),
            lists: study.lists.clone(),
            datasets: study.datasets.clone(),
            page: None,
        };
        make(&mut history, selection, Vec::new()).expect("a study of our own")
    }

    pub fn regulator(&self) -> Vec<u8> {
        self.bundle(&Selection::Regulator)
    }

    pub fn journal(&self) -> Vec<u8> {
        self.bundle(&Selection::Journal(&|oid| oid == PRIMARY))
    }
}

/// The state as the contract would have left it, final by a quorum.
pub fn certified(study: &Study, seed: u64) -> Facts {
    let head = study.head();
    let key = |slot| StateKey::slot(&TRIALS, slot);
    let mut words = Vec::new();
    words.extend(
        head_slots(study.id)
            .map(key)
            .into_iter()
            .zip(head.to_words()),
    );
    words.push((
        key(registered_slot(study.name.organisation)),
        U256::from(study.registered),
    ));
    for (milestone, number) in study.milestones.iter().zip(1..) {
        words.extend(
            milestone_slots(study.id, number)
                .map(key)
                .into_iter()
                .zip(milestone.to_words()),
        );
    }
    let (block, proofs): (BlockEvidence, Vec<Vec<u8>>) = chain::certify(&words, seed);
    assert!(study.height < HEIGHT);
    let milestones = study.milestones.iter().zip(proofs[4..].chunks_exact(2));
    Facts {
        network: Network {
            chain_id: CHAIN,
            group_key: chain::network().group_key(),
        },
        block,
        history: None,
        study: study.name,
        head: (head, proofs[..3].to_vec()),
        register: (study.registered, proofs[3].clone()),
        milestones: milestones
            .map(|(milestone, proofs)| (*milestone, proofs.to_vec()))
            .collect(),
    }
}
