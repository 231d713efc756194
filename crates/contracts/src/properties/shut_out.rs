//! A frozen key and a replaced one, tried at every function that changes state.
//! Longer than 600 lines because one walk tries every function that changes state.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::{SolCall, private::alloy_json_abi::Function};

use crate::{
    Refusal, Stop,
    addresses::{ACCESS, DELEGATION, DIRECTORY, RECORDS, RECOVERY, SEALS},
    codes::{Effect, Kind},
    interfaces::{IAccess, IDelegation, IDirectory, IRecords, IRecovery, ISeals},
    signing::{Amendment, Registration, SealedAmendment, SealedRegistration, Withdrawal},
    testing::{
        CHART, EXPIRY, OTHER_CHART, OTHER_RECORD, START, WRAP, Who, World, emergency, opening,
        proxy, question, registration, sealed_registration,
    },
};

/// Functions that act for nobody: whoever calls them, they do the same.
const FOR_NOBODY: [[u8; 4]; 2] = [
    IRecovery::executeCall::SELECTOR,
    IRecovery::moveChartsCall::SELECTOR,
];

const OWN_RECORD: B256 = B256::repeat_byte(0xe9);
const OWN_SEALED: B256 = B256::repeat_byte(0xea);
const OWN_HELD: B256 = B256::repeat_byte(0xeb);
const OWN_WITHDRAWN: B256 = B256::repeat_byte(0xec);
const DEADLINE: u64 = START + 3_000;

/// A call that the patient may make, or that someone else may bring with her signature.
struct Deed {
    contract: Address,
    caller: Who,
    input: Vec<u8>,
}

fn deed<C: SolCall>(contract: Address, call: C) -> Deed {
    Deed {
        contract,
        caller: Who::Patient,
        input: call.abi_encode(),
    }
}

fn brought<C: SolCall>(contract: Address, call: C) -> Deed {
    Deed {
        caller: Who::Agent,
        ..deed(contract, call)
    }
}

/// The patient has guardians and a record of her own, is guardian and proxy of the other patient, and is to be asked by the physician.
fn world() -> World {
    let mut world = World::guarded();
    for record in [OWN_RECORD, OWN_HELD, OWN_WITHDRAWN] {
        let own = registration(record, CHART, Kind::Plan);
        world.ok(Who::Patient, RECORDS, &own);
    }
    world.ok(Who::Patient, RECORDS, &hold());
    let withdraw = IRecords::withdrawCall {
        record: OWN_WITHDRAWN,
    };
    world.ok(Who::Patient, RECORDS, &withdraw);
    let sealed = sealed_registration(OWN_SEALED, CHART, Kind::Plan);
    world.ok(Who::Patient, RECORDS, &sealed);
    world.name_guardians(Who::OtherPatient, &[Who::Patient], 1);
    let appoint = IDelegation::appointCall {
        chart: OTHER_CHART,
        delegate: Who::Patient.address(),
        ..proxy()
    };
    world.ok(Who::OtherPatient, DELEGATION, &appoint);
    world
}

fn hold() -> IRecords::setHoldCall {
    IRecords::setHoldCall {
        record: OWN_HELD,
        until: START + 100_000,
    }
}

fn in_records(world: &mut World) -> Vec<Deed> {
    let amend = IRecords::amendCall {
        record: OWN_RECORD,
        commitment: WRAP,
        contentId: WRAP,
        wrapId: WRAP,
    };
    let amend_sealed = IRecords::amendSealedCall {
        record: OWN_SEALED,
        commitment: WRAP,
        contentId: WRAP,
        wrapId: WRAP,
        salt: WRAP,
        sealedKey: WRAP,
    };
    let open = IRecords::openChartCall {
        chart: B256::repeat_byte(9),
        controller: Who::Patient.address(),
    };
    let mut deeds = vec![
        deed(RECORDS, open),
        deed(RECORDS, registration(WRAP, CHART, Kind::Plan)),
        deed(RECORDS, amend),
        deed(RECORDS, IRecords::withdrawCall { record: OWN_RECORD }),
    ];
    deeds.push(deed(RECORDS, sealed_registration(WRAP, CHART, Kind::Plan)));
    deeds.push(deed(RECORDS, amend_sealed));
    deeds.push(deed(RECORDS, hold()));
    let release = IRecords::releaseHoldCall { record: OWN_HELD };
    deeds.push(deed(RECORDS, release));
    let erase = IRecords::eraseCall {
        record: OWN_WITHDRAWN,
    };
    deeds.push(deed(RECORDS, erase));
    deeds.extend(signed_in_records(world));
    deeds.extend(signed_and_sealed(world));
    deeds
}

