//! What each kind of entry means for the claims.

use super::{
    super::{ClaimId, judge::Judge},
    FormRef, ListState, Replay, SignatureRef, place_of,
};
use crate::trial::{
    Body, Entry,
    body::{
        Allocated, Amended, Analysed, Consented, Corrected, ListCommitted, ListDrawn, Locked,
        Opened, Registered, Signed, UnlockApproved, Withdrawn,
    },
    recover, signing_digest,
};
use alloy_primitives::Address;

/// Scopes of a withdrawal that end all capture: of consent, and by a failed screening.
const ENDING: [u8; 2] = [2, 3];
/// The meaning of a signature that a lock asks for.
const RESPONSIBILITY: u8 = 4;
/// Bytes of a signature by a key; a contract wallet's may have others.
const KEY_SIGNATURE: usize = 65;
/// Fewest blocks between a list and its seed.
const LEAST_DELAY: u32 = 8;

impl Replay {
    pub(super) fn apply(&mut self, entry: &Entry, body: &Body, judge: &mut Judge) {
        self.check_state(entry, judge);
        match body {
            Body::Registered(body) => self.register(entry, body, judge),
            Body::Amended(body) => self.amend(entry, body, judge),
            Body::Site(_) | Body::Role(_) | Body::ListSealed(_) | Body::Screened(_) => {}
            Body::Consented(body) => self.consent(entry, body, judge),
            Body::Withdrawn(body) => self.withdraw(entry, body),
            Body::Captured(body) => {
                self.fill(entry, body.cell, judge);
                let form = FormRef {
                    slot: entry.slot,
                    cell: body.cell,
                    entry: entry.number,
                    root: body.root,
                    items: body.items,
                    nulls: Some(body.nulls),
                    reason_code: 0,
                };
                self.take_form(form, judge);
            }
            Body::Missed(body) => self.fill(entry, body.cell, judge),
            Body::Corrected(body) => self.correct(entry, body, judge),
            Body::Queried(_) => {}
            Body::Signed(body) => self.sign(entry, body, judge),
            Body::Locked(body) => self.lock(entry, body, judge),
            Body::UnlockApproved(body) => self.unlock(entry, body, judge),
            Body::ListCommitted(body) => self.commit_list(entry, body, judge),
            Body::ListDrawn(body) => self.draw_list(entry, body, judge),
            Body::Allocated(body) => self.allocate(entry, body, judge),
            Body::Opened(body) => self.open(entry, body, judge),
            Body::Plan(body) => {
                self.plans = self.plans.max(body.number);
            }
            Body::Unblinded(body) => {
                if self.is_complete && !self.is_locked {
                    judge.fail(
                        ClaimId::C11,
                        "unblinded-before-lock",
                        place_of(entry),
                        "the study was unblinded without a lock",
                    );
                }
                if self.is_complete && (body.plan == 0 || body.plan > self.plans) {
                    judge.fail(
                        ClaimId::C11,
                        "unblinded-without-plan",
                        place_of(entry),
                        "the study was unblinded without a registered plan",
                    );
                }
                self.unblinded.get_or_insert((entry.number, body.clone()));
            }
            Body::Analysed(body) => self.analyse(entry, body, judge),
            Body::Published(body) => self.published.push((entry.number, body.outcomes.clone())),
            Body::Erased(_) => {
                self.erased.insert(entry.slot);
                // What is erased waits for no signature.
                let slot = self.slots.entry(entry.slot).or_default();
                slot.is_unsigned = false;
            }
        }
        if matches!(entry.kind, 6..=9) {
            self.outdate(entry, judge);
        }
    }

    /// C8 and C13: what must hold before any entry that changes data.
    fn check_state(&mut self, entry: &Entry, judge: &mut Judge) {
        if entry.slot != 0 {
            self.since_lock += 1;
        }
        if !matches!(entry.kind, 5..=9) {
            return;
        }
        if self.first_lock.is_some() {
            judge.figures.changes_after_lock += 1;
        }
        if self.is_locked {
            judge.fail(
                ClaimId::C13,
                "changed-while-locked",
                place_of(entry),
                "data changed while the study was locked",
            );
        }
        if self.unblinded.is_some() {
            judge.figures.changes_after_unblinding += 1;
            judge.fail(
                ClaimId::C13,
                "changed-after-unblinding",
                place_of(entry),
                "data changed after the study was unblinded",
            );
        }
        if !matches!(entry.kind, 6..=9) {
            return;
        }
        let needed = self.consent_needed;
        let slot = self.slots.entry(entry.slot).or_default();
        match slot.consent {
            None => judge.fail(
                ClaimId::C8,
                "data-before-consent",
                place_of(entry),
                "the subject had not consented",
            ),
            Some(version) if version < needed && entry.kind == 7 => {
                let text = format!(
                    "the subject consented to version {version}, but version {needed} asks for consent anew"
                );
                judge.fail(ClaimId::C8, "consent-outdated", place_of(entry), text);
            }
            Some(_) if slot.is_ended && entry.kind == 7 => {
                judge.fail(
                    ClaimId::C8,
                    "data-after-withdrawal",
                    place_of(entry),
                    "capture had ended for the subject",
                );
            }
            Some(_) => {}
        }
    }

