//! A study while a call adds to it: everything is decided on the draft, then written at once.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256, Bytes, U256};

use super::{
    digest::charged,
    entry::Entry,
    forms::Place,
    log::{Frontier, leaf},
    state::{self, CELLS, HEADS, Head, MILESTONES, Milestone, SUBJECTS, Subject},
    sums,
    when::When,
};
use crate::{
    codes::{StudyMilestone, SubjectStatus, TrialEntry},
    host::{Halt, Host, Stop},
    interfaces::ITrials::Entered,
    refusals::Refusal,
};

/// Forms whose newest entries share a word of storage.
const CELLS_PER_WORD: u32 = 4;

/// What a call has made of a study so far.
pub(super) struct Draft {
    pub(super) study: B256,
    pub(super) head: Head,
    actor: Address,
    log: Frontier,
    subjects: BTreeMap<u32, Subject>,
    cells: BTreeMap<(u32, u32), U256>,
    entered: Vec<(Entry, Vec<u8>)>,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct About {
    /// The subject; 0 for none.
    pub(super) slot: u32,
    /// The site; 0 for none.
    pub(super) site: u16,
    /// When it was observed.
    pub(super) when: When,
}

impl About {
    /// The study as a whole.
    pub(super) fn study() -> Self {
        Self::default()
    }

    /// A subject at its site.
    pub(super) fn subject(slot: u32, site: u16) -> Self {
        Self {
            slot,
            site,
            ..Self::default()
        }
    }
}

impl Draft {
    /// The study as it stands, for one whom the rules have admitted.
    pub(super) fn begin(
        host: &mut dyn Host,
        (study, head): (B256, Head),
        actor: Address,
    ) -> Result<Self, Halt> {
        Ok(Self {
            study,
            log: Frontier::load(host, study, head.size)?,
            head,
            actor,
            subjects: BTreeMap::new(),
            cells: BTreeMap::new(),
            entered: Vec::new(),
        })
    }

    /// A subject as the call has left it so far.
    ///
    /// # Errors
    /// `SubjectUnknown`.
    pub(super) fn subject(&mut self, host: &mut dyn Host, slot: u32) -> Result<Subject, Stop> {
        if slot == 0 || slot > self.head.subjects {
            return Err(Refusal::SubjectUnknown.into());
        }
        if let Some(subject) = self.subjects.get(&slot) {
            return Ok(subject.clone());
        }
        let subject = load_subject(host, self.study, slot)?;
        self.subjects.insert(slot, subject.clone());
        Ok(subject)
    }

    /// Reads the subjects and newest entries of forms, judging nothing, and returns the subjects' sites.
    pub(super) fn preload(
        &mut self,
        host: &mut dyn Host,
        places: &[Place],
    ) -> Result<BTreeSet<u16>, Halt> {
        for place in places {
            if !self.subjects.contains_key(&place.slot) {
                let subject = load_subject(host, self.study, place.slot)?;
                self.subjects.insert(place.slot, subject);
            }
            self.newest(host, place.slot, place.cell)?;
        }
        Ok(self.subjects.values().map(|found| found.site).collect())
    }

    /// Puts a subject back, changed.
    pub(super) fn set_subject(&mut self, slot: u32, subject: Subject) {
        self.subjects.insert(slot, subject);
    }

    /// The newest entry of a form; 0 where there is none.
    pub(super) fn newest(
        &mut self,
        host: &mut dyn Host,
        slot: u32,
        cell: u32,
    ) -> Result<u64, Halt> {
        let (word, shift) = place(cell);
        let found = match self.cells.get(&(slot, word)) {
            Some(found) => *found,
            None => load_cells(host, (self.study, slot), word)?,
        };
        self.cells.insert((slot, word), found);
        Ok((found >> shift).wrapping_to())
    }

    /// Notes the entry that comes next as the newest of a form, which [`Self::newest`] was asked for.
    pub(super) fn fill(&mut self, slot: u32, cell: u32) {
        let (word, shift) = place(cell);
        let next = U256::from(self.next());
        let mask = U256::from(u64::MAX) << shift;
        if let Some(found) = self.cells.get_mut(&(slot, word)) {
            *found = (*found & !mask) | (next << shift);
        }
    }

    /// The number that the next entry has.
    pub(super) fn next(&self) -> u64 {
        self.head.size
    }

