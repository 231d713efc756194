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
        state::{MILESTONES, TRIALS, head_slots, milestone_slots, registered_slot},
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
        let story = tell(Study::new(seed), wrong);
        let facts = certified(&story.study, seed);
        Self::told(story, facts)
    }

    /// Studies in the state of one block, each of another sponsor, so that one certificate serves all.
    pub fn together(stories: &[(u64, Wrong)]) -> Vec<Self> {
        let tell = |((seed, wrong), sponsor): (&(u64, Wrong), u32)| {
            tell(Study::of(sponsor, *seed), *wrong)
        };
        let stories: Vec<Story> = stories.iter().zip(7..).map(tell).collect();
        let studies: Vec<&Study> = stories.iter().map(|story| &story.study).collect();
        let facts = certified_together(&studies, 0);
        let told = stories.into_iter().zip(facts);
        told.map(|(story, facts)| Self::told(story, facts))
            .collect()
    }

    fn told(story: Story, facts: Facts) -> Self {
        Self {
            study: story.study,
            culprit: story.culprit,
            facts,
        }
    }

    pub fn bundle(&self, selection: &Selection<'_>) -> Vec<u8> {
        self.bundle_with(selection, None)
    }

    pub fn bundle_with(&self, selection: &Selection<'_>, page: Option<Vec<u8>>) -> Vec<u8> {
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
            page,
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
    certified_together(&[study], seed)
        .pop()
        .expect("one study was given")
}

/// The words of a study: its head, the sponsor's register, its milestones.
const WORDS: usize = 4 + 2 * MILESTONES.len();

fn words(study: &Study) -> Vec<(StateKey, U256)> {
    let key = |slot| StateKey::slot(&TRIALS, slot);
    let heads = head_slots(study.id).map(key).into_iter();
    let mut words: Vec<_> = heads.zip(study.head().to_words()).collect();
    let registered = key(registered_slot(study.name.organisation));
    words.push((registered, U256::from(study.registered)));
    for (milestone, number) in study.milestones.iter().zip(1..) {
        let slots = milestone_slots(study.id, number).map(key).into_iter();
        words.extend(slots.zip(milestone.to_words()));
    }
    words
}

fn certified_together(studies: &[&Study], seed: u64) -> Vec<Facts> {
    assert!(studies.iter().all(|study| study.height < HEIGHT));
    let words: Vec<_> = studies.iter().flat_map(|study| words(study)).collect();
    let (block, proofs): (BlockEvidence, Vec<Vec<u8>>) = chain::certify(&words, seed);
    let of_study = studies.iter().zip(proofs.chunks_exact(WORDS));
    of_study
        .map(|(study, proofs)| {
            let milestones = study.milestones.iter().zip(proofs[4..].chunks_exact(2));
            Facts {
                network: Network {
                    chain_id: CHAIN,
                    group_key: chain::network().group_key(),
                },
                block: block.clone(),
                history: None,
                study: study.name,
                head: (study.head(), proofs[..3].to_vec()),
                register: (study.registered, proofs[3].clone()),
                milestones: milestones
                    .map(|(milestone, proofs)| (*milestone, proofs.to_vec()))
                    .collect(),
            }
        })
        .collect()
}