    fn register(&mut self, entry: &Entry, body: &Registered, judge: &mut Judge) {
        if entry.number != 0 {
            judge.fail(
                ClaimId::C5,
                "registered-twice",
                place_of(entry),
                "a registration is the first entry, and the only one",
            );
            return;
        }
        self.registered = Some(body.number);
        self.schedules.push(body.schedule.cells.clone());
        self.outcomes.push((entry.number, body.outcomes.clone()));
    }

    fn amend(&mut self, entry: &Entry, body: &Amended, judge: &mut Judge) {
        judge.figures.amendments += 1;
        if !body.schedule.is_unchanged() {
            let before = self.schedules.last().cloned().unwrap_or_default();
            let new = body.schedule.cells.get(before.len()..).unwrap_or_default();
            self.schedules.push([&before, new].concat());
        }
        if body.renew_consent {
            self.consent_needed = body.version;
        }
        if !body.outcomes.is_empty() {
            super::super::outcomes::amended(self, entry, (body, judge));
            self.outcomes.push((entry.number, body.outcomes.clone()));
        }
    }

    fn consent(&mut self, entry: &Entry, body: &Consented, judge: &mut Judge) {
        self.first_consent
            .get_or_insert((entry.number, entry.height));
        let is_new = self
            .slots
            .get(&entry.slot)
            .is_none_or(|slot| slot.consent.is_none());
        if is_new {
            self.subjects += 1;
            if self.is_complete && entry.slot != self.subjects {
                let text = format!("got slot {}, expected {}", entry.slot, self.subjects);
                judge.fail(ClaimId::C3, "slot-gap", place_of(entry), text);
            }
        }
        let slot = self.slots.entry(entry.slot).or_default();
        slot.consent = Some(body.version);
        slot.site = entry.site;
    }

    fn withdraw(&mut self, entry: &Entry, body: &Withdrawn) {
        let slot = self.slots.entry(entry.slot).or_default();
        slot.is_ended |= ENDING.contains(&body.scope);
    }

    /// C4: a form is captured or declared missed once.
    fn fill(&mut self, entry: &Entry, cell: u32, judge: &mut Judge) {
        let slot = self.slots.entry(entry.slot).or_default();
        if slot.cells.insert(cell, entry.number).is_some() {
            let text = "the form was captured or declared missed before";
            judge.fail(ClaimId::C4, "cell-twice", place_of(entry).cell(cell), text);
        }
    }

    fn take_form(&mut self, form: FormRef, judge: &mut Judge) {
        let slot = self.slots.entry(form.slot).or_default();
        slot.items += u64::from(form.items);
        slot.nulls += u64::from(form.nulls.unwrap_or(0));
        judge.figures.forms += 1;
        judge.figures.items += u64::from(form.items);
        judge.figures.nulls += u64::from(form.nulls.unwrap_or(0));
        self.forms.push(form);
    }

    /// C9: a correction has a reason and names the newest entry of its form.
    fn correct(&mut self, entry: &Entry, body: &Corrected, judge: &mut Judge) {
        let place = place_of(entry).cell(body.cell);
        judge.figures.corrections += 1;
        if !(1..=6).contains(&body.reason_code) {
            judge.fail(
                ClaimId::C9,
                "reason-unknown",
                place.clone(),
                format!("the reason has the code {}", body.reason_code),
            );
        }
        let slot = self.slots.entry(entry.slot).or_default();
        if slot.cells.insert(body.cell, entry.number) != Some(body.entry) {
            let text = format!(
                "it corrects entry {}, which is not the newest of the form",
                body.entry
            );
            judge.fail(ClaimId::C9, "corrects-another", place, text);
        }
        let form = FormRef {
            slot: entry.slot,
            cell: body.cell,
            entry: entry.number,
            root: body.root,
            items: body.items,
            nulls: None,
            reason_code: body.reason_code,
        };
        self.take_form(form, judge);
    }

