//! Openings of sealed records that contracts in Solidity decide, in whole blocks.

use crate::testing::{Chain, Person, environment, example};
use alloy_primitives::{Address, B256, TxKind, U256, keccak256};
use alloy_sol_types::{SolCall, SolEvent, SolValue};
use theriac_contracts::addresses::{ACCESS, DIRECTORY, RECORDS, SEALS};
use theriac_contracts::codes::{Basis, Effect, EntryKind, Kind, OpeningStatus, Purpose, Role};
use theriac_contracts::interfaces::{IAccess, IDirectory, IRecords, ISeals};
use theriac_evidence::state::{Account, StateKey};

const CHART: B256 = B256::repeat_byte(0xc1);
const LABORATORY: B256 = B256::repeat_byte(0xe1);
const SUMMARY: B256 = B256::repeat_byte(0xe2);
/// 2027-01-15, 08:00 UTC, is a Friday.
const FRIDAY_MORNING: [u32; 3] = [0b001_1111, 7 * 60, 19 * 60];

/// A hospital with an author and a patient, whose chart has two sealed records; a clinic with two physicians.
struct Scene {
    chain: Chain,
    hospital: Person,
    patient: Person,
    cardiologist: Person,
    practitioner: Person,
}

fn sent(person: &mut Person, contract: Address, call: impl SolCall) -> crate::Transaction {
    person.send_with(TxKind::Call(contract), call.abi_encode(), |transaction| {
        transaction.gas_limit = 3_000_000;
    })
}

fn enrolment(person: &Person, role: Role) -> IDirectory::enrolCall {
    IDirectory::enrolCall {
        person: person.address(),
        role: role.code(),
        expiry: 0,
        nameCommitment: B256::repeat_byte(1),
        licenceCommitment: B256::repeat_byte(2),
    }
}

fn registration(record: B256, kind: Kind) -> IRecords::registerSealedCall {
    IRecords::registerSealedCall {
        record,
        chart: CHART,
        commitment: B256::repeat_byte(3),
        contentId: B256::repeat_byte(4),
        wrapId: B256::repeat_byte(5),
        kind: kind.code(),
        salt: B256::repeat_byte(6),
        sealedKey: B256::repeat_byte(7),
    }
}

impl Scene {
    fn new() -> Self {
        let (mut hospital, mut clinic, mut author) =
            (Person::new(1), Person::new(2), Person::new(3));
        let mut scene = Self {
            chain: Chain::of(&[&hospital, &clinic]),
            hospital: hospital.clone(),
            patient: Person::new(4),
            cardiologist: Person::new(5),
            practitioner: Person::new(6),
        };
        let opening = IRecords::openChartCall {
            chart: CHART,
            controller: scene.patient.address(),
        };
        let all = [
            sent(
                &mut hospital,
                DIRECTORY,
                enrolment(&author, Role::Physician),
            ),
            sent(
                &mut hospital,
                DIRECTORY,
                enrolment(&scene.patient, Role::Patient),
            ),
            sent(
                &mut clinic,
                DIRECTORY,
                enrolment(&scene.cardiologist, Role::Physician),
            ),
            sent(
                &mut clinic,
                DIRECTORY,
                enrolment(&scene.practitioner, Role::Physician),
            ),
            sent(&mut author, RECORDS, opening),
            sent(
                &mut author,
                RECORDS,
                registration(LABORATORY, Kind::Laboratory),
            ),
            sent(&mut author, RECORDS, registration(SUMMARY, Kind::Summary)),
        ];
        for transaction in all {
            assert!(scene.chain.one(transaction).envelope.status());
        }
        scene.hospital = hospital;
        scene
    }

    fn deploy(&mut self, code: Vec<u8>) -> Address {
        let receipt = self.chain.one(self.hospital.send(TxKind::Create, code));
        assert!(receipt.envelope.status());
        receipt.contract_address.expect("the contract is deployed")
    }

