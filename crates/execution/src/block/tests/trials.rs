//! Trials through the machine: they run, and what they cost stays within bars.

use super::packs::{send, used};
use crate::testing::{Chain, Person, hash_of};
use alloy_eips::eip2935::HISTORY_STORAGE_ADDRESS;
use alloy_primitives::{Address, B256};
use theriac_contracts::addresses::{BLOCK_HASHES, DIRECTORY, TRIALS};
use theriac_contracts::codes::{Role, TrialRole};
use theriac_contracts::interfaces::IDirectory;
use theriac_contracts::interfaces::ITrials::{
    Capture, Outcome, Schedule, When, captureCall, consentCall, registerCall, roleCall, siteCall,
    studyIdCall, studyOfCall, sumsOfCall,
};

const WORD: B256 = B256::repeat_byte(7);
/// Subjects of the study.
const SUBJECTS: u32 = 300;

/// A hospital that sponsors a study at its own site, and its investigator.
struct Trial {
    chain: Chain,
    investigator: Person,
    study: B256,
}

fn outcome() -> Outcome {
    Outcome {
        level: 1,
        id: WORD,
        domain: WORD,
        measurement: WORD,
        metric: WORD,
        aggregation: WORD,
        timePoint: WORD,
        population: WORD,
    }
}

fn never() -> When {
    When {
        observed: 0,
        beaconHeight: 0,
        beaconHash: B256::ZERO,
    }
}

impl Trial {
    fn new() -> Self {
        let (mut hospital, investigator) = (Person::new(1), Person::new(2));
        let mut chain = Chain::of(&[&hospital]);
        let enrol = IDirectory::enrolCall {
            person: investigator.address(),
            role: Role::Physician.code(),
            expiry: 0,
            nameCommitment: WORD,
            licenceCommitment: WORD,
        };
        used(&mut chain, send(&mut hospital, DIRECTORY, &enrol));
        let register = registerCall {
            number: 1,
            protocol: WORD,
            schedule: Schedule {
                root: WORD,
                cells: vec![20; 15].into(),
            },
            outcomes: vec![outcome()],
            approvers: vec![hospital.address()],
            threshold: 1,
            retention: u64::MAX,
        };
        let registered = used(&mut chain, send(&mut hospital, TRIALS, &register));
        println!("register {registered}");
        assert!(registered < 800_000);
        let name = studyIdCall {
            organisation: 1,
            number: 1,
        };
        let study = view(&chain, &name);
        let site = siteCall {
            study,
            site: 1,
            organisation: 1,
            status: 1,
        };
        used(&mut chain, send(&mut hospital, TRIALS, &site));
        let role = roleCall {
            study,
            account: investigator.address(),
            site: 1,
            role: TrialRole::Investigator.code(),
            until: u64::MAX,
        };
        used(&mut chain, send(&mut hospital, TRIALS, &role));
        Self {
            chain,
            investigator,
            study,
        }
    }

    fn with_subjects(count: u32) -> Self {
        let mut trial = Self::new();
        let mut most = 0;
        for slot in 1..=count {
            let consent = consentCall {
                study: trial.study,
                slot,
                site: 1,
                document: WORD,
                version: 1,
                signature: WORD,
                participant: Address::ZERO,
                when: never(),
            };
            let transaction = send(&mut trial.investigator, TRIALS, &consent);
            most = most.max(used(&mut trial.chain, transaction));
        }
        println!("consent {most}");
        assert!(most < 600_000);
        trial
    }

    fn capture(&mut self, forms: impl Iterator<Item = (u32, u32)>) -> u64 {
        let beacon = self.chain.height - 2;
        let form = |(slot, cell)| Capture {
            slot,
            cell,
            root: WORD,
            items: 20,
            nulls: 1,
            when: When {
                observed: 1_800_000_000_000,
                beaconHeight: beacon,
                beaconHash: hash_of(beacon),
            },
        };
        let call = captureCall {
            study: self.study,
            captures: forms.map(form).collect(),
        };
        let transaction = send(&mut self.investigator, TRIALS, &call);
        used(&mut self.chain, transaction)
    }
}

fn view<C: alloy_sol_types::SolCall>(chain: &Chain, call: &C) -> C::Return {
    let found = chain.call(TRIALS, call.abi_encode());
    C::abi_decode_returns(&found.output).expect("the view answers")
}

#[test]
fn block_hashes_are_read_where_eip_2935_has_them() {
    assert_eq!(BLOCK_HASHES, HISTORY_STORAGE_ADDRESS);
}

#[test]
fn forms_of_many_subjects_fit_a_transaction_at_a_known_price() {
    let mut trial = Trial::with_subjects(SUBJECTS);
    let one = trial.capture([(1, 0)].into_iter());
    let spread = trial.capture((1..=64).map(|number| (number * 4, 0)));
    let again = trial.capture((1..=64).map(|number| (number * 4, 1)));
    let of_one = trial.capture((0..64).map(|number| (2, number)));
    let most = trial.capture((0..256).map(|number| (1 + number, 100)));
    println!(
        "capture 1: {one}; 64 of 64 subjects: {spread}, {again}; 64 of one: {of_one}; 256: {most}"
    );
    assert!(one < 400_000 && of_one < 3_000_000);
    assert!(spread < 9_000_000 && again < 8_000_000 && most < 30_000_000);
    let study = view(&trial.chain, &studyOfCall { study: trial.study });
    assert_eq!(study.size, 3 + u64::from(SUBJECTS) + 1 + 64 * 3 + 256);
    let sums = view(&trial.chain, &sumsOfCall { study: trial.study });
    assert_eq!(sums.items, (1 + 64 * 3 + 256) * 20);
    assert_eq!(sums.missing, u64::from(SUBJECTS) * 300 - (1 + 64 * 3 + 256));
}