fn signed_and_sealed(world: &World) -> [Deed; 2] {
    let plain = sealed_registration(WRAP, CHART, Kind::Plan);
    let message = SealedRegistration {
        record: plain.record,
        chart: plain.chart,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        kind: plain.kind,
        salt: plain.salt,
        sealedKey: plain.sealedKey,
        nonce: 0,
        deadline: DEADLINE,
    };
    let register = IRecords::registerSealedSignedCall {
        record: plain.record,
        chart: plain.chart,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        kind: plain.kind,
        salt: plain.salt,
        sealedKey: plain.sealedKey,
        authority: authority(world, &message),
    };
    let message = SealedAmendment {
        record: OWN_SEALED,
        commitment: WRAP,
        contentId: WRAP,
        wrapId: WRAP,
        salt: WRAP,
        sealedKey: WRAP,
        nonce: 0,
        deadline: DEADLINE,
    };
    let amend = IRecords::amendSealedSignedCall {
        record: OWN_SEALED,
        commitment: WRAP,
        contentId: WRAP,
        wrapId: WRAP,
        salt: WRAP,
        sealedKey: WRAP,
        authority: authority(world, &message),
    };
    [brought(RECORDS, register), brought(RECORDS, amend)]
}

fn in_seals(_: &mut World) -> Vec<Deed> {
    let point = ISeals::pointRuleCall {
        chart: CHART,
        kinds: 1,
        rule: Address::ZERO,
    };
    let scope = ISeals::setBreakGlassCall {
        chart: CHART,
        kinds: 1,
    };
    let open = ISeals::openCall {
        records: vec![OWN_SEALED],
        ..opening()
    };
    vec![deed(SEALS, point), deed(SEALS, scope), deed(SEALS, open)]
}

fn authority(world: &World, message: &impl alloy_sol_types::SolStruct) -> IRecords::Authority {
    let domain = crate::signing::domain(world.host.chain_id, RECORDS);
    IRecords::Authority {
        author: Who::Patient.address(),
        nonce: 0,
        deadline: DEADLINE,
        signature: Who::Patient.sign(message.eip712_signing_hash(&domain)),
    }
}

fn signed_in_records(world: &World) -> [Deed; 3] {
    let plain = registration(WRAP, CHART, Kind::Plan);
    let message = Registration {
        record: plain.record,
        chart: plain.chart,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        kind: plain.kind,
        protection: plain.protection,
        nonce: 0,
        deadline: DEADLINE,
    };
    let register = IRecords::registerSignedCall {
        record: plain.record,
        chart: plain.chart,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        kind: plain.kind,
        protection: plain.protection,
        authority: authority(world, &message),
    };
    let message = Amendment {
        record: OWN_RECORD,
        commitment: WRAP,
        contentId: WRAP,
        wrapId: WRAP,
        nonce: 0,
        deadline: DEADLINE,
    };
    let amend = IRecords::amendSignedCall {
        record: OWN_RECORD,
        commitment: WRAP,
        contentId: WRAP,
        wrapId: WRAP,
        authority: authority(world, &message),
    };
    let message = Withdrawal {
        record: OWN_RECORD,
        nonce: 0,
        deadline: DEADLINE,
    };
    let withdraw = IRecords::withdrawSignedCall {
        record: OWN_RECORD,
        authority: authority(world, &message),
    };
    [
        brought(RECORDS, register),
        brought(RECORDS, amend),
        brought(RECORDS, withdraw),
    ]
}

