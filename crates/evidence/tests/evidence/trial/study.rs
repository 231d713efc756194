//! A study as an honest contract would keep it, without its refusals: what is entered is counted, hashed and chained.

use super::{chain, dice::Dice};
use alloy_primitives::{Address, B256, keccak256};
use k256::ecdsa::SigningKey;
use std::collections::{BTreeMap, BTreeSet};
use theriac_evidence::{
    digest::sha256,
    trial::{
        Body, Entry, Outcome, PlainItem, Schedule, Subject, SumTree,
        body::Signed,
        bundle::{Dataset, ListSecret, NameOpening, Openings, StudyName},
        list::BaseEntry,
        log::Frontier,
        name_word, next_tip, signing_digest,
        state::{Head, Milestone},
        study_id,
    },
};

pub const CHAIN: u64 = 7_411;

/// What concerns an entry beside its body.
#[derive(Clone, Copy, Default)]
pub struct About {
    pub slot: u32,
    pub site: u16,
    pub actor: Address,
    pub observed_ms: u64,
    pub beacon: Option<u64>,
}

/// Everything about one study.
pub struct Study {
    pub dice: Dice,
    pub name: StudyName,
    pub id: B256,
    pub registered: u32,
    pub height: u64,
    pub entries: Vec<(Entry, Vec<u8>)>,
    pub values: BTreeMap<u64, (B256, Vec<PlainItem>)>,
    pub subjects: Vec<Subject>,
    pub filled: BTreeSet<(u32, u32)>,
    pub queries: BTreeMap<u32, (u32, bool)>,
    pub schedules: Vec<Vec<u8>>,
    pub milestones: [Milestone; 7],
    pub status: u8,
    pub counts: [u16; 3],
    pub lists: BTreeMap<u16, Vec<BaseEntry>>,
    pub openings: Openings,
    pub documents: Vec<Vec<u8>>,
    pub datasets: Vec<Dataset>,
    pub old_beacons: BTreeSet<u64>,
    log: Frontier,
}

impl Study {
    pub fn new(seed: u64) -> Self {
        Self::of(7, seed)
    }

    /// The study of this seed at a sponsor of this number: what differs is what follows from the number.
    pub fn of(organisation: u32, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let name = StudyName {
            organisation,
            number: 1 + dice.below(3) as u32,
        };
        let registered = name.number + dice.below(3) as u32;
        Self {
            dice,
            name,
            id: study_id(CHAIN, name.organisation, name.number),
            registered,
            height: 300,
            entries: Vec::new(),
            values: BTreeMap::new(),
            subjects: Vec::new(),
            filled: BTreeSet::new(),
            queries: BTreeMap::new(),
            schedules: Vec::new(),
            milestones: [Milestone::default(); 7],
            status: 1,
            counts: [0; 3],
            lists: BTreeMap::new(),
            openings: Openings::default(),
            documents: Vec::new(),
            datasets: Vec::new(),
            old_beacons: BTreeSet::new(),
            log: Frontier::new(),
        }
    }

    pub fn key(person: &str) -> SigningKey {
        SigningKey::from_slice(keccak256(person).as_slice()).expect("a scalar below the order")
    }

    pub fn account(person: &str) -> Address {
        let point = Self::key(person).verifying_key().to_encoded_point(false);
        Address::from_slice(&keccak256(&point.as_bytes()[1..])[12..])
    }

    pub fn next(&self) -> u64 {
        self.entries.len() as u64
    }

    pub fn root(&self) -> B256 {
        self.log.root()
    }

    pub fn subject(&mut self, slot: u32) -> &mut Subject {
        &mut self.subjects[slot as usize - 1]
    }

    pub fn sums_root(&self) -> B256 {
        let mut tree = SumTree::default();
        self.subjects
            .iter()
            .for_each(|subject| tree.append(subject).expect("small sums"));
        tree.root().expect("small sums")
    }

    pub fn head(&self) -> Head {
        Head {
            root: self.root(),
            sums: self.sums_root(),
            size: self.next(),
            subjects: self.subjects.len() as u32,
            status: self.status,
            sponsor: self.name.organisation,
            number: self.name.number,
            lists: self.counts[0],
            analyses: self.counts[1],
            plans: self.counts[2],
        }
    }

