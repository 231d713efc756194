//! What studies take of the ledger's state: bytes of keys and values, counted in blocks executed here.

use super::super::{
    author::Author,
    figures::Figures,
    prepare,
    replay::{Replay, Taken},
};
use super::world::{HOSPITAL, SITE};
use alloy_primitives::{Address, B256};
use alloy_sol_types::SolCall;
use theriac_consensus::Chain;
use theriac_contracts::{
    addresses::TRIALS,
    codes::{Role, TrialRole},
    interfaces::ITrials::{
        Capture, Outcome, Schedule, When, captureCall, consentCall, registerCall, roleCall,
        siteCall,
    },
};
use theriac_evidence::trial::study_id;
use theriac_sdk::account::Account;

const GAS: u64 = 30_000_000;
/// What the first of a kind writes once for all is not counted.
const SUBJECTS: u32 = 32;
const FORMS: u32 = 64;

/// What a subject and a form take.
pub(super) struct OfStudy {
    subject: Taken,
    form: Taken,
}

impl OfStudy {
    /// Tells each; `values` is the mean of a form.
    pub(super) fn tell(&self, values: f64, figures: &mut Figures) {
        figures.tell("state: bytes of a subject", (self.subject.bytes, "B"));
        figures.tell("state: bytes of a form", (self.form.bytes, "B"));
        figures.tell("state: bytes of a value", (self.form.bytes / values, "B"));
    }
}

/// Executes entries on the members and rules of `chain`; the account is the administrator of a hospital, which sponsors a study of its own.
///
/// # Errors
/// Where an entry is refused.
pub(super) fn measure(chain: &Chain, admin: Account) -> anyhow::Result<OfStudy> {
    let chain_id = chain.spec.chain_id;
    let organisation = HOSPITAL as u32 + 1;
    let study = study_id(chain_id, organisation, 1);
    let mut replay = Replay::new(chain);
    let mut admin = Author::new(admin, HOSPITAL);
    let mut investigator = Author::new(Account::generate(), HOSPITAL);
    let person = investigator.account.address();
    let enrolment = prepare::enrol(&mut admin, chain_id, (person, Role::Physician));
    let site = siteCall {
        study,
        site: SITE,
        organisation,
        status: 1,
    };
    let role = roleCall {
        study,
        account: person,
        site: SITE,
        role: TrialRole::Investigator.code(),
        until: u64::MAX,
    };
    let register = register(admin.account.address()).abi_encode();
    let setup = [register, site.abi_encode(), role.abi_encode()];
    let setup = setup.map(|call| admin.sign(chain_id, (TRIALS.into(), GAS, call)));
    replay.taken(&[enrolment])?;
    replay.taken(&setup)?;
    let mut sign = |call: Vec<u8>| investigator.sign(chain_id, (TRIALS.into(), GAS, call));
    let consents = (1..=SUBJECTS).map(|slot| sign(consent(study, slot).abi_encode()));
    let consents: Vec<_> = consents.collect();
    let captures = (1..=SUBJECTS).map(|slot| sign(capture(study, slot).abi_encode()));
    let captures: Vec<_> = captures.collect();
    replay.taken(&consents[..1])?;
    let subject = replay.taken(&consents[1..])?;
    replay.taken(&captures[..1])?;
    let form = replay.taken(&captures[1..])?;
    let counted = SUBJECTS as usize - 1;
    Ok(OfStudy {
        subject: subject.each(counted),
        form: form.each(counted * FORMS as usize),
    })
}

fn random() -> B256 {
    B256::new(rand::random())
}

fn register(approver: Address) -> registerCall {
    let outcome = Outcome {
        level: 1,
        id: random(),
        domain: random(),
        measurement: random(),
        metric: random(),
        aggregation: random(),
        timePoint: random(),
        population: random(),
    };
    registerCall {
        number: 1,
        protocol: random(),
        schedule: Schedule {
            root: random(),
            cells: vec![FORMS as u8].into(),
        },
        outcomes: vec![outcome],
        approvers: vec![approver],
        threshold: 1,
        retention: u64::MAX,
    }
}

fn consent(study: B256, slot: u32) -> consentCall {
    consentCall {
        study,
        slot,
        site: SITE,
        document: random(),
        version: 1,
        signature: random(),
        participant: Address::ZERO,
        when: never(),
    }
}

fn capture(study: B256, slot: u32) -> captureCall {
    let form = |cell| Capture {
        slot,
        cell,
        root: random(),
        items: 600,
        nulls: 0,
        when: never(),
    };
    captureCall {
        study,
        captures: (0..FORMS).map(form).collect(),
    }
}

fn never() -> When {
    When {
        observed: 0,
        beaconHeight: 0,
        beaconHash: B256::ZERO,
    }
}