    /// The cardiologists of the clinic, of whom there is one.
    fn cardiologists(&mut self) -> Address {
        let [days, opens, closes] = FRIDAY_MORNING.map(U256::from);
        let until = environment(1_000_000).timestamp();
        let list = vec![self.cardiologist.address()];
        let arguments = (2_u32, list, (days, opens, closes), until).abi_encode_params();
        self.deploy([example("CardiologistsOfHospital"), arguments].concat())
    }

    fn point(&mut self, kinds: &[Kind], rule: Address) {
        let kinds = kinds.iter().fold(0, |mask, kind| mask | kind.bit().0);
        let chart = CHART;
        let call = ISeals::pointRuleCall { chart, kinds, rule };
        self.patient_does(SEALS, call);
    }

    fn patient_does(&mut self, contract: Address, call: impl SolCall) {
        let transaction = sent(&mut self.patient, contract, call);
        assert!(self.chain.one(transaction).envelope.status());
    }

    /// What becomes of an opening in a block: basis, status and gas; its entry is in the chart's log, whatever the verdict.
    fn open(
        &mut self,
        person: fn(&mut Self) -> &mut Person,
        records: &[B256],
    ) -> (Basis, OpeningStatus, u64) {
        let call = ISeals::openCall {
            chart: CHART,
            records: records.to_vec(),
            purpose: Purpose::Treatment.code(),
            key: B256::repeat_byte(8),
            request: B256::ZERO,
        };
        let transaction = sent(person(self), SEALS, call);
        let receipt = self.chain.one(transaction);
        assert!(receipt.envelope.status(), "a denial is no revert");
        let logs = receipt.envelope.logs();
        let decided = logs
            .iter()
            .find_map(|log| ISeals::OpeningDecided::decode_log(log).ok());
        let decided = decided.expect("an opening is told");
        let entry = logs
            .iter()
            .find_map(|log| IAccess::LogEntry::decode_log(log).ok());
        let status = OpeningStatus::from_code(decided.status).expect("a status that exists");
        let kind = match status {
            OpeningStatus::Admitted => EntryKind::SealedOpened,
            OpeningStatus::Denied => EntryKind::OpeningDenied,
        };
        assert_eq!(entry.map(|entry| entry.kind), Some(kind.code()));
        let basis = Basis::from_code(decided.basis).expect("a basis that exists");
        (basis, status, receipt.gas_used)
    }

    fn cardiologist_opens(&mut self, records: &[B256]) -> (Basis, OpeningStatus, u64) {
        self.open(|scene| &mut scene.cardiologist, records)
    }
}

const ADMITTED: (Basis, OpeningStatus) = (Basis::ContractRule, OpeningStatus::Admitted);
const DENIED: (Basis, OpeningStatus) = (Basis::ContractRule, OpeningStatus::Denied);

fn verdict((basis, status, _): (Basis, OpeningStatus, u64)) -> (Basis, OpeningStatus) {
    (basis, status)
}

/// The patient is offline; her rule admits the cardiologist and refuses the practitioner.
#[test]
fn contract_admits_the_cardiologist_and_refuses_the_practitioner() {
    let mut scene = Scene::new();
    let rule = scene.cardiologists();
    scene.point(&[Kind::Laboratory, Kind::Imaging], rule);
    assert_eq!(verdict(scene.cardiologist_opens(&[LABORATORY])), ADMITTED);
    let refused = scene.open(|scene| &mut scene.practitioner, &[LABORATORY]);
    assert_eq!(verdict(refused), DENIED);
}

/// Kinds that are not pointed at a contract are the native rules' business, and each rule must admit its records.
#[test]
fn every_rule_that_is_asked_must_admit() {
    let mut scene = Scene::new();
    let rule = scene.cardiologists();
    scene.point(&[Kind::Laboratory], rule);
    let both = [LABORATORY, SUMMARY];
    let native = (Basis::NativeRule, OpeningStatus::Denied);
    assert_eq!(verdict(scene.cardiologist_opens(&both)), native);
    let nobody = scene.deploy(
        [
            example("EmergencyRole"),
            (vec![9_u32], 1_u32).abi_encode_params(),
        ]
        .concat(),
    );
    scene.point(&[Kind::Summary], nobody);
    assert_eq!(verdict(scene.cardiologist_opens(&both)), DENIED);
    scene.point(&[Kind::Summary], rule);
    assert_eq!(verdict(scene.cardiologist_opens(&both)), ADMITTED);
}

