//! Who asks, and rules and requests that are drawn from a seed.

use super::{BATCH, MOMENTS, MOST_RULES};
use crate::block::tests::missing::random;
use crate::testing::AskAll::AccessRequest;
use crate::testing::{Chain, Person, testing_code};
use alloy_primitives::{Address, B256, TxKind};
use alloy_sol_types::SolCall;
use theriac_contracts::addresses::DIRECTORY;
use theriac_contracts::codes::{Kinds, Purpose, Role};
use theriac_contracts::interfaces::{IAccess, IDirectory};

/// Three hospitals, a patient with many charts, twelve people who ask, and a twin of the rules.
pub(super) struct Scene {
    pub(super) chain: Chain,
    hospitals: Vec<Person>,
    pub(super) patient: Person,
    readers: Vec<(Address, u32, Role)>,
    pub(super) asker: Address,
    seed: u64,
}

pub(super) fn chart(number: u64) -> B256 {
    B256::left_padding_from(&(number + 1).to_be_bytes())
}

impl Scene {
    pub(super) fn new() -> Self {
        let hospitals: Vec<_> = (1..=3).map(Person::new).collect();
        let patient = Person::new(4);
        let mut scene = Self {
            chain: Chain::of(&hospitals.iter().collect::<Vec<_>>()),
            hospitals,
            patient,
            readers: Vec::new(),
            asker: Address::ZERO,
            seed: 20_260_911,
        };
        scene.enrol(0, scene.patient.address(), Role::Patient);
        for number in 0..12 {
            let role = Role::ALL[1 + number % 8];
            let reader = Person::new(50 + number as u8).address();
            scene.enrol(number % 3, reader, role);
            scene.readers.push((reader, (number % 3) as u32 + 1, role));
        }
        scene.asker = scene.deploy(testing_code("contracts", "AskAll"));
        scene
    }

    fn enrol(&mut self, hospital: usize, person: Address, role: Role) {
        let call = IDirectory::enrolCall {
            person,
            role: role.code(),
            expiry: 0,
            nameCommitment: B256::repeat_byte(1),
            licenceCommitment: B256::repeat_byte(2),
        };
        let transaction = self.hospitals[hospital].send(TxKind::Call(DIRECTORY), call.abi_encode());
        assert!(self.chain.one(transaction).envelope.status());
    }

    /// Deploys in the name of the patient.
    pub(super) fn deploy(&mut self, code: Vec<u8>) -> Address {
        let receipt = self.chain.one(self.patient.send(TxKind::Create, code));
        assert!(receipt.envelope.status());
        receipt.contract_address.expect("the contract is deployed")
    }

    /// The patient sends these calls, each of which succeeds.
    pub(super) fn all_succeed(&mut self, calls: Vec<(Address, Vec<u8>)>) {
        for batch in calls.chunks(BATCH) {
            let transactions: Vec<_> = batch
                .iter()
                .map(|(to, input)| self.patient.send(TxKind::Call(*to), input.clone()))
                .collect();
            let receipts = self.chain.block(&transactions).receipts;
            assert!(receipts.iter().all(|receipt| receipt.envelope.status()));
        }
    }

    fn draw(&mut self, below: u64) -> u64 {
        random(&mut self.seed) % below
    }

    /// `value` in one of three, otherwise zero, which matches all.
    fn sometimes(&mut self, value: u64) -> u64 {
        if self.draw(3) == 0 { value } else { 0 }
    }

    fn mask(&mut self) -> u32 {
        // Few kinds, so that masks meet and cover each other often.
        let few = (self.draw(15) + 1) as u32;
        let many = if self.draw(8) == 0 {
            Kinds::ALL.0 & !0xf
        } else {
            0
        };
        few | many
    }

    /// A rule that can be set, about people, purposes and moments that occur.
    fn rule(&mut self, first: u64) -> IAccess::Rule {
        let reader = self.draw(12) as usize;
        let who = if self.draw(5) == 0 {
            self.readers[reader].0
        } else {
            Address::ZERO
        };
        let (role, organisation, purpose) = (self.draw(9) + 1, self.draw(4) + 1, self.draw(3) + 1);
        let kinds = self.mask();
        let from = first + self.draw(MOMENTS + 1);
        let until = first + 1 + self.draw(MOMENTS);
        let mut rule = IAccess::Rule {
            who,
            organisation: self.sometimes(organisation) as u32,
            kinds: if self.draw(2) == 0 { kinds } else { 0 },
            effect: 1 + (self.draw(5) > 0) as u8,
            role: self.sometimes(role) as u8,
            purpose: self.sometimes(purpose) as u8,
            from: self.sometimes(from),
            until: self.sometimes(until),
        };
        if rule.until != 0 && rule.until <= rule.from {
            rule.from = 0;
        }
        rule
    }

    /// Rules of a chart, some of which are removed again: `None`.
    pub(super) fn rules(&mut self, first: u64) -> Vec<Option<IAccess::Rule>> {
        let count = self.draw(MOST_RULES + 1);
        (0..count)
            .map(|_| (self.draw(6) > 0).then(|| self.rule(first)))
            .collect()
    }

    pub(super) fn request(&mut self, chart: B256, time: u64) -> AccessRequest {
        let reader = self.draw(12) as usize;
        let (requester, organisation, role) = self.readers[reader];
        let kinds = self.mask();
        AccessRequest {
            chart,
            records: vec![],
            requester,
            organisation,
            role: role.code(),
            purpose: Purpose::ALL[self.draw(4) as usize].code(),
            kinds,
            time,
        }
    }
}
