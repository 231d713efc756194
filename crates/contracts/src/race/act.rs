//! What people do in a race, to the contracts and to the model alike.

use alloy_primitives::B256;

use super::{
    chain::Fault,
    model::{NO_END, Outcome, Request, Rule},
    schedule::{Opened, Race, Violation},
};
use crate::{
    addresses::{ACCESS, DIRECTORY, RECORDS, SEALS},
    codes::{Effect, Kind, Kinds, Purpose, RequestStatus, Role},
    interfaces::{
        IAccess::{
            self, approveCall, denyCall, grantCall, removeRuleCall, requestCall, revokeCall,
            setRuleCall,
        },
        IDirectory::{endCall, enrolCall},
        IRecords::{amendSealedCall, withdrawCall},
        ISeals::{breakGlassCall, openCall, pointRuleCall, setBreakGlassCall},
    },
    seal_id,
    testing::{CHART, KEY, OTHER_CHART, OTHER_SEALED, REASON, RULE, WRAP, Who},
};

const READERS: [Who; 3] = [Who::Physician, Who::Nurse, Who::Agent];
/// How long an opening is answered, in seconds.
const LIFETIME_S: u64 = 3_600;

impl Race {
    /// Somebody does something.
    pub(super) fn act(&mut self) -> Result<(), Violation> {
        match self.dice.roll(22) {
            0..2 => self.grant(),
            2 => self.ask(),
            3 => self.decide(),
            4 => self.revoke(),
            5..10 => self.open(),
            10 => self.rotate(),
            11..13 => self.set_rule(),
            13 => self.remove_rule(),
            14 => self.point(),
            15..17 => self.break_glass(),
            17 => self.set_scope(),
            18 => self.enrolments(),
            19 => self.contract(),
            20 => self.withdraw(),
            _ => self.open_elsewhere(),
        }
    }

    fn grant(&mut self) -> Result<(), Violation> {
        let (reader, kinds, expiry_s) = self.wish();
        let call = grantCall {
            chart: CHART,
            grantee: reader.address(),
            record: B256::ZERO,
            purpose: Purpose::Treatment.code(),
            kinds: kinds.0,
            expiry: expiry_s,
            key: KEY,
            wrap: WRAP,
        };
        let id = self.chain.call(Who::Patient, ACCESS, &call);
        self.requested(
            "grant",
            (reader, kinds, expiry_s),
            (id, RequestStatus::Granted),
        )
    }

    fn ask(&mut self) -> Result<(), Violation> {
        let (reader, kinds, expiry_s) = self.wish();
        let call = requestCall {
            chart: CHART,
            record: B256::ZERO,
            purpose: Purpose::Treatment.code(),
            kinds: kinds.0,
            reason: REASON,
            key: KEY,
            expiry: expiry_s,
        };
        let answer = self.chain.call(reader, ACCESS, &call);
        let status = self.model.ask(reader, kinds);
        if answer.as_ref().is_some_and(|it| it.status != status.code()) {
            return Err(Violation::Act("request"));
        }
        let id = answer.map(|answer| answer.id);
        self.requested("request", (reader, kinds, expiry_s), (id, status))
    }

    fn wish(&mut self) -> (Who, Kinds, u64) {
        let reader = self.dice.pick(&READERS);
        let expiry_s = self.model.now_s + 600 + self.dice.roll(5_000);
        (reader, self.some_kinds(), expiry_s)
    }

    fn requested(
        &mut self,
        act: &'static str,
        (reader, kinds, expiry_s): (Who, Kinds, u64),
        (id, status): (Option<B256>, RequestStatus),
    ) -> Result<(), Violation> {
        let standing = self.model.standing.get(&(reader as u8));
        match (id, standing) {
            (Some(id), Some(organisation)) => self.model.requests.push(Request {
                id,
                reader,
                organisation: *organisation,
                kinds,
                status,
                expiry_s,
            }),
            (None, None) => {}
            (Some(_), None) | (None, Some(_)) => return Err(Violation::Act(act)),
        }
        Ok(())
    }