#[test]
fn native_denial_wins_over_a_contract() {
    let mut scene = Scene::new();
    let rule = scene.cardiologists();
    scene.point(&[Kind::Laboratory], rule);
    let deny = IAccess::setRuleCall {
        chart: CHART,
        index: 0,
        rule: IAccess::Rule {
            effect: Effect::Deny.code(),
            who: scene.cardiologist.address(),
            ..Default::default()
        },
    };
    scene.patient_does(ACCESS, deny);
    let denied = (Basis::NativeRule, OpeningStatus::Denied);
    assert_eq!(verdict(scene.cardiologist_opens(&[LABORATORY])), denied);
}

/// Code that says yes to everyone, at an address that was pinned with other code.
#[test]
fn contract_with_other_code_than_was_pinned_admits_nobody() {
    let mut scene = Scene::new();
    let rule = scene.cardiologists();
    scene.point(&[Kind::Laboratory], rule);
    let yes = [0x60, 1, 0x5f, 0x52, 0x60, 32, 0x5f, 0xf3];
    let account = Account {
        code_hash: keccak256(yes),
        ..scene.chain.account(rule).expect("the rule is there")
    };
    let state = &mut scene.chain.state;
    state.insert(StateKey::code(&account.code_hash), yes.to_vec().into());
    state.insert(StateKey::account(&rule), account.encode().into());
    assert_eq!(verdict(scene.cardiologist_opens(&[LABORATORY])), DENIED);
    scene.point(&[Kind::Laboratory], rule);
    assert_eq!(verdict(scene.cardiologist_opens(&[LABORATORY])), ADMITTED);
}

/// Rules that loop, call back, delegate, write or answer with more than a yes: each is a denial in the log, and costs the opener the rule's gas at most.
#[test]
fn hostile_contract_is_a_denial_that_its_opener_pays() {
    let yes = [0x60, 1, 0x5f, 0x52, 0x60, 32, 0x5f, 0xf3];
    let call = |kind: u8, target: Address| {
        let mut code = vec![0x5f; 4];
        code.push(0x73);
        code.extend(target);
        code.extend([0x5a, kind, 0x50]);
        code
    };
    let mut scene = Scene::new();
    let honest = scene.deploy(creation(&yes));
    scene.point(&[Kind::Laboratory], honest);
    let (basis, status, least) = scene.cardiologist_opens(&[LABORATORY]);
    assert_eq!((basis, status), ADMITTED);
    for fragment in [
        vec![0x5b, 0x5f, 0x56],
        call(0xfa, SEALS),
        call(0xfa, ACCESS),
        call(0xf4, honest),
        vec![0x60, 1, 0x5f, 0x55],
        vec![0x60, 1, 0x5f, 0x52, 0x60, 64, 0x5f, 0xf3],
        vec![0x5f, 0x5f, 0xfd],
    ] {
        let rule = scene.deploy(creation(&[&fragment[..], &yes].concat()));
        scene.point(&[Kind::Laboratory], rule);
        let (basis, status, gas) = scene.cardiologist_opens(&[LABORATORY]);
        assert_eq!((basis, status), DENIED, "{fragment:02x?}");
        assert!(gas < least + 500_000 + 30_000, "{fragment:02x?} {gas}");
    }
}

/// Creation code that leaves `code` behind.
fn creation(code: &[u8]) -> Vec<u8> {
    let length = u8::try_from(code.len()).expect("code is short");
    [&[0x60, length, 0x80, 0x60, 9, 0x5f, 0x39, 0x5f, 0xf3], code].concat()
}