    /// C10: both keys signed what stood there.
    fn sign(&mut self, entry: &Entry, body: &Signed, judge: &mut Judge) {
        let is_of_wallet = body.signature.len() != KEY_SIGNATURE;
        if is_of_wallet {
            let text =
                "signatures of contract wallets: the contract asked the wallet, the bundle cannot";
            judge.limit(ClaimId::C10, text);
        }
        let mut fail = |code, text: &str| judge.fail(ClaimId::C10, code, place_of(entry), text);
        let digest = signing_digest(self.chain_id, entry, body);
        if !is_of_wallet && recover(&digest, &body.signature) != Some(entry.actor) {
            fail("not-signed", "the account did not sign this");
        }
        match recover(&digest, &body.second) {
            Some(second) if second != entry.actor && second != Address::ZERO => {}
            _ => fail("second-not-signed", "no second key signed this"),
        }
        if !(1..=7).contains(&body.meaning) || body.name.is_zero() {
            fail(
                "meaning-unknown",
                "a signature has a meaning and a printed name",
            );
        }
        if body.time > entry.time_ms {
            fail(
                "signed-ahead",
                "the signature claims a time after the block",
            );
        }
        let stands = match body.scope {
            1 => self.slots.get(&entry.slot).map(|slot| slot.tip),
            2 | 3 if self.is_complete => Some(self.log.root()),
            _ => None,
        };
        if stands.is_some_and(|root| root != body.data_root) {
            fail(
                "signed-other-data",
                "the signature is over other data than stood there",
            );
        }
        judge.figures.signatures += 1;
        match body.scope {
            1 => {
                let slot = self.slots.entry(entry.slot).or_default();
                slot.fresh += 1;
                slot.is_unsigned &= body.meaning != RESPONSIBILITY;
            }
            scope => {
                let site = if scope == 2 { entry.site } else { 0 };
                *self.fresh.entry(site).or_default() += 1;
            }
        }
        self.signatures.push(SignatureRef {
            entry: entry.number,
            slot: entry.slot,
            name: body.name,
            actor: entry.actor,
            meaning: body.meaning,
        });
    }

    /// Signatures over what has changed are stale.
    fn outdate(&mut self, entry: &Entry, judge: &mut Judge) {
        let slot = self.slots.entry(entry.slot).or_default();
        slot.is_unsigned = true;
        let own = std::mem::take(&mut slot.fresh);
        let site = slot.site;
        let wider = [site, 0].map(|place| self.fresh.remove(&place).unwrap_or(0));
        judge.figures.stale_signatures += own + wider[0] + if site == 0 { 0 } else { wider[1] };
    }

    /// C13: a lock is over the log as it stands.
    fn lock(&mut self, entry: &Entry, body: &Locked, judge: &mut Judge) {
        judge.figures.locks += 1;
        let is_over_log = body.size == entry.number && body.root == self.log.root();
        if self.is_complete && !is_over_log {
            judge.fail(
                ClaimId::C13,
                "lock-differs",
                place_of(entry),
                "the lock is over another log than stood there",
            );
        }
        let unsigned = self.slots.iter().find(|(_, slot)| slot.is_unsigned);
        if let Some((slot, _)) = unsigned.filter(|_| self.is_complete) {
            let text =
                "data of the subject lacked the investigator's signature when the study was locked";
            judge.fail(
                ClaimId::C10,
                "locked-unsigned",
                place_of(entry).of(*slot),
                text,
            );
        }
        self.is_locked = true;
        self.first_lock.get_or_insert(entry.number);
        self.last_lock = Some(entry.number);
        self.last_lock_sums = body.sums;
        self.since_lock = 0;
    }

    fn unlock(&mut self, entry: &Entry, body: &UnlockApproved, judge: &mut Judge) {
        if self.is_complete && self.last_lock != Some(body.lock) {
            judge.fail(
                ClaimId::C13,
                "unlock-of-another",
                place_of(entry),
                "the approval is of another lock than stood there",
            );
        }
        if body.unlocked {
            self.is_locked = false;
            judge.figures.unlocks += 1;
            let text = format!(
                "unlocked by {} approvals, reason {}",
                body.approvals, body.reason_code
            );
            judge.note(ClaimId::C13, "unlocked", place_of(entry), text);
        }
    }

