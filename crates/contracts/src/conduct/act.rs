//! Random acts, each decided by the model and by the contract.

use std::collections::BTreeMap;

use alloy_primitives::B256;
use alloy_sol_types::SolCall;

use super::model::{Model, Stands, UNSCHEDULED};
use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{
        Schedule, allocateCall, approveUnlockCall, correctCall, eraseCall, missCall,
    },
    testing::{
        Dice, Who, World,
        trial::{
            CELLS, STUDY, WORD, amendment, capture, captures, consent, correction, factor, missed,
            question, second_key, signature, withdrawal,
        },
    },
};

/// How often acts of a name were accepted, and refused for what.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    accepted: BTreeMap<&'static str, u64>,
    refused: BTreeMap<Refusal, u64>,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        for (name, count) in &other.accepted {
            *self.accepted.entry(name).or_default() += count;
        }
        for (refusal, count) in &other.refused {
            *self.refused.entry(*refusal).or_default() += count;
        }
    }

    pub(super) fn is_rich(&self) -> bool {
        self.accepted.len() == 13 && self.refused.len() >= 24
    }
}

/// One study on its way.
pub(super) struct Walk {
    pub(super) world: World,
    pub(super) model: Model,
    pub(super) tally: Tally,
    dice: Dice,
    seconds: u64,
}

const APPROVERS: [Who; 3] = [Who::Hospital, Who::Clinic, Who::Regulator];

impl Walk {
    pub(super) fn new(seed: u64) -> Self {
        let mut world = World::with_list();
        for who in [Who::Author, Who::Physician] {
            world.ok(who, TRIALS, &factor(who, second_key(who), None));
        }
        let visits = CELLS.map(u32::from);
        let mut entered = vec![(1, 0), (3, 0), (3, 0)];
        entered.extend([(4, 0); 11]);
        entered.extend([(14, 0), (15, 0), (16, 0)]);
        Self {
            world,
            model: Model::new(&visits, &entered),
            tally: Tally::default(),
            dice: Dice::new(seed),
            seconds: 10,
        }
    }

    pub(super) fn step(&mut self) {
        self.seconds += 1 + self.dice.roll(60);
        self.world.after(self.seconds);
        let slot = 1 + self.dice.roll(self.model.subjects.len() as u64 + 1) as u32;
        if self.model.lock.is_some() && self.dice.roll(3) == 0 {
            return self.approve_unlock();
        }
        match self.dice.roll(40) {
            0..6 => self.consent(slot),
            6..18 => self.capture(slot),
            18..21 => self.miss(slot),
            21..25 => self.correct(slot),
            25 => self.withdraw(slot),
            26..29 => self.query(slot),
            29..32 => self.sign(slot),
            32..34 => self.allocate(slot),
            34 => self.erase(slot),
            35 => self.amend(),
            36 => self.approve_unlock(),
            37 => self.finish(),
            _ => self.lock(),
        }
    }

    /// The site where the subject is, or now and then the other.
    fn site(&mut self, slot: u32) -> u16 {
        let known = self.model.subjects.get(&slot).map(|found| found.site);
        let site = known.unwrap_or(1 + self.dice.roll(2) as u16);
        match self.dice.roll(20) {
            0 => 3 - site,
            _ => site,
        }
    }

    /// Sends a call of which the model says what becomes of it; what was accepted is refused when it is sent again.
    fn send<C: SolCall>(&mut self, name: &'static str, who: Who, call: &C, said: Said) {
        match said {
            Ok(()) => {
                self.world.ok(who, TRIALS, call);
                *self.tally.accepted.entry(name).or_default() += 1;
                let again = self.world.call(who, TRIALS, call);
                assert!(again.is_err(), "{name} was accepted twice");
            }
            Err(refusal) => {
                self.world.refuses(who, TRIALS, call, refusal);
                *self.tally.refused.entry(refusal).or_default() += 1;
            }
        }
    }

    fn consent(&mut self, slot: u32) {
        let site = self.site(slot);
        let version =
            self.model.version + 1 - self.dice.roll(3).min(self.model.version.into()) as u32;
        let mut call = consent(slot);
        (call.site, call.version) = (site, version);
        call.slot = match self.dice.roll(15) {
            0 => slot + 2,
            _ => slot,
        };
        let said = self.model.consent(site, call.slot, version);
        self.send("consent", investigator(site), &call, said);
    }