    /// The patient approves or denies a request that may wait for her.
    fn decide(&mut self) -> Result<(), Violation> {
        let Some(place) = self.some_request() else {
            return Ok(());
        };
        let request = &self.model.requests[place];
        let waits = request.status == RequestStatus::Pending && self.model.now_s < request.expiry_s;
        let id = request.id;
        let (done, status) = match self.dice.roll(2) {
            0 => {
                let call = approveCall { id, wrap: WRAP };
                let done = self.chain.call(Who::Patient, ACCESS, &call).is_some();
                (done, RequestStatus::Granted)
            }
            _ => {
                let call = denyCall { id };
                let done = self.chain.call(Who::Patient, ACCESS, &call).is_some();
                (done, RequestStatus::Denied)
            }
        };
        if done != waits {
            return Err(Violation::Act("approve or deny"));
        }
        if done {
            self.model.requests[place].status = status;
        }
        if done && status == RequestStatus::Denied {
            self.restricted();
        }
        Ok(())
    }

    fn revoke(&mut self) -> Result<(), Violation> {
        let Some(place) = self.some_request() else {
            return Ok(());
        };
        let request = &self.model.requests[place];
        let live = matches!(
            request.status,
            RequestStatus::Granted | RequestStatus::Admitted
        ) && self.model.now_s < request.expiry_s;
        let call = revokeCall { id: request.id };
        let patient = (Who::Patient, ACCESS);
        let done = self
            .chain
            .call_forgotten_by(Fault::KeepsGrants, patient, &call);
        if done.is_some() != live {
            return Err(Violation::Act("revoke"));
        }
        if live {
            self.model.requests[place].status = RequestStatus::Revoked;
            self.restricted();
        }
        Ok(())
    }

    fn open(&mut self) -> Result<(), Violation> {
        let mut reader = self.dice.pick(&[
            Who::Physician,
            Who::Physician,
            Who::Nurse,
            Who::Agent,
            Who::Patient,
        ]);
        let request = match self.dice.roll(2) {
            0 => self.some_request(),
            _ => None,
        };
        if let Some(place) = request.filter(|_| self.dice.clone().roll(4) > 0) {
            reader = self.model.requests[place].reader;
        }
        let records = self.some_records();
        let expected = self.model.open(reader, &records, request);
        let id = request.map(|place| self.model.requests[place].id);
        let call = openCall {
            chart: CHART,
            records: self.ids(&records),
            purpose: Purpose::Treatment.code(),
            key: KEY,
            request: id.unwrap_or_default(),
        };
        let answer = self.chain.call(reader, SEALS, &call);
        let answer = answer.map(|answer| (answer.opening, answer.admitted));
        self.opened("open", (reader, &records), (expected, answer))
    }

    fn break_glass(&mut self) -> Result<(), Violation> {
        let reader = self.dice.pick(&READERS);
        let mut records = match self.dice.roll(3) {
            0 => Vec::new(),
            _ => self.some_records(),
        };
        let expected = self.model.break_glass(reader, &records);
        let call = breakGlassCall {
            chart: CHART,
            records: self.ids(&records),
            purpose: Purpose::BreakTheGlass.code(),
            reason: REASON,
            key: KEY,
        };
        let answer = self.chain.call(reader, SEALS, &call);
        let answer = answer.map(|answer| (answer.opening, answer.admitted));
        if records.is_empty() {
            records = self.model.newest_in_scope();
        }
        self.opened("breakGlass", (reader, &records), (expected, answer))
    }

    /// Another patient opens her own record, so that numbers of openings are not those of one chart.
    fn open_elsewhere(&mut self) -> Result<(), Violation> {
        let call = openCall {
            chart: OTHER_CHART,
            records: vec![OTHER_SEALED],
            purpose: Purpose::PatientRequested.code(),
            key: KEY,
            request: B256::ZERO,
        };
        let answer = self.chain.call(Who::OtherPatient, SEALS, &call);
        let answer = answer.map(|answer| (answer.opening, answer.admitted));
        let admitted = Outcome::Admitted(NO_END);
        self.opened("open", (Who::OtherPatient, &[]), (admitted, answer))
    }

    fn opened(
        &mut self,
        act: &'static str,
        (reader, records): (Who, &[usize]),
        (expected, answer): (Outcome, Option<(u64, bool)>),
    ) -> Result<(), Violation> {
        let admitted = answer.map(|(_, admitted)| admitted);
        let (counted, until) = match (expected, admitted) {
            (Outcome::Refused, None) => (&mut self.tally.refused, 0),
            (Outcome::Denied, Some(false)) => (&mut self.tally.denied, 0),
            (Outcome::Admitted(until), Some(true)) => (&mut self.tally.admitted, until),
            _ => {
                return Err(Violation::Decided {
                    act,
                    expected,
                    admitted,
                });
            }
        };
        *counted += 1;
        let Some((number, admitted)) = answer else {
            return Ok(());
        };
        if number != self.openings.len() as u64 {
            return Err(Violation::Number(number));
        }
        let opened = self.compose((reader, records), admitted, until);
        self.openings.push(opened);
        Ok(())
    }