fn in_access(world: &mut World) -> Vec<Deed> {
    let (pending, granted) = (world.ask(), world.granted());
    let own = world.ok(
        Who::Patient,
        ACCESS,
        &IAccess::requestCall {
            chart: OTHER_CHART,
            record: OTHER_RECORD,
            ..question()
        },
    );
    let approve = IAccess::approveCall {
        id: own.id,
        wrap: WRAP,
    };
    world.ok(Who::OtherPatient, ACCESS, &approve);
    let admitted = world.admitted();
    let rule = IAccess::Rule {
        effect: Effect::Deny.code(),
        ..IAccess::Rule::default()
    };
    let grant = IAccess::grantCall {
        chart: CHART,
        grantee: Who::Nurse.address(),
        record: B256::ZERO,
        purpose: 1,
        kinds: 8,
        expiry: EXPIRY,
        key: WRAP,
        wrap: WRAP,
    };
    let open = IAccess::openCall {
        id: own.id,
        record: OTHER_RECORD,
    };
    vec![
        deed(
            ACCESS,
            IAccess::setRuleCall {
                chart: CHART,
                index: 1,
                rule,
            },
        ),
        deed(
            ACCESS,
            IAccess::removeRuleCall {
                chart: CHART,
                index: 0,
            },
        ),
        deed(
            ACCESS,
            IAccess::requestCall {
                chart: OTHER_CHART,
                record: OTHER_RECORD,
                ..question()
            },
        ),
        deed(
            ACCESS,
            IAccess::approveCall {
                id: pending,
                wrap: WRAP,
            },
        ),
        brought(ACCESS, world.approval(pending, 5)),
        brought(ACCESS, as_delegate(world)),
        deed(
            ACCESS,
            IAccess::fulfilCall {
                id: admitted,
                wrap: WRAP,
            },
        ),
        deed(ACCESS, IAccess::denyCall { id: pending }),
        deed(ACCESS, grant),
        deed(ACCESS, open),
        deed(ACCESS, IAccess::revokeCall { id: granted }),
    ]
}

/// The patient, as proxy, signs an approval for the other patient.
fn as_delegate(world: &mut World) -> IAccess::approveSignedByDelegateCall {
    let ask = IAccess::requestCall {
        chart: OTHER_CHART,
        record: OTHER_RECORD,
        ..question()
    };
    let id = world.ok(Who::Physician, ACCESS, &ask).id;
    let nonce = U256::from(6);
    let view = IAccess::approvalDigestCall {
        id,
        wrap: WRAP,
        nonce,
    };
    let digest = world.ok(Who::Patient, ACCESS, &view);
    IAccess::approveSignedByDelegateCall {
        id,
        delegate: Who::Patient.address(),
        wrap: WRAP,
        nonce,
        signature: Who::Patient.sign(digest),
    }
}

fn in_delegation(world: &mut World) -> Vec<Deed> {
    world.ok(Who::Patient, DELEGATION, &proxy());
    let dismiss = IDelegation::dismissCall {
        chart: CHART,
        delegate: Who::Agent.address(),
    };
    vec![deed(DELEGATION, proxy()), deed(DELEGATION, dismiss)]
}