    /// Goes on by some blocks.
    pub fn wait(&mut self, blocks: u64) {
        self.height += blocks;
        assert!(
            self.height < chain::HEIGHT,
            "the study is over before its last block"
        );
    }

    /// Enters an event and does what it does to records, milestones and status.
    pub fn enter(&mut self, about: About, body: impl Into<Body>) -> u64 {
        let body = body.into();
        let number = self.next();
        if let (Body::Consented(consented), true) =
            (&body, about.slot as usize == self.subjects.len() + 1)
        {
            self.enrol(about, consented.version);
        }
        let bytes = body.encode();
        let beacon_height = about.beacon.unwrap_or(0);
        let before = self.subjects.get(about.slot.wrapping_sub(1) as usize);
        let entry = Entry {
            kind: body.kind(),
            study: self.id,
            number,
            slot: about.slot,
            subject_number: before.map_or(0, |subject| subject.entries),
            site: about.site,
            actor: about.actor,
            height: self.height,
            time_ms: chain::time_ms(self.height),
            observed_ms: about.observed_ms,
            beacon_height,
            beacon_hash: about
                .beacon
                .map_or(B256::ZERO, |height| chain::base().hash(height)),
            body: sha256(&[&bytes]),
        };
        if about
            .beacon
            .is_some_and(|beacon| self.height - beacon > 8_191)
        {
            self.old_beacons.insert(beacon_height);
        }
        self.note(&entry, &body);
        let leaf = entry.leaf();
        if let Some(subject) = self.subjects.get_mut(about.slot.wrapping_sub(1) as usize) {
            subject.entries += 1;
            subject.tip = next_tip(&subject.tip, &leaf);
        }
        self.log.append(leaf);
        self.entries.push((entry, bytes));
        self.pass_milestones(&body);
        number
    }

    /// Gives out the next slot.
    pub fn enrol(&mut self, about: About, version: u32) {
        let schedule = self.schedules.last().expect("the study has a schedule");
        let mut subject = Subject {
            slot: about.slot,
            site: about.site,
            status: 1,
            schedule_version: self.schedules.len() as u16,
            due_visits: (1 << schedule.len()) - 1,
            consent_version: version,
            ..Subject::default()
        };
        subject.missing = Schedule {
            root: B256::ZERO,
            cells: schedule.clone(),
        }
        .cell_count();
        self.subjects.push(subject);
    }

    /// Forms of due visits of a slot that are in no entry.
    pub fn missing(&self, slot: u32) -> Vec<u32> {
        let subject = &self.subjects[slot as usize - 1];
        let cells = self.schedules[usize::from(subject.schedule_version) - 1].clone();
        let schedule = Schedule {
            root: B256::ZERO,
            cells,
        };
        let due: Vec<u32> = schedule.due_cells(subject.due_visits).collect();
        due.into_iter()
            .filter(|cell| !self.filled.contains(&(slot, *cell)))
            .collect()
    }

    fn note(&mut self, entry: &Entry, body: &Body) {
        let slot = entry.slot;
        match body {
            Body::Registered(body) => self.schedules.push(body.schedule.cells.clone()),
            Body::Amended(body) if !body.schedule.is_unchanged() => {
                let before = self.schedules.last().expect("registered").clone();
                let new = body.schedule.cells[before.len()..].to_vec();
                self.schedules.push([before, new].concat());
            }
            Body::Consented(body) => self.subject(slot).consent_version = body.version,
            Body::Withdrawn(body) => {
                let subject = self.subject(slot);
                subject.due_visits &= body.due;
                subject.status = [3, 3, 4, 6, 5][usize::from(body.scope)];
                self.subject(slot).missing = self.missing(slot).len() as u32;
            }
            Body::Captured(body) => {
                self.filled.insert((slot, body.cell));
                let missing = self.missing(slot).len() as u32;
                let subject = self.subject(slot);
                subject.items += u64::from(body.items);
                subject.nulls += u64::from(body.nulls);
                subject.missing = missing;
            }
            Body::Missed(body) => {
                self.filled.insert((slot, body.cell));
                self.subject(slot).missing = self.missing(slot).len() as u32;
            }
            Body::Corrected(body) => self.subject(slot).items += u64::from(body.items),
            Body::Queried(body) => {
                let is_open = body.state <= 2;
                self.queries.insert(body.query, (slot, is_open));
                let open = self
                    .queries
                    .values()
                    .filter(|query| **query == (slot, true))
                    .count();
                self.subject(slot).open_queries = open as u32;
            }
            Body::Signed(body) if body.scope == 1 && body.meaning == 4 => {
                self.subject(slot).unsigned = 0
            }
            Body::Locked(_) => self.status = 3,
            Body::UnlockApproved(body) if body.unlocked => self.status = 2,
            Body::ListCommitted(_) => self.counts[0] += 1,
            Body::Allocated(_) => self.subject(slot).status = 2,
            Body::Plan(_) => self.counts[2] += 1,
            Body::Unblinded(_) => self.status = 4,
            Body::Analysed(_) => {
                self.counts[1] += 1;
                self.status = 5;
            }
            Body::Published(_) => self.status = 6,
            Body::Erased(_) => self.subject(slot).status = 7,
            _ => {}
        }
        if matches!(entry.kind, 6..=9) {
            self.subject(slot).unsigned = 1;
        }
        if matches!(body, Body::Consented(_)) && self.status == 1 {
            self.status = 2;
        }
    }

