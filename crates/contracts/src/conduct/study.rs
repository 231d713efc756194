//! What each act does to the model: decided by the words of docs/protocol/trials.md, in the order of the documented refusals.

use super::model::{Model, Query, Stands, Subject, UNSCHEDULED};
use crate::Refusal;

impl Model {
    pub(super) fn consent(&mut self, site: u16, slot: u32, version: u32) -> Result<(), Refusal> {
        self.unlocked()?;
        if version == 0 || version > self.version {
            return Err(Refusal::ConsentVersionUnknown);
        }
        if version < self.renewed {
            return Err(Refusal::ConsentOutdated);
        }
        let count = self.subjects.len() as u32;
        if slot == 0 || slot > count {
            if slot != count + 1 {
                return Err(Refusal::NumberNotNext);
            }
            let subject = self.newcomer(site, version);
            self.subjects.insert(slot, subject);
        } else {
            self.consent_again(site, slot, version)?;
        }
        self.enter(5, slot);
        Ok(())
    }

    fn newcomer(&self, site: u16, version: u32) -> Subject {
        Subject {
            site,
            stands: Stands::Consented,
            consent: version,
            schedule: self.lengths.len() as u16,
            due: (0..self.visits.len() as u32).collect(),
            forms: Default::default(),
            entries: 0,
            items: 0,
            nulls: 0,
            unsigned: false,
            allocated: false,
        }
    }

    fn consent_again(&mut self, site: u16, slot: u32, version: u32) -> Result<(), Refusal> {
        let (lengths, visits) = (self.lengths.clone(), self.visits.len() as u32);
        let subject = self.subjects.get_mut(&slot).expect("it is one of them");
        if subject.site != site {
            return Err(Refusal::SiteOfSubjectDiffers);
        }
        if !matches!(subject.stands, Stands::Consented | Stands::Randomised) {
            return Err(Refusal::SubjectEnded);
        }
        if version <= subject.consent {
            return Err(Refusal::ConsentRepeated);
        }
        let known = lengths[usize::from(subject.schedule) - 1];
        subject.due.extend(known..visits);
        subject.consent = version;
        subject.schedule = lengths.len() as u16;
        Ok(())
    }

    pub(super) fn capture(&mut self, site: u16, forms: &[(u32, u32)]) -> Result<(), Refusal> {
        self.unlocked()?;
        let mut after = self.clone();
        for (slot, cell) in forms {
            after.capture_one(site, *slot, *cell)?;
        }
        *self = after;
        Ok(())
    }

    fn capture_one(&mut self, site: u16, slot: u32, cell: u32) -> Result<(), Refusal> {
        let (renewed, visit, next) = (self.renewed, self.visit_of(cell), self.next());
        let subject = self.at_site(slot, site)?;
        use Stands::{Erased, ScreenFailure, WithdrawnFully};
        if matches!(subject.stands, Erased | ScreenFailure | WithdrawnFully) {
            return Err(Refusal::SubjectEnded);
        }
        if subject.consent < renewed {
            return Err(Refusal::ConsentOutdated);
        }
        if cell >= UNSCHEDULED {
            if cell != UNSCHEDULED + subject.unscheduled() {
                return Err(Refusal::CellNotNext);
            }
        } else if !subject.due.contains(&visit.ok_or(Refusal::CellUnknown)?) {
            return Err(Refusal::CellNotDue);
        }
        if subject.forms.contains_key(&cell) {
            return Err(Refusal::CellCaptured);
        }
        subject.forms.insert(cell, next);
        subject.items += 10;
        subject.nulls += 1;
        subject.unsigned = true;
        self.enter(7, slot);
        Ok(())
    }

    pub(super) fn miss(&mut self, site: u16, slot: u32, cell: u32) -> Result<(), Refusal> {
        self.unlocked()?;
        let (visit, next) = (self.visit_of(cell), self.next());
        let subject = self.at_site(slot, site)?;
        if subject.stands == Stands::Erased {
            return Err(Refusal::SubjectErased);
        }
        if !subject.due.contains(&visit.ok_or(Refusal::CellUnknown)?) {
            return Err(Refusal::CellNotDue);
        }
        if subject.forms.contains_key(&cell) {
            return Err(Refusal::CellCaptured);
        }
        subject.forms.insert(cell, next);
        subject.unsigned = true;
        self.enter(8, slot);
        Ok(())
    }

    pub(super) fn correct(
        &mut self,
        site: u16,
        (slot, cell): (u32, u32),
        entry: u64,
    ) -> Result<(), Refusal> {
        self.unlocked()?;
        let next = self.next();
        let subject = self.at_site(slot, site)?;
        if subject.stands == Stands::Erased {
            return Err(Refusal::SubjectErased);
        }
        let newest = subject.forms.get_mut(&cell).ok_or(Refusal::CellEmpty)?;
        if *newest != entry {
            return Err(Refusal::EntryNotNewest);
        }
        *newest = next;
        subject.items += 2;
        subject.unsigned = true;
        self.enter(9, slot);
        Ok(())
    }