fn in_recovery(world: &mut World) -> Vec<Deed> {
    let account = Who::OtherPatient.address();
    let propose = |who: Who| IRecovery::proposeCall {
        account,
        successor: who.address(),
    };
    let hand_over = IRecovery::successionDigestCall {
        account: Who::Patient.address(),
        successor: Who::Wallet.address(),
        deadline: DEADLINE,
    };
    let successor = Who::OtherSuccessor.address();
    let digest = world.ok(
        Who::Patient,
        RECOVERY,
        &IRecovery::successionDigestCall {
            successor,
            ..hand_over
        },
    );
    let hand_over = IRecovery::handOverCall {
        successor,
        deadline: DEADLINE,
        signature: Who::OtherSuccessor.sign(digest),
    };
    let set = IRecovery::setGuardiansCall {
        guardians: vec![Who::Nurse.address()],
        threshold: 1,
        delay: 60,
    };
    let mut deeds = vec![
        deed(RECOVERY, set),
        deed(RECOVERY, hand_over),
        deed(RECOVERY, propose(Who::Stranger)),
    ];
    // The patient is one of the nurse's two guardians; the other one proposes.
    world.name_guardians(Who::Nurse, &[Who::Patient, Who::Agent], 2);
    let nurse = Who::Nurse.address();
    let proposed = IRecovery::proposeCall {
        account: nurse,
        successor: Who::Stranger.address(),
    };
    world.ok(Who::Agent, RECOVERY, &proposed);
    let approve = IRecovery::approveCall {
        account: nurse,
        successor: Who::Stranger.address(),
    };
    deeds.extend([
        deed(RECOVERY, approve),
        deed(RECOVERY, IRecovery::freezeCall { account: nurse }),
        deed(RECOVERY, IRecovery::cancelCall { account: nurse }),
    ]);
    deeds
}

/// Tries each deed: it is done by the key that stands, and refused to the one that was shut out.
fn shuts_out(prepare: fn(&mut World) -> Vec<Deed>, shut: fn(&mut World)) -> BTreeSet<[u8; 4]> {
    let mut tried = BTreeSet::new();
    let mut world = world();
    let deeds = prepare(&mut world);
    for deed in &deeds {
        let before = world.host.snapshot();
        let name = &deed.input[..4];
        world
            .raw(deed.caller.address(), deed.contract, &deed.input)
            .unwrap_or_else(|stop| panic!("{name:?} was refused before: {stop:?}"));
        world.host.rollback(before);
    }
    shut(&mut world);
    for deed in &deeds {
        let before = world.host.snapshot();
        let outcome = world.raw(deed.caller.address(), deed.contract, &deed.input);
        let name = &deed.input[..4];
        let Err(Stop::Revert(data)) = outcome else {
            panic!("{name:?} of {} was not refused", deed.contract);
        };
        let refusal = Refusal::from_revert(&data).expect("a refusal of the table");
        let expected = [
            Refusal::KeyFrozen,
            Refusal::KeyReplaced,
            Refusal::NotTheController,
            Refusal::NotADelegate,
            Refusal::NotSignedByController,
        ];
        assert!(expected.contains(&refusal), "{name:?}: {refusal:?}");
        assert!(
            world.host.snapshot() == before,
            "{name:?} wrote before it refused"
        );
        tried.insert(deed.input[..4].try_into().expect("four bytes"));
    }
    tried
}

fn freeze(world: &mut World) {
    world.freeze_patient();
}

fn replace(world: &mut World) {
    world.replace_patient();
}

/// Selectors of the functions of a contract that change state.
fn mutating(abi: &BTreeMap<String, Vec<Function>>) -> BTreeSet<[u8; 4]> {
    abi.values()
        .flatten()
        .filter(|function| function.state_mutability.as_json_str() == "nonpayable")
        .map(|function| function.selector().0)
        .filter(|selector| !FOR_NOBODY.contains(selector))
        .collect()
}

#[test]
fn a_frozen_controller_and_a_replaced_key_do_nothing_at_any_function() {
    type Prepare = fn(&mut World) -> Vec<Deed>;
    let contracts: [(Prepare, _); 3] = [
        (in_records, mutating(&IRecords::abi::functions())),
        (in_access, mutating(&IAccess::abi::functions())),
        (in_delegation, mutating(&IDelegation::abi::functions())),
    ];
    for (prepare, expected) in contracts {
        for shut in [freeze, replace] {
            assert_eq!(shuts_out(prepare, shut), expected);
        }
    }
}