    fn pass_milestones(&mut self, body: &Body) {
        let (place, is_last) = match body {
            Body::Registered(_) => (0, false),
            Body::Consented(_) => (1, false),
            Body::Locked(_) => (2, true),
            Body::Unblinded(_) => (3, false),
            Body::Analysed(_) => (4, false),
            Body::UnlockApproved(body) if body.unlocked => (5, true),
            Body::Published(_) => (6, false),
            _ => return,
        };
        if self.milestones[place].is_reached() && !is_last {
            return;
        }
        self.milestones[place] = Milestone {
            root: self.root(),
            size: self.next(),
            height: self.height,
            time_ms: chain::time_ms(self.height),
        };
    }

    /// Signs what stands there, with both keys, and keeps the printed name.
    pub fn sign(&mut self, person: &str, about: About, (scope, meaning): (u8, u8)) -> u64 {
        let data_root = match scope {
            1 => self.subject(about.slot).tip,
            _ => self.root(),
        };
        let salt: [u8; 16] = self.dice.hash()[..16].try_into().expect("16 bytes");
        let about = About {
            actor: Self::account(person),
            ..about
        };
        let mut signed = Signed {
            scope,
            data_root,
            meaning,
            name: name_word(&salt, person),
            time: chain::time_ms(self.height) - 1,
            signature: Vec::new(),
            second: Vec::new(),
        };
        let entry = Entry {
            study: self.id,
            slot: about.slot,
            site: about.site,
            actor: about.actor,
            ..Entry::default()
        };
        let digest = signing_digest(CHAIN, &entry, &signed);
        signed.signature = signature(&Self::key(person), &digest);
        signed.second = signature(&Self::key(&format!("{person}, second key")), &digest);
        let number = self.enter(about, signed);
        self.openings.names.push(NameOpening {
            entry: number,
            salt: salt.into(),
            name: person.into(),
        });
        number
    }

    pub fn keep_secret(&mut self, list: u16, secret: B256) {
        self.openings.secrets.push(ListSecret { list, secret });
    }

    /// The outcomes of the newest entry that gave some.
    pub fn outcomes_now(&self) -> Vec<Outcome> {
        let bodies = self
            .entries
            .iter()
            .rev()
            .map(|(entry, body)| Body::decode(entry.kind, body).expect("our own"));
        bodies
            .filter_map(|body| match body {
                Body::Registered(body) => Some(body.outcomes),
                Body::Amended(body) => Some(body.outcomes),
                _ => None,
            })
            .find(|outcomes| !outcomes.is_empty())
            .expect("registered with outcomes")
    }
}

/// The entries of a study of one kind.
pub fn of_kind(study: &Study, kind: u8) -> Vec<u64> {
    let entries = study.entries.iter().filter(|(entry, _)| entry.kind == kind);
    entries.map(|(entry, _)| entry.number).collect()
}

fn signature(key: &SigningKey, digest: &B256) -> Vec<u8> {
    let (signature, recovery) = key
        .sign_prehash_recoverable(digest.as_slice())
        .expect("a digest of 32 bytes");
    let mut bytes = signature.to_bytes().to_vec();
    bytes.push(27 + recovery.to_byte());
    bytes
}