    fn compose(&self, (reader, records): (Who, &[usize]), admitted: bool, until: u64) -> Opened {
        let elsewhere = reader == Who::OtherPatient;
        let seals = records.iter().map(|place| self.model.records[*place].seal);
        let salt = B256::repeat_byte(0x64);
        let other = seal_id(1_337, (OTHER_SEALED, 1), Who::OtherPatient.address(), salt);
        Opened {
            reader,
            organisation: self.model.standing.get(&(reader as u8)).copied(),
            chart: if elsewhere { OTHER_CHART } else { CHART },
            admitted,
            expiry_s: until.min(self.model.now_s + LIFETIME_S),
            act: self.act,
            height: self.chain.memory.height,
            seals: if elsewhere {
                vec![other]
            } else {
                seals.collect()
            },
        }
    }

    /// The author gives a record a new version and a new key.
    fn rotate(&mut self) -> Result<(), Violation> {
        let place = self.dice.roll(self.model.records.len() as u64) as usize;
        let record = &mut self.model.records[place];
        let call = amendSealedCall {
            record: record.id,
            commitment: KEY,
            contentId: KEY,
            wrapId: WRAP,
            salt: B256::repeat_byte(self.act as u8 + 1),
            sealedKey: KEY,
        };
        let done = self.chain.call(Who::Author, RECORDS, &call).is_some();
        if done == record.withdrawn {
            return Err(Violation::Act("amendSealed"));
        }
        if done {
            record.version += 1;
            let of = (record.id, record.version);
            record.seal = seal_id(1_337, of, Who::Patient.address(), call.salt);
        }
        Ok(())
    }

    fn withdraw(&mut self) -> Result<(), Violation> {
        let place = self.dice.roll(self.model.records.len() as u64) as usize;
        let record = &mut self.model.records[place];
        let call = withdrawCall { record: record.id };
        let done = self.chain.call(Who::Author, RECORDS, &call).is_some();
        if done == record.withdrawn {
            return Err(Violation::Act("withdraw"));
        }
        if done {
            record.withdrawn = true;
            self.restricted();
        }
        Ok(())
    }

    fn set_rule(&mut self) -> Result<(), Violation> {
        let index = self.dice.roll(3) as usize;
        let rule = self.some_rule();
        let call = setRuleCall {
            chart: CHART,
            index: index as u32,
            rule: IAccess::Rule {
                who: rule.who.map(Who::address).unwrap_or_default(),
                effect: rule.effect.code(),
                kinds: rule.kinds.map_or(0, |kinds| kinds.0),
                until: rule.until_s.unwrap_or(0),
                ..IAccess::Rule::default()
            },
        };
        // Places are filled in order; a rule out of order is refused, which other tests hold.
        if self.chain.call(Who::Patient, ACCESS, &call).is_some() {
            self.model.rules[index] = Some(rule);
            self.restricted();
        }
        Ok(())
    }

    fn some_rule(&mut self) -> Rule {
        let effects = [Effect::Permit, Effect::Permit, Effect::Deny];
        let until_s = self.model.now_s + 1 + self.dice.roll(4_000);
        Rule {
            effect: self.dice.pick(&effects),
            who: self
                .dice
                .pick(&[None, Some(Who::Physician), Some(Who::Nurse)]),
            kinds: match self.dice.roll(2) {
                0 => None,
                _ => Some(self.some_kinds()),
            },
            until_s: self.dice.pick(&[None, Some(until_s)]),
        }
    }

    fn remove_rule(&mut self) -> Result<(), Violation> {
        let index = self.dice.roll(3) as usize;
        let call = removeRuleCall {
            chart: CHART,
            index: index as u32,
        };
        let patient = (Who::Patient, ACCESS);
        let done = self
            .chain
            .call_forgotten_by(Fault::KeepsRules, patient, &call);
        if done.is_some() != self.model.rules[index].is_some() {
            return Err(Violation::Act("removeRule"));
        }
        if done.is_some() {
            self.model.rules[index] = None;
            self.restricted();
        }
        Ok(())
    }