#[test]
fn a_frozen_or_replaced_key_takes_no_part_in_recovery() {
    for shut in [freeze, replace] {
        let mut tried = shuts_out(in_recovery, shut);
        // A veto needs a recovery of one's own: its tests have it.
        tried.insert(IRecovery::vetoCall::SELECTOR);
        assert_eq!(tried, mutating(&IRecovery::abi::functions()));
    }
}

#[test]
fn a_frozen_or_replaced_key_opens_no_seals_and_points_at_no_rule() {
    for shut in [freeze, replace] {
        let mut tried = shuts_out(in_seals, shut);
        // For clinicians and privacy officers: the next test has them.
        tried.extend([
            ISeals::breakGlassCall::SELECTOR,
            ISeals::reviewCall::SELECTOR,
        ]);
        assert_eq!(tried, mutating(&ISeals::abi::functions()));
    }
}

#[test]
fn a_frozen_physician_breaks_no_glass_and_a_frozen_officer_reviews_none() {
    let mut world = World::with_seals();
    let opening = world.ok(Who::Physician, SEALS, &emergency()).opening;
    for (who, successor) in [
        (Who::Physician, Who::Successor),
        (Who::Officer, Who::OtherSuccessor),
    ] {
        world.name_guardians(who, &[Who::Nurse], 1);
        let account = who.address();
        let propose = IRecovery::proposeCall {
            account,
            successor: successor.address(),
        };
        world.ok(Who::Nurse, RECOVERY, &propose);
        world.ok(Who::Nurse, RECOVERY, &IRecovery::freezeCall { account });
    }
    world.refuses(Who::Physician, SEALS, &emergency(), Refusal::KeyFrozen);
    let review = ISeals::reviewCall {
        opening,
        outcome: 1,
        note: WRAP,
    };
    world.refuses(Who::Officer, SEALS, &review, Refusal::KeyFrozen);
}

#[test]
fn a_veto_is_refused_to_a_frozen_and_to_a_replaced_key() {
    let mut world = World::guarded();
    world.freeze_patient();
    world.refuses(
        Who::Patient,
        RECOVERY,
        &IRecovery::vetoCall {},
        Refusal::KeyFrozen,
    );
    let mut world = World::guarded();
    world.replace_patient();
    world.refuses(
        Who::Patient,
        RECOVERY,
        &IRecovery::vetoCall {},
        Refusal::KeyReplaced,
    );
}

#[test]
fn a_frozen_or_replaced_administrator_enrols_and_ends_nobody_and_sets_no_key() {
    let enrol = IDirectory::enrolCall {
        person: Who::Stranger.address(),
        role: 3,
        expiry: 0,
        nameCommitment: WRAP,
        licenceCommitment: B256::ZERO,
    };
    let end = IDirectory::endCall {
        person: Who::Author.address(),
    };
    let set_key = IDirectory::setKeyCall { key: WRAP };
    for (executes, refusal) in [(false, Refusal::KeyFrozen), (true, Refusal::KeyReplaced)] {
        let mut world = World::with_records();
        world.name_guardians(Who::Administrator, &[Who::Nurse], 1);
        let account = Who::Administrator.address();
        let propose = IRecovery::proposeCall {
            account,
            successor: Who::Successor.address(),
        };
        world.ok(Who::Nurse, RECOVERY, &propose);
        world.ok(Who::Nurse, RECOVERY, &IRecovery::freezeCall { account });
        if executes {
            world.after(1_000).execute(Who::Administrator);
        }
        world.refuses(
            Who::Administrator,
            DIRECTORY,
            &enrol,
            Refusal::NotAnAdministrator,
        );
        world.refuses(
            Who::Administrator,
            DIRECTORY,
            &end,
            Refusal::NotAnAdministrator,
        );
        world.refuses(Who::Administrator, DIRECTORY, &set_key, refusal);
    }
}
