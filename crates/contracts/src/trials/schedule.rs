//! Visits and their forms.

use alloy_primitives::{B256, U256};

use super::{
    draft::Draft,
    state::{self, FORMS, SCHEDULES, Schedule, Terms},
};
use crate::{
    host::{Halt, Host, Stop},
    interfaces::ITrials,
    refusals::Refusal,
};

/// Most visits.
const VISITS_MAX: usize = 64;
/// Most forms of all visits.
const CELLS_MAX: u32 = 1_024;
/// Visits whose numbers of forms share a word of storage.
const VISITS_PER_WORD: usize = 32;
/// The first number of a form outside the schedule.
pub(super) const UNSCHEDULED: u32 = 1 << 31;

/// The forms of each visit, those of retired ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Visits(Vec<u8>);

/// What a schedule that was given comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Planned {
    pub(super) visits: Visits,
    pub(super) retired: u64,
}

impl Planned {
    /// The first schedule of a study.
    ///
    /// # Errors
    /// `ScheduleMalformed`.
    pub(super) fn first(cells: &[u8]) -> Result<Self, Refusal> {
        let planned = Self {
            visits: Visits(cells.to_vec()),
            retired: 0,
        };
        planned.check()?;
        Ok(planned)
    }

    /// A later one: for each visit before the same number of forms, or 0 to retire it, then the visits that come new.
    ///
    /// # Errors
    /// `ScheduleDiffers`, `ScheduleMalformed`.
    pub(super) fn later(before: &Visits, retired: u64, cells: &[u8]) -> Result<Self, Refusal> {
        let mut planned = Self {
            visits: before.clone(),
            retired: 0,
        };
        let Some((repeated, new)) = cells.split_at_checked(before.0.len()) else {
            return Err(Refusal::ScheduleDiffers);
        };
        for ((visit, given), stood) in repeated.iter().enumerate().zip(&before.0) {
            let was_retired = retired >> visit & 1 == 1;
            match *given {
                0 => planned.retired |= 1 << visit,
                given if given == *stood && !was_retired => {}
                _ => return Err(Refusal::ScheduleDiffers),
            }
        }
        planned.visits.0.extend_from_slice(new);
        planned.check()?;
        Ok(planned)
    }

    fn check(&self) -> Result<(), Refusal> {
        let visits = &self.visits;
        let whole = (1..=VISITS_MAX).contains(&visits.0.len());
        if !whole || visits.0.contains(&0) || visits.cells() > CELLS_MAX {
            return Err(Refusal::ScheduleMalformed);
        }
        Ok(())
    }
}

impl Visits {
    /// The visits of a study.
    pub(super) fn load(host: &mut dyn Host, study: B256, count: u8) -> Result<Self, Halt> {
        let state = &mut state::state(host);
        let place = FORMS.at(state, study)?;
        let mut forms = Vec::new();
        for word in 0..usize::from(count).div_ceil(VISITS_PER_WORD) {
            let bytes = place.at(state, word as u8)?.load(state)?;
            forms.extend_from_slice(&bytes.to_le_bytes::<32>());
        }
        forms.truncate(count.into());
        Ok(Self(forms))
    }

    fn save(&self, host: &mut dyn Host, study: B256) -> Result<(), Halt> {
        let state = &mut state::state(host);
        let place = FORMS.at(state, study)?;
        for (word, forms) in (0u8..).zip(self.0.chunks(VISITS_PER_WORD)) {
            let value = U256::from_le_slice(forms);
            place.at(state, word)?.save(state, &value)?;
        }
        Ok(())
    }

    /// Forms of all visits.
    pub(super) fn cells(&self) -> u32 {
        self.0.iter().map(|forms| u32::from(*forms)).sum()
    }

    /// Forms of the visits of a mask.
    pub(super) fn forms_of(&self, visits: u64) -> u32 {
        self.of(visits).map(|(_, forms)| forms.len() as u32).sum()
    }

    /// The visit of a form.
    pub(super) fn visit_of(&self, cell: u32) -> Option<usize> {
        let mut all = self.of(u64::MAX);
        all.find(|(_, cells)| cells.contains(&cell))
            .map(|(visit, _)| visit)
    }

    /// How many forms of these visits of a subject are neither captured nor declared missed.
    pub(super) fn empty_of(
        &self,
        host: &mut dyn Host,
        (draft, slot): (&mut Draft, u32),
        visits: u64,
    ) -> Result<u32, Halt> {
        let mut empty = 0;
        for cell in self.of(visits).flat_map(|(_, cells)| cells) {
            empty += u32::from(draft.newest(host, slot, cell)? == 0);
        }
        Ok(empty)
    }

    /// The visits of a mask, each with its cells.
    fn of(&self, visits: u64) -> impl Iterator<Item = (usize, std::ops::Range<u32>)> + '_ {
        let cells = self.0.iter().scan(0, |next, forms| {
            let first = *next;
            *next += u32::from(*forms);
            Some(first..*next)
        });
        let all = cells.enumerate();
        all.filter(move |(visit, _)| visits >> visit & 1 == 1)
    }
}

/// The visits that are due under the newest schedule.
pub(super) fn due_now(host: &mut dyn Host, study: B256, terms: &Terms) -> Result<u64, Halt> {
    let schedule = load(host, study, terms.schedule)?;
    Ok(mask(schedule.visits.into()) & !schedule.retired)
}

/// Visits that the newest schedule has and one of this version had not.
pub(super) fn appended_since(
    host: &mut dyn Host,
    (study, terms): (B256, &Terms),
    version: u16,
) -> Result<u64, Halt> {
    let before = load(host, study, version)?;
    Ok(due_now(host, study, terms)? & !mask(before.visits.into()))
}

/// A version of the schedule.
pub(super) fn load(host: &mut dyn Host, study: B256, version: u16) -> Result<Schedule, Halt> {
    let state = &mut state::state(host);
    SCHEDULES.at(state, study)?.at(state, version)?.load(state)
}

/// Writes a schedule as the next version, and notes it in the terms.
pub(super) fn save(
    host: &mut dyn Host,
    (study, terms): (B256, &mut Terms),
    (root, planned): (B256, &Planned),
) -> Result<(), Halt> {
    terms.schedule += 1;
    terms.visits = planned.visits.0.len() as u8;
    terms.cells = planned.visits.cells() as u16;
    let schedule = Schedule {
        root,
        visits: terms.visits,
        retired: planned.retired,
    };
    planned.visits.save(host, study)?;
    let state = &mut state::state(host);
    SCHEDULES
        .at(state, study)?
        .at(state, terms.schedule)?
        .save(state, &schedule)
}

fn mask(visits: usize) -> u64 {
    match visits {
        0..VISITS_MAX => (1 << visits) - 1,
        _ => u64::MAX,
    }
}

/// Refuses a schedule without a document.
///
/// # Errors
/// `CommitmentMissing`.
pub(super) fn check_root(schedule: &ITrials::Schedule) -> Result<(), Stop> {
    match schedule.root.is_zero() {
        true => Err(Refusal::CommitmentMissing.into()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests;