    fn cell(&mut self, slot: u32) -> u32 {
        let count = self.model.subjects.get(&slot).map(|one| one.unscheduled());
        let cells: u32 = self.model.visits.iter().sum();
        match self.dice.roll(12) {
            0 => UNSCHEDULED + count.unwrap_or_default(),
            1 => UNSCHEDULED + self.dice.roll(3) as u32,
            _ => self.dice.roll(u64::from(cells) + 1) as u32,
        }
    }

    fn capture(&mut self, slot: u32) {
        let site = self.site(slot);
        let mut forms = Vec::new();
        for _ in 0..=self.dice.roll(3) {
            let others = self.model.subjects.len() as u64;
            let slot = match self.dice.roll(4) {
                0 if others > 0 => 1 + self.dice.roll(others) as u32,
                _ => slot,
            };
            forms.push((slot, self.cell(slot)));
        }
        let said = self.model.capture(site, &forms);
        let list = forms.iter().map(|(slot, cell)| capture(*slot, *cell));
        let call = captures(list.collect());
        let who = self.dice.pick(&[investigator(site), coordinator(site)]);
        self.send("capture", who, &call, said);
    }

    fn miss(&mut self, slot: u32) {
        let (site, cell) = (self.site(slot), self.cell(slot));
        let said = self.model.miss(site, slot, cell);
        let call = missCall {
            study: *STUDY,
            forms: vec![missed(slot, cell)],
        };
        self.send("miss", coordinator(site), &call, said);
    }

    fn correct(&mut self, slot: u32) {
        let (site, cell) = (self.site(slot), self.cell(slot));
        let forms = self.model.subjects.get(&slot).map(|one| one.forms.clone());
        let newest = forms.and_then(|forms| forms.get(&cell).copied());
        let entry = newest.unwrap_or_default() + u64::from(self.dice.roll(6) == 0);
        let said = self.model.correct(site, (slot, cell), entry);
        let call = correctCall {
            study: *STUDY,
            corrections: vec![correction(slot, cell, entry)],
        };
        self.send("correct", coordinator(site), &call, said);
    }

    fn withdraw(&mut self, slot: u32) {
        let site = self.site(slot);
        let scope = 1 + self.dice.roll(4) as u8;
        let due = match self.dice.roll(3) {
            0 => 0,
            _ => 1 << self.dice.roll(4),
        };
        let said = self.model.withdraw(site, (slot, scope), due);
        let call = withdrawal(slot, scope, due);
        self.send("withdraw", investigator(site), &call, said);
    }

    fn query(&mut self, slot: u32) {
        let number = self.dice.roll(self.model.queries.len() as u64 + 3) as u32;
        let known = self.model.queries.get(&number).map(|query| query.slot);
        let slot = match self.dice.roll(8) {
            0 => slot,
            _ => known.unwrap_or(slot),
        };
        let state = 1 + self.dice.roll(4) as u8;
        let by_site = self.dice.roll(6) != 0;
        let by_site = by_site == (state == 2);
        let site = self.model.subjects.get(&slot).map_or(1, |one| one.site);
        let who = if by_site {
            investigator(site)
        } else {
            Who::Agent
        };
        let said = self.model.query(by_site, (slot, number), state);
        self.send("query", who, &question(slot, number, state), said);
    }

    fn sign(&mut self, slot: u32) {
        let site = self.site(slot);
        let fresh = self.dice.roll(6) != 0;
        let said = self.model.sign(site, slot, fresh);
        let tip = match self.model.subjects.contains_key(&slot) && fresh {
            true => self.world.subject(slot).tip,
            false => B256::ZERO,
        };
        let who = investigator(site);
        let mut call = signature(who, slot, tip, self.world.host.time_ms);
        call.site = site;
        let call = crate::testing::trial::signed(who, call);
        self.send("sign", who, &call, said);
    }

    fn allocate(&mut self, slot: u32) {
        let site = self.site(slot);
        let said = self.model.allocate(site, slot);
        let call = allocateCall {
            study: *STUDY,
            slot,
            list: 1,
        };
        self.send("allocate", investigator(site), &call, said);
    }

