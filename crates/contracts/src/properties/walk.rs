//! Random walks: people call what they may and what they may not.

use std::collections::BTreeMap;

use alloy_primitives::B256;

use crate::{
    addresses::{ACCESS, DIRECTORY, RECORDS, SEALS},
    codes::{Effect, Kind, RequestStatus, Role},
    interfaces::{
        IAccess::{
            Rule, approveCall, approveSignedCall, denyCall, fulfilCall, grantCall, openCall,
            removeRuleCall, requestByIdCall, requestCall, requestsCall, revokeCall, setRuleCall,
        },
        IDirectory::{endCall, enrolCall, setKeyCall},
        IRecords::{amendCall, eraseCall, openChartCall, setHoldCall, withdrawCall},
        ISeals::{
            breakGlassCall, openCall as openSealsCall, pointRuleCall, reviewCall, setBreakGlassCall,
        },
    },
    testing::{
        CHART, Dice, IMAGE, OTHER_CHART, OTHER_SEALED, RECORD, RULE, SEALED, SEALED_SUMMARY, START,
        WRAP, Who, World, registration, sealed_registration,
    },
};

pub(super) const EVERYONE: [Who; 13] = [
    Who::Hospital,
    Who::Clinic,
    Who::Insurer,
    Who::Patient,
    Who::OtherPatient,
    Who::Author,
    Who::Administrator,
    Who::Physician,
    Who::Nurse,
    Who::Agent,
    Who::Stranger,
    Who::Wallet,
    Who::Officer,
];