    /// Enters an event. What it changes of a subject was put back before.
    pub(super) fn enter(
        &mut self,
        host: &mut dyn Host,
        kind: TrialEntry,
        about: About,
        body: Vec<u8>,
    ) -> Result<(), Halt> {
        let body_hash = charged(host, &[&body])?;
        let entries = self.subjects.get(&about.slot).map(|found| found.entries);
        let entry = Entry {
            kind: kind.code(),
            study: self.study,
            number: self.next(),
            slot: about.slot,
            subject_number: entries.unwrap_or_default(),
            site: about.site,
            actor: self.actor,
            height: host.height(),
            time_ms: host.time_ms(),
            observed: about.when.observed,
            beacon_height: about.when.beacon_height,
            beacon_hash: about.when.beacon_hash,
            body: body_hash,
        };
        let leaf = leaf(host, &entry.encode())?;
        self.log.append(host, leaf)?;
        self.head.size += 1;
        if let Some(subject) = self.subjects.get_mut(&about.slot) {
            subject.entries += 1;
            subject.tip = charged(host, &[&[4], subject.tip.as_slice(), leaf.as_slice()])?;
        }
        self.entered.push((entry, body));
        Ok(())
    }

    /// Writes the study: each node, subject and form that changed once, and the event of each entry.
    pub(super) fn write(
        mut self,
        host: &mut dyn Host,
        milestones: &[StudyMilestone],
    ) -> Result<(), Halt> {
        self.head.root = self.log.root(host)?;
        let update = match self.subjects.is_empty() {
            true => None,
            false => Some(sums::update(
                host,
                (self.study, self.head.subjects),
                &self.subjects,
            )?),
        };
        if let Some(update) = &update {
            self.head.sums = update.root;
            update.save(host)?;
        }
        self.log.save(host)?;
        self.save_subjects(host)?;
        self.save_milestones(host, milestones)?;
        let state = &mut state::state(host);
        HEADS.at(state, self.study)?.save(state, &self.head)?;
        for (entry, body) in self.entered {
            state.emit(&Entered {
                study: entry.study,
                number: entry.number,
                slot: entry.slot,
                kind: entry.kind,
                entry: Bytes::copy_from_slice(&entry.encode()),
                body: body.into(),
            })?;
        }
        Ok(())
    }

    fn save_subjects(&self, host: &mut dyn Host) -> Result<(), Halt> {
        let state = &mut state::state(host);
        let subjects = SUBJECTS.at(state, self.study)?;
        for (slot, subject) in &self.subjects {
            subjects.at(state, *slot)?.save(state, subject)?;
        }
        let cells = CELLS.at(state, self.study)?;
        for ((slot, word), value) in &self.cells {
            cells
                .at(state, *slot)?
                .at(state, *word)?
                .save(state, value)?;
        }
        Ok(())
    }

    fn save_milestones(
        &self,
        host: &mut dyn Host,
        milestones: &[StudyMilestone],
    ) -> Result<(), Halt> {
        let milestone = Milestone {
            root: self.head.root,
            size: self.head.size,
            height: host.height(),
            time_ms: host.time_ms(),
        };
        let state = &mut state::state(host);
        for kind in milestones {
            MILESTONES
                .at(state, self.study)?
                .at(state, kind.code())?
                .save(state, &milestone)?;
        }
        Ok(())
    }
}

/// The word of a form's newest entry, and its place in it in bits.
fn place(cell: u32) -> (u32, usize) {
    let shift = 64 * (cell % CELLS_PER_WORD) as usize;
    (cell / CELLS_PER_WORD, shift)
}

fn load_cells(host: &mut dyn Host, (study, slot): (B256, u32), word: u32) -> Result<U256, Halt> {
    let state = &mut state::state(host);
    CELLS
        .at(state, study)?
        .at(state, slot)?
        .at(state, word)?
        .load(state)
}

fn load_subject(host: &mut dyn Host, study: B256, slot: u32) -> Result<Subject, Halt> {
    let state = &mut state::state(host);
    SUBJECTS.at(state, study)?.at(state, slot)?.load(state)
}

/// The newest entry of a form as state has it; 0 where there is none.
pub(super) fn newest(
    host: &mut dyn Host,
    (study, slot): (B256, u32),
    cell: u32,
) -> Result<u64, Halt> {
    let (word, shift) = place(cell);
    Ok((load_cells(host, (study, slot), word)? >> shift).wrapping_to())
}

/// Whether a milestone has come.
pub(super) fn has_come(
    host: &mut dyn Host,
    study: B256,
    milestone: StudyMilestone,
) -> Result<bool, Halt> {
    let state = &mut state::state(host);
    let place = MILESTONES.at(state, study)?.at(state, milestone.code())?;
    Ok(place.load(state)?.size != 0)
}

impl Subject {
    /// Where the subject stands.
    pub(super) fn status(&self) -> SubjectStatus {
        SubjectStatus::from_code(self.status).expect("only codes of the list are written")
    }
}