    fn point(&mut self) -> Result<(), Violation> {
        let kinds = self.some_kinds();
        let rule = self.dice.pick(&[RULE, Default::default()]);
        let call = pointRuleCall {
            chart: CHART,
            kinds: kinds.0,
            rule,
        };
        if self.chain.call(Who::Patient, SEALS, &call).is_none() {
            return Err(Violation::Act("pointRule"));
        }
        for kind in Kind::ALL.iter().filter(|kind| kinds.covers(kind.bit())) {
            match rule.is_zero() {
                true => self.model.pinned.remove(kind),
                false => self.model.pinned.insert(*kind, self.model.code),
            };
        }
        self.restricted();
        Ok(())
    }

    fn set_scope(&mut self) -> Result<(), Violation> {
        let some = self.some_kinds();
        let kinds = self.dice.pick(&[Kinds(0), some, Kinds::ALL]);
        let call = setBreakGlassCall {
            chart: CHART,
            kinds: kinds.0,
        };
        if self.chain.call(Who::Patient, SEALS, &call).is_none() {
            return Err(Violation::Act("setBreakGlass"));
        }
        self.model.scope = kinds;
        self.restricted();
        Ok(())
    }

    /// A reader leaves, or comes back to the clinic or to the insurer.
    fn enrolments(&mut self) -> Result<(), Violation> {
        let reader = self.dice.pick(&READERS);
        let (admin, organisation) = self.dice.pick(&[(Who::Clinic, 2), (Who::Insurer, 3)]);
        let employer = |organisation| match organisation {
            2 => Who::Clinic,
            _ => Who::Insurer,
        };
        let done = match self.model.standing.remove(&(reader as u8)) {
            Some(organisation) => {
                let call = endCall {
                    person: reader.address(),
                };
                let employer = employer(organisation);
                self.chain.call(employer, DIRECTORY, &call).is_some()
            }
            None => {
                self.model.standing.insert(reader as u8, organisation);
                let call = enrolCall {
                    person: reader.address(),
                    role: role(reader).code(),
                    expiry: 0,
                    nameCommitment: WRAP,
                    licenceCommitment: WRAP,
                };
                self.chain.call(admin, DIRECTORY, &call).is_some()
            }
        };
        done.then_some(()).ok_or(Violation::Act("enrol or end"))
    }

    /// The rule contract changes its mind, or even its code.
    fn contract(&mut self) -> Result<(), Violation> {
        let reader = self.dice.pick(&READERS);
        if self.dice.roll(4) == 0 {
            let code = B256::repeat_byte(self.dice.pick(&[0xc0, 0xc1]));
            self.chain.memory.codes.insert(RULE, code);
            self.model.code = code;
            return Ok(());
        }
        if self.model.admitted_by_contract.remove(&(reader as u8)) {
            self.chain.admitted_by_contract.remove(&reader.address());
        } else {
            self.model.admitted_by_contract.insert(reader as u8);
            self.chain.admitted_by_contract.insert(reader.address());
        }
        Ok(())
    }

    /// The chart was restricted in this act.
    fn restricted(&mut self) {
        let height = self.chain.memory.height;
        self.restrictions.push((self.act, height));
    }

    fn some_kinds(&mut self) -> Kinds {
        let (laboratory, summary) = (Kind::Laboratory.bit(), Kind::Summary.bit());
        self.dice.pick(&[
            laboratory,
            summary,
            Kind::Allergy.bit(),
            Kinds(laboratory.0 | summary.0),
            Kinds::ALL,
        ])
    }

    fn some_records(&mut self) -> Vec<usize> {
        let mask = 1 + self.dice.roll(15);
        (0..4).filter(|place| mask >> place & 1 == 1).collect()
    }

    fn some_request(&mut self) -> Option<usize> {
        let count = self.model.requests.len();
        (count > 0).then(|| self.dice.roll(count as u64) as usize)
    }

    fn ids(&self, records: &[usize]) -> Vec<B256> {
        records
            .iter()
            .map(|place| self.model.records[*place].id)
            .collect()
    }
}

fn role(reader: Who) -> Role {
    match reader {
        Who::Physician => Role::Physician,
        Who::Nurse => Role::Nurse,
        _ => Role::InsurerAgent,
    }
}