    pub(super) fn withdraw(
        &mut self,
        site: u16,
        (slot, scope): (u32, u8),
        due: u64,
    ) -> Result<(), Refusal> {
        let (locked, visits) = (self.unlocked(), self.visits.clone());
        let subject = self.at_site(slot, site)?;
        locked?;
        use Stands::{Completed, Consented, Randomised, ScreenFailure, Withdrawn, WithdrawnFully};
        let admitted = match subject.stands {
            Consented | Randomised => true,
            Withdrawn => scope == 2 || scope == 4,
            Completed => scope == 2,
            _ => false,
        };
        if !admitted {
            return Err(Refusal::SubjectEnded);
        }
        let mut after = subject.clone();
        after.due = (0..64).filter(|visit| due >> visit & 1 == 1).collect();
        if !after.due.is_subset(&subject.due) {
            return Err(Refusal::VisitsNotDue);
        }
        if scope == 4 && after.missing(&visits) != 0 {
            return Err(Refusal::FormsMissing);
        }
        after.stands =
            [Withdrawn, WithdrawnFully, ScreenFailure, Completed][usize::from(scope) - 1];
        after.unsigned = true;
        *subject = after;
        self.enter(6, slot);
        Ok(())
    }

    /// `by_site`: whether someone of the subject's site asks, rather than a monitor.
    pub(super) fn query(
        &mut self,
        by_site: bool,
        (slot, number): (u32, u32),
        state: u8,
    ) -> Result<(), Refusal> {
        if !self.subjects.contains_key(&slot) {
            return Err(Refusal::SubjectUnknown);
        }
        if by_site != (state == 2) {
            return Err(Refusal::TrialRoleMissing);
        }
        self.unlocked()?;
        let count = self.queries.len() as u32;
        if number == 0 || number > count {
            if number != count + 1 {
                return Err(Refusal::NumberNotNext);
            }
            if state != 1 {
                return Err(Refusal::QueryNotThere);
            }
        } else {
            let query = &self.queries[&number];
            if query.slot != slot {
                return Err(Refusal::QueryDiffers);
            }
            if !matches!((query.state, state), (1, 2..=4) | (2, 1 | 3)) {
                return Err(Refusal::QueryNotThere);
            }
        }
        self.queries.insert(number, Query { slot, state });
        self.enter(10, slot);
        Ok(())
    }

    /// `fresh`: whether the data are shown as they stand.
    pub(super) fn sign(&mut self, site: u16, slot: u32, fresh: bool) -> Result<(), Refusal> {
        let subject = self.at_site(slot, site);
        let subject = subject.map_err(|refusal| match refusal {
            Refusal::TrialRoleMissing => Refusal::ScopeDiffers,
            other => other,
        })?;
        if !fresh {
            return Err(Refusal::DataChanged);
        }
        subject.unsigned = false;
        self.enter(11, slot);
        Ok(())
    }

    pub(super) fn lock(&mut self) -> Result<(), Refusal> {
        self.unlocked()?;
        if self.missing() != 0 {
            return Err(Refusal::DataMissing);
        }
        if self.pending(None) != 0 {
            return Err(Refusal::QueriesOpen);
        }
        if self.unsigned() != 0 {
            return Err(Refusal::SignaturesMissing);
        }
        let entry = self.enter(12, 0);
        self.lock = Some((entry, Default::default()));
        Ok(())
    }

    pub(super) fn approve_unlock(&mut self, approver: u8, entry: u64) -> Result<(), Refusal> {
        let Some((lock, approvals)) = &mut self.lock else {
            return Err(Refusal::NotLocked);
        };
        if *lock != entry {
            return Err(Refusal::LockDiffers);
        }
        if !approvals.insert(approver) {
            return Err(Refusal::UnlockApprovedAlready);
        }
        if approvals.len() >= 2 {
            self.lock = None;
        }
        self.enter(13, 0);
        Ok(())
    }

    pub(super) fn allocate(&mut self, site: u16, slot: u32) -> Result<(), Refusal> {
        let (locked, renewed, left) = (self.unlocked(), self.renewed, self.places_left);
        let subject = self.at_site(slot, site)?;
        locked?;
        if !matches!(subject.stands, Stands::Consented | Stands::Randomised) {
            return Err(Refusal::SubjectEnded);
        }
        if subject.consent < renewed {
            return Err(Refusal::ConsentOutdated);
        }
        if subject.allocated {
            return Err(Refusal::AllocatedAlready);
        }
        if left == 0 {
            return Err(Refusal::ListExhausted);
        }
        subject.allocated = true;
        subject.stands = Stands::Randomised;
        self.places_left -= 1;
        self.enter(17, slot);
        Ok(())
    }

    pub(super) fn erase(&mut self, slot: u32, early: bool) -> Result<(), Refusal> {
        let subject = self.subjects.get_mut(&slot);
        let subject = subject.ok_or(Refusal::SubjectUnknown)?;
        if !early {
            return Err(Refusal::RetentionNotOver);
        }
        if subject.stands == Stands::Erased {
            return Err(Refusal::SubjectErased);
        }
        subject.stands = Stands::Erased;
        subject.due.clear();
        subject.unsigned = false;
        self.enter(23, slot);
        Ok(())
    }

    /// Appends a visit of these forms, or none with 0.
    pub(super) fn amend(&mut self, version: u32, forms: u32, renew: bool) -> Result<(), Refusal> {
        if version != self.version + 1 {
            return Err(Refusal::NumberNotNext);
        }
        self.version = version;
        if renew {
            self.renewed = version;
        }
        if forms != 0 {
            self.visits.push(forms);
            self.lengths.push(self.visits.len() as u32);
        }
        self.enter(2, 0);
        Ok(())
    }
}