/// A walk: the world, the dice, and identifiers of requests seen so far.
pub(super) struct Walk {
    pub(super) world: World,
    dice: Dice,
    requests: Vec<B256>,
    approvals: Vec<approveSignedCall>,
    seconds: u64,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let (mut world, dice) = (World::with_seals(), Dice::new(seed));
        world.host.codes.insert(RULE, WRAP);
        Self {
            world,
            dice,
            requests: vec![B256::ZERO],
            approvals: Vec::new(),
            seconds: 0,
        }
    }

    /// One random call by a random person; most are refused.
    fn step(&mut self) {
        if self.dice.roll(8) == 0 {
            self.seconds += self.dice.roll(20_000);
            self.world.after(self.seconds);
        }
        match self.dice.roll(23) {
            0..4 => self.ask(),
            4..10 => self.decide(),
            10 => self.sign(),
            11 | 18 | 19 => self.rule(),
            12 => self.give(),
            13 => self.enrolments(),
            14..18 => self.seals(),
            _ => self.write(),
        }
    }

    fn caller(&mut self) -> Who {
        if self.dice.roll(2) == 0 {
            Who::Patient
        } else {
            self.dice.pick(&EVERYONE)
        }
    }

    fn ask(&mut self) {
        let call = requestCall {
            chart: self.dice.pick(&[CHART, CHART, OTHER_CHART]),
            record: self.dice.pick(&[RECORD, IMAGE, B256::ZERO]),
            purpose: self.dice.roll(16) as u8,
            kinds: self.dice.pick(&[0, 8, 16, 24]),
            reason: WRAP,
            key: WRAP,
            expiry: START + self.seconds + self.dice.roll(100_000),
        };
        let caller = self
            .dice
            .pick(&[Who::Physician, Who::Nurse, Who::Agent, Who::Clinic]);
        if let Ok(answer) = self.world.call(caller, ACCESS, &call) {
            self.requests.push(answer.id);
        }
    }

    fn decide(&mut self) {
        let (caller, id) = (self.caller(), self.dice.pick(&self.requests.clone()));
        let (world, wrap) = (&mut self.world, WRAP);
        let _refused_or_not = match self.dice.roll(5) {
            0 => world
                .call(caller, ACCESS, &approveCall { id, wrap })
                .map(drop),
            1 => world.call(caller, ACCESS, &denyCall { id }).map(drop),
            2 => world.call(caller, ACCESS, &revokeCall { id }).map(drop),
            3 => world
                .call(caller, ACCESS, &fulfilCall { id, wrap })
                .map(drop),
            _ => {
                let record = self.dice.pick(&[RECORD, IMAGE]);
                let caller = self.dice.pick(&[Who::Physician, Who::Nurse, Who::Clinic]);
                world
                    .call(caller, ACCESS, &openCall { id, record })
                    .map(drop)
            }
        };
    }

    fn sign(&mut self) {
        let id = self.dice.pick(&self.requests.clone());
        let view = requestByIdCall { id };
        if self.world.call(Who::Patient, ACCESS, &view).is_ok() {
            let approval = self.world.approval(id, self.dice.roll(64));
            self.approvals.push(approval);
        }
        for approval in self.approvals.clone() {
            let _refused_or_not = self.world.call(Who::Physician, ACCESS, &approval);
        }
    }

    fn rule(&mut self) {
        let (caller, index) = (self.caller(), self.dice.roll(4) as u32);
        let rule = Rule {
            effect: self
                .dice
                .pick(&[Effect::Deny, Effect::Permit, Effect::Permit])
                .code(),
            role: self.dice.roll(4) as u8,
            kinds: self.dice.pick(&[0, 8, 24]),
            until: START + self.seconds + self.dice.roll(300_000),
            ..Rule::default()
        };
        let call = setRuleCall {
            chart: CHART,
            index,
            rule,
        };
        let _refused_or_not = match self.dice.roll(2) {
            0 => self.world.call(caller, ACCESS, &call).map(drop),
            _ => self
                .world
                .call(
                    caller,
                    ACCESS,
                    &removeRuleCall {
                        chart: CHART,
                        index,
                    },
                )
                .map(drop),
        };
    }

    fn give(&mut self) {
        let call = grantCall {
            chart: self.dice.pick(&[CHART, OTHER_CHART]),
            grantee: self.dice.pick(&EVERYONE).address(),
            record: self.dice.pick(&[RECORD, B256::ZERO]),
            purpose: 8,
            kinds: 8,
            expiry: START + self.seconds + 50_000,
            key: WRAP,
            wrap: WRAP,
        };
        let caller = self.caller();
        if let Ok(id) = self.world.call(caller, ACCESS, &call) {
            self.requests.push(id);
        }
    }

    fn enrolments(&mut self) {
        let admins = [
            Who::Hospital,
            Who::Clinic,
            Who::Insurer,
            Who::Administrator,
            Who::Author,
        ];
        let (caller, person) = (self.dice.pick(&admins), self.dice.pick(&EVERYONE).address());
        let enrol = enrolCall {
            person,
            role: self.dice.pick(Role::ALL).code(),
            expiry: 0,
            nameCommitment: WRAP,
            licenceCommitment: WRAP,
        };
        let _refused_or_not = match self.dice.roll(3) {
            0 => self
                .world
                .call(caller, DIRECTORY, &endCall { person })
                .map(drop),
            1 => self
                .world
                .call(
                    caller,
                    DIRECTORY,
                    &setKeyCall {
                        key: person.into_word(),
                    },
                )
                .map(drop),
            _ => self.world.call(caller, DIRECTORY, &enrol).map(drop),
        };
    }

    fn seals(&mut self) {
        let (chart, record) = self.dice.pick(&[
            (CHART, SEALED),
            (CHART, SEALED_SUMMARY),
            (CHART, SEALED),
            (OTHER_CHART, OTHER_SEALED),
        ]);
        let purpose = self.dice.pick(&[1, 5, 8]);
        let readers = [
            Who::Physician,
            Who::Physician,
            Who::Nurse,
            Who::Agent,
            Who::Patient,
            Who::Clinic,
        ];
        let (caller, reader) = (self.caller(), self.dice.pick(&readers));
        let opening = openSealsCall {
            chart,
            records: vec![record],
            purpose,
            key: WRAP,
            request: B256::ZERO,
        };
        let emergency = breakGlassCall {
            chart,
            records: vec![record],
            purpose,
            reason: WRAP,
            key: WRAP,
        };
        let kinds = self.dice.pick(&[0, 1, 8, 9]);
        let rule = self.dice.pick(&[RULE, Default::default()]);
        let (number, dice) = (self.dice.roll(20), self.dice.roll(8));
        if dice < 2 {
            return self.open_under_a_request();
        }
        let world = &mut self.world;
        let _refused_or_not = match dice {
            2..4 => world.call(reader, SEALS, &opening).map(drop),
            4 => world.call(reader, SEALS, &emergency).map(drop),
            5 => world
                .call(caller, SEALS, &pointRuleCall { chart, kinds, rule })
                .map(drop),
            6 => world
                .call(caller, SEALS, &setBreakGlassCall { chart, kinds })
                .map(drop),
            _ => {
                let call = reviewCall {
                    opening: number,
                    outcome: 1,
                    note: WRAP,
                };
                world.call(Who::Officer, SEALS, &call).map(drop)
            }
        };
    }

    /// The holder of a newer request opens what it may cover.
    fn open_under_a_request(&mut self) {
        let newer = self.requests.len().saturating_sub(4);
        let id = self.dice.pick(&self.requests[newer..]);
        let view = requestByIdCall { id };
        let Ok(request) = self.world.call(Who::Patient, ACCESS, &view) else {
            return;
        };
        let holder = EVERYONE
            .into_iter()
            .find(|who| who.address() == request.requester);
        let call = openSealsCall {
            chart: CHART,
            records: vec![self.dice.pick(&[SEALED, SEALED, SEALED_SUMMARY])],
            purpose: request.purpose,
            key: WRAP,
            request: id,
        };
        let holder = holder.expect("everyone who asks is known");
        let _refused_or_not = self.world.call(holder, SEALS, &call);
    }

    fn write(&mut self) {
        let caller = self.dice.pick(&EVERYONE);
        let record = B256::with_last_byte(self.dice.roll(20) as u8);
        let chart = self.dice.pick(&[CHART, OTHER_CHART]);
        let controller = self.dice.pick(&EVERYONE).address();
        let amend = amendCall {
            record,
            commitment: WRAP,
            contentId: WRAP,
            wrapId: WRAP,
        };
        let until = START + self.dice.roll(100_000);
        let kind = self.dice.pick(Kind::ALL);
        let world = &mut self.world;
        let sealed = sealed_registration(record, chart, kind);
        let _refused_or_not = match self.dice.roll(7) {
            0 => world
                .call(caller, RECORDS, &openChartCall { chart, controller })
                .map(drop),
            1 => world
                .call(caller, RECORDS, &registration(record, chart, kind))
                .map(drop),
            2 => world.call(caller, RECORDS, &amend).map(drop),
            3 => world.call(caller, RECORDS, &sealed).map(drop),
            4 => world.call(caller, RECORDS, &eraseCall { record }).map(drop),
            5 => world
                .call(caller, RECORDS, &setHoldCall { record, until })
                .map(drop),
            _ => world
                .call(caller, RECORDS, &withdrawCall { record })
                .map(drop),
        };
    }

    /// Status of every request of the chart, as its controller sees it.
    pub(super) fn statuses(&mut self) -> BTreeMap<B256, RequestStatus> {
        let mut statuses = BTreeMap::new();
        let mut from = 0;
        loop {
            let call = requestsCall {
                chart: CHART,
                from,
                limit: 100,
            };
            let found = self.world.ok(Who::Patient, ACCESS, &call);
            statuses.extend(found.page.iter().map(|request| {
                let status = RequestStatus::from_code(request.status);
                (request.id, status.expect("a status that exists"))
            }));
            from += found.page.len() as u64;
            if from == found.total {
                return statuses;
            }
        }
    }
}

/// Walks from six seeds; the closure gets the walk and the number of the step, from 0 in each.
pub(super) fn walks(mut after_each_step: impl FnMut(&mut Walk, usize)) {
    for seed in 0..6 {
        let mut walk = Walk::new(seed);
        for step in 0..400 {
            walk.step();
            after_each_step(&mut walk, step);
        }
    }
}