    fn commit_list(&mut self, entry: &Entry, body: &ListCommitted, judge: &mut Judge) {
        let mut place = place_of(entry);
        place.list = Some(body.list);
        if self.first_consent.is_some() {
            judge.fail(
                ClaimId::C12,
                "committed-late",
                place.clone(),
                "the list was committed after the first consent",
            );
        }
        if body.delay < LEAST_DELAY {
            judge.fail(
                ClaimId::C12,
                "delay-short",
                place.clone(),
                "the seed was known too soon after the list",
            );
        }
        let state = ListState {
            entry: entry.number,
            height: entry.height,
            committed: body.clone(),
            drawn: None,
            allocated: Vec::new(),
        };
        if self.lists.insert(body.list, state).is_some() {
            judge.fail(
                ClaimId::C12,
                "committed-twice",
                place,
                "the list was committed before",
            );
        }
    }

    fn draw_list(&mut self, entry: &Entry, body: &ListDrawn, judge: &mut Judge) {
        let mut place = place_of(entry);
        place.list = Some(body.list);
        let Some(list) = self.lists.get_mut(&body.list) else {
            judge.fail(
                ClaimId::C12,
                "list-unknown",
                place,
                "the list was not committed",
            );
            return;
        };
        if body.height != list.height + u64::from(list.committed.delay) || list.drawn.is_some() {
            judge.fail(
                ClaimId::C12,
                "drawn-elsewhere",
                place,
                "the list was drawn from another block than was committed",
            );
        }
        list.drawn.get_or_insert((entry.number, body.clone()));
    }

    fn allocate(&mut self, entry: &Entry, body: &Allocated, judge: &mut Judge) {
        let mut place = place_of(entry);
        (place.list, place.index) = (Some(body.list), Some(body.index));
        judge.figures.allocations += 1;
        let Some(list) = self.lists.get_mut(&body.list) else {
            if self.is_complete {
                judge.fail(
                    ClaimId::C12,
                    "list-unknown",
                    place,
                    "the list was not committed",
                );
            }
            return;
        };
        if list.drawn.is_none() {
            judge.fail(
                ClaimId::C12,
                "allocated-before-draw",
                place.clone(),
                "the list had no order yet",
            );
        }
        if body.index as usize != list.allocated.len() || body.index >= list.committed.length {
            judge.fail(
                ClaimId::C12,
                "allocated-out-of-order",
                place.clone(),
                "the index is not the next of the list",
            );
        }
        if list.allocated.iter().any(|(slot, _)| *slot == entry.slot) {
            judge.fail(
                ClaimId::C12,
                "allocated-twice",
                place,
                "the subject had an index of the list",
            );
        }
        list.allocated.push((entry.slot, entry.number));
    }

    /// C11: only what was allocated is opened.
    fn open(&mut self, entry: &Entry, body: &Opened, judge: &mut Judge) {
        let mut place = place_of(entry);
        (place.list, place.index) = (Some(body.list), Some(body.index));
        let list = self.lists.get(&body.list);
        let owner = list.and_then(|list| list.allocated.get(body.index as usize));
        if self.is_complete && owner.is_none_or(|(slot, _)| *slot != entry.slot) {
            judge.fail(
                ClaimId::C11,
                "opened-unallocated",
                place.clone(),
                "an entry of a list was opened that was not the subject's",
            );
        }
        if body.emergency != 0 {
            judge.figures.emergency_openings += 1;
            let text = format!(
                "opened in an emergency by {}, reason {}",
                entry.actor, body.reason_code
            );
            judge.note(ClaimId::C11, "emergency", place, text);
        }
    }

    /// C14: analyses are numbered and of the lock in force.
    fn analyse(&mut self, entry: &Entry, body: &Analysed, judge: &mut Judge) {
        if self.is_complete {
            if usize::from(body.number) != self.analyses.len() + 1 {
                judge.fail(
                    ClaimId::C14,
                    "analysis-number-gap",
                    place_of(entry),
                    "the analysis has not the next number",
                );
            }
            if !self.is_locked || self.last_lock != Some(body.lock) {
                judge.fail(
                    ClaimId::C14,
                    "analysis-not-of-lock",
                    place_of(entry),
                    "the analysis is not of the lock in force",
                );
            }
            if body.plan == 0 {
                let text = format!("analysis {} follows no registered plan", body.number);
                judge.note(ClaimId::C14, "unplanned", place_of(entry), text);
            }
            if body.plan > self.plans {
                judge.fail(
                    ClaimId::C14,
                    "analysis-without-plan",
                    place_of(entry),
                    "the analysis is of no registered plan",
                );
            }
        }
        self.analyses.push((entry.number, body.clone()));
    }
}