    fn erase(&mut self, slot: u32) {
        let early = self.dice.roll(4) == 0;
        let said = self.model.erase(slot, early);
        let call = eraseCall {
            study: *STUDY,
            slot,
            basis: if early { 2 } else { 1 },
            reason: WORD,
        };
        self.send("erase", Who::Regulator, &call, said);
    }

    fn amend(&mut self) {
        let forms = match self.model.visits.len() {
            0..6 => self.dice.roll(3) as u32,
            _ => 0,
        };
        let renew = self.dice.roll(5) == 0;
        let version = self.model.version + self.dice.roll(2) as u32;
        let mut call = amendment(version);
        call.renew = renew;
        let visits = self.model.visits.clone();
        let cells = visits.iter().chain([&forms]);
        call.schedule = match forms {
            0 => Schedule::default(),
            _ => Schedule {
                root: WORD,
                cells: cells.map(|forms| *forms as u8).collect::<Vec<_>>().into(),
            },
        };
        let said = self.model.amend(version, forms, renew);
        self.send("amend", Who::Maker, &call, said);
    }

    fn lock(&mut self) {
        if self.model.subjects.len() < 3 {
            return;
        }
        let call = self.world.locking();
        let said = self.model.lock();
        self.send("lock", Who::OtherMaker, &call, said);
    }

    fn approve_unlock(&mut self) {
        let approver = self.dice.roll(3) as usize;
        let entry = self.model.lock.as_ref().map_or(1, |(entry, _)| *entry);
        let entry = entry + u64::from(self.dice.roll(6) == 0);
        let said = self.model.approve_unlock(approver as u8, entry);
        let call = approveUnlockCall {
            study: *STUDY,
            lockEntry: entry,
            reasonCode: 1,
            reason: WORD,
        };
        self.send("unlock", APPROVERS[approver], &call, said);
    }

    /// Declares everything missed, ends every query and signs, so that walks come to a lock.
    fn finish(&mut self) {
        if self.model.lock.is_some() || self.dice.roll(3) != 0 {
            return;
        }
        let slots: Vec<_> = self.model.subjects.keys().copied().collect();
        for slot in slots {
            self.finish_one(slot);
        }
        let open: Vec<_> = self.model.queries.clone().into_iter().collect();
        for (number, query) in open.into_iter().filter(|(_, query)| query.state <= 2) {
            let said = self.model.query(false, (query.slot, number), 3);
            let call = question(query.slot, number, 3);
            self.send("query", Who::Agent, &call, said);
        }
        for slot in self.model.subjects.keys().copied().collect::<Vec<_>>() {
            let site = self.model.subjects[&slot].site;
            let said = self.model.sign(site, slot, true);
            let tip = self.world.subject(slot).tip;
            let who = investigator(site);
            let mut call = signature(who, slot, tip, self.world.host.time_ms);
            call.site = site;
            let call = crate::testing::trial::signed(who, call);
            self.send("sign", who, &call, said);
        }
        *self.tally.accepted.entry("finish").or_default() += 1;
    }

    fn finish_one(&mut self, slot: u32) {
        let subject = &self.model.subjects[&slot];
        if subject.stands == Stands::Erased {
            return;
        }
        let (site, cells) = (subject.site, self.model.visits.iter().sum());
        let empty = |cell: &u32| {
            let visit = self.model.visit_of(*cell).expect("a scheduled form");
            subject.due.contains(&visit) && !subject.forms.contains_key(cell)
        };
        let left: Vec<u32> = (0..cells).filter(empty).collect();
        let forms: Vec<_> = left.iter().map(|cell| missed(slot, *cell)).collect();
        for cell in &left {
            self.model.miss(site, slot, *cell).expect("it is due");
        }
        if !forms.is_empty() {
            let call = missCall {
                study: *STUDY,
                forms,
            };
            self.send("miss", coordinator(site), &call, Ok(()));
        }
    }
}

type Said = Result<(), Refusal>;

fn investigator(site: u16) -> Who {
    match site {
        1 => Who::Author,
        _ => Who::Physician,
    }
}

fn coordinator(site: u16) -> Who {
    match site {
        1 => Who::Administrator,
        _ => Who::Nurse,
    }
}
