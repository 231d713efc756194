//! Forms of one call: all that they need is read before one of them is judged, so that the machine loads it at once.

use std::collections::BTreeSet;

use alloy_primitives::{Address, B256};

use super::{
    draft::Draft,
    roles,
    schedule::Visits,
    state::{self, HEADS, Subject, Terms},
    when,
};
use crate::{
    host::{Host, Stop},
    refusals::Refusal,
};

/// Forms of one call.
const FORMS_MAX: usize = 256;

/// Where a form is, and the height of its beacon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) slot: u32,
    pub(super) cell: u32,
    pub(super) beacon: u64,
}

/// A study, and what the rules on its forms look at.
pub(super) struct Forms {
    pub(super) draft: Draft,
    pub(super) terms: Terms,
    pub(super) visits: Visits,
    caller: Address,
    admitted: BTreeSet<u16>,
}

impl Forms {
    /// Begins a call with forms at these places.
    ///
    /// # Errors
    /// In this order: `EntryCountOutOfRange`, `StudyUnknown`, `StudyLocked`.
    pub(super) fn begin(
        host: &mut dyn Host,
        caller: Address,
        (study, places): (B256, &[Place]),
    ) -> Result<Self, Stop> {
        if !(1..=FORMS_MAX).contains(&places.len()) {
            return Err(Refusal::EntryCountOutOfRange.into());
        }
        let head = {
            let state = &mut state::state(host);
            HEADS.at(state, study)?.load(state)?
        };
        let terms = state::terms(host, study)?;
        let visits = Visits::load(host, study, terms.visits)?;
        let mut draft = Draft::begin(host, (study, head), caller)?;
        let sites = draft.preload(host, places)?;
        roles::touch(host, caller, (study, &sites))?;
        for place in places {
            when::block_hash(host, place.beacon)?;
        }
        if draft.head.size == 0 {
            return Err(Refusal::StudyUnknown.into());
        }
        draft.head.check_unlocked()?;
        Ok(Self {
            draft,
            terms,
            visits,
            caller,
            admitted: BTreeSet::new(),
        })
    }

    /// The subject of a form, for one who enters data at its site.
    ///
    /// # Errors
    /// `SubjectUnknown`, of [`roles::check`].
    pub(super) fn subject(&mut self, host: &mut dyn Host, slot: u32) -> Result<Subject, Stop> {
        let subject = self.draft.subject(host, slot)?;
        if self.admitted.insert(subject.site) {
            let place = (self.draft.study, subject.site);
            roles::check(host, self.caller, place, roles::ENTERING)?;
        }
        Ok(subject)
    }

    /// Refuses a form that the schedule has not, or whose visit is not due for the subject.
    ///
    /// # Errors
    /// `CellUnknown`, `CellNotDue`.
    pub(super) fn check_due(&self, subject: &Subject, cell: u32) -> Result<(), Refusal> {
        let visit = self.visits.visit_of(cell).ok_or(Refusal::CellUnknown)?;
        match subject.due >> visit & 1 == 1 {
            true => Ok(()),
            false => Err(Refusal::CellNotDue),
        }
    }
}
