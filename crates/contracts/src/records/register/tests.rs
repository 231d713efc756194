//! Tests of `register` and `registerSigned`.

use alloy_primitives::{B256, Bytes};

use crate::{
    CallOutcome, Refusal,
    addresses::RECORDS,
    codes::{Kind, Role},
    interfaces::IRecords::{
        Authority, chartCall, nonceCall, openChartCall, recordCall, registerCall,
        registerSignedCall,
    },
    signing::{Registration, domain},
    testing::{CHART, START, Who, World, registration},
};
use alloy_sol_types::{SolCall, SolStruct};

const ID: B256 = B256::repeat_byte(0xaa);

fn world() -> World {
    let mut world = World::with_records();
    world.end(Who::Clinic, Who::Nurse);
    world
}

#[test]
fn register_refuses_in_the_documented_order() {
    let mut world = world();
    let mut call = registerCall {
        record: B256::ZERO,
        chart: B256::ZERO,
        commitment: B256::ZERO,
        contentId: B256::ZERO,
        wrapId: B256::ZERO,
        kind: 14,
        protection: 0,
    };
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::RecordIdMissing);
    call.record = crate::testing::RECORD;
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::CommitmentMissing);
    call.commitment = B256::repeat_byte(1);
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::CommitmentMissing);
    call.contentId = B256::repeat_byte(2);
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::CommitmentMissing);
    call.wrapId = B256::repeat_byte(3);
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::UnknownKind);
    call.kind = Kind::Other.code();
    for protection in [0, 3, 255] {
        call.protection = protection;
        world.refuses(Who::Stranger, RECORDS, &call, Refusal::UnknownProtection);
    }
    call.protection = 2;
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::SealMissing);
    call.protection = 1;
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::ChartUnknown);
    call.chart = CHART;
    for (caller, refusal) in [
        (Who::Stranger, Refusal::NotEnrolled),
        (Who::Nurse, Refusal::EnrolmentEnded),
        (Who::OtherPatient, Refusal::NotYourChart),
        (Who::Agent, Refusal::RoleMayNotWrite),
        (Who::Author, Refusal::RecordExists),
        (Who::Patient, Refusal::RecordExists),
        (Who::Hospital, Refusal::RecordExists),
    ] {
        world.refuses(caller, RECORDS, &call, refusal);
    }
    call.record = ID;
    world.ok(Who::Author, RECORDS, &call);
}

#[test]
fn register_refuses_an_author_whose_enrolment_expired() {
    let mut world = world();
    let call = crate::interfaces::IDirectory::enrolCall {
        person: Who::Nurse.address(),
        role: Role::Nurse.code(),
        expiry: START + 5,
        nameCommitment: ID,
        licenceCommitment: ID,
    };
    world.ok(Who::Clinic, crate::addresses::DIRECTORY, &call);
    world.ok(Who::Nurse, RECORDS, &registration(ID, CHART, Kind::Plan));
    let next = registration(B256::repeat_byte(0xab), CHART, Kind::Plan);
    world
        .after(5)
        .refuses(Who::Nurse, RECORDS, &next, Refusal::EnrolmentExpired);
}

#[test]
fn a_registered_record_stands_with_author_height_and_time() {
    let mut world = world();
    let height = world.after(3).host.height;
    world.ok(
        Who::Physician,
        RECORDS,
        &registration(ID, CHART, Kind::Allergy),
    );
    let record = world.ok(Who::Patient, RECORDS, &recordCall { id: ID });
    assert_eq!(
        (record.author, record.chart),
        (Who::Physician.address(), CHART)
    );
    assert_eq!((record.kind, record.protection), (Kind::Allergy.code(), 1));
    assert_eq!((record.status, record.version), (1, 1));
    assert_eq!(
        (record.registeredHeight, record.changedHeight),
        (height, height)
    );
    assert_eq!(record.registeredTimeMs, (START + 3) * 1_000);
    let chart = world.ok(Who::Patient, RECORDS, &chartCall { id: CHART });
    assert_eq!(chart.recordCount, 3);
}

#[test]
fn everyone_enrolled_adds_to_the_chart_they_control() {
    let mut world = world();
    for who in [Who::Patient, Who::Agent] {
        let chart = B256::repeat_byte(who as u8);
        let call = openChartCall {
            chart,
            controller: who.address(),
        };
        world.ok(who, RECORDS, &call);
        let record = B256::repeat_byte(0xf0 | who as u8);
        world.ok(
            who,
            RECORDS,
            &registration(record, chart, Kind::Observation),
        );
    }
}

/// The author's registration in the words of the interface, signed by `signer`.
fn signed(world: &World, signer: Who, nonce: u64) -> registerSignedCall {
    let plain = registration(ID, CHART, Kind::Plan);
    let deadline = START + 60;
    let message = Registration {
        record: plain.record,
        chart: plain.chart,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        kind: plain.kind,
        protection: plain.protection,
        nonce,
        deadline,
    };
    let digest = message.eip712_signing_hash(&domain(world.host.chain_id, RECORDS));
    registerSignedCall {
        record: plain.record,
        chart: plain.chart,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        kind: plain.kind,
        protection: plain.protection,
        authority: Authority {
            author: Who::Author.address(),
            nonce,
            deadline,
            signature: signer.sign(digest),
        },
    }
}

#[test]
fn register_signed_refuses_in_the_documented_order() {
    let mut world = world();
    let mut call = signed(&world, Who::Author, 0);
    call.record = B256::ZERO;
    call.authority.deadline = START;
    call.authority.nonce = 1;
    call.authority.signature = Bytes::from(vec![1; 1_025]);
    world.refuses(Who::Patient, RECORDS, &call, Refusal::DeadlinePassed);
    call.authority.deadline = START + 60;
    world.refuses(Who::Patient, RECORDS, &call, Refusal::NonceNotNext);
    call.authority.nonce = 0;
    world.refuses(Who::Patient, RECORDS, &call, Refusal::SignatureTooLong);
    for signature in [
        vec![],
        vec![1; 64],
        vec![1; 65],
        vec![0xff; 65],
        vec![1; 1_024],
    ] {
        call.authority.signature = signature.into();
        world.refuses(Who::Patient, RECORDS, &call, Refusal::NotSignedByAuthor);
    }
    let other = signed(&world, Who::Physician, 0);
    world.refuses(Who::Patient, RECORDS, &other, Refusal::NotSignedByAuthor);
}

#[test]
fn a_signed_registration_counts_once_for_its_author_whoever_brings_it() {
    let mut world = world();
    let call = signed(&world, Who::Author, 0);
    world.ok(Who::Stranger, RECORDS, &call);
    let record = world.ok(Who::Patient, RECORDS, &recordCall { id: ID });
    assert_eq!(record.author, Who::Author.address());
    let author = Who::Author.address();
    assert_eq!(world.ok(Who::Patient, RECORDS, &nonceCall { author }), 1);
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::NonceNotNext);
}

#[test]
fn a_signed_registration_counts_for_exactly_its_values_its_chain_and_its_contract() {
    type Change = fn(&mut registerSignedCall);
    let rows: [Change; 9] = [
        |call| call.record[0] ^= 1,
        |call| call.chart = crate::testing::OTHER_CHART,
        |call| call.commitment[31] ^= 1,
        |call| call.contentId[0] ^= 1,
        |call| call.wrapId[0] ^= 1,
        |call| call.kind ^= 1,
        |call| call.authority.deadline += 1,
        |call| call.authority.author = Who::Physician.address(),
        |call| {
            let mut signature = call.authority.signature.to_vec();
            signature[40] ^= 1;
            call.authority.signature = signature.into();
        },
    ];
    let mut world = world();
    for change in rows {
        let mut call = signed(&world, Who::Author, 0);
        change(&mut call);
        world.refuses(Who::Patient, RECORDS, &call, Refusal::NotSignedByAuthor);
    }
    let call = signed(&world, Who::Author, 0);
    world.host.chain_id += 1;
    world.refuses(Who::Patient, RECORDS, &call, Refusal::NotSignedByAuthor);
}

#[test]
fn a_signature_gives_its_author_no_right_that_the_author_lacks() {
    let mut world = world();
    let mut call = signed(&world, Who::Author, 0);
    call.authority.author = Who::Agent.address();
    call.authority.signature = {
        let accepted = signed(&world, Who::Agent, 0);
        accepted.authority.signature
    };
    world.refuses(Who::Author, RECORDS, &call, Refusal::RoleMayNotWrite);
}

#[test]
fn the_contract_wallet_of_an_author_signs_by_its_own_rule() {
    alloy_sol_types::sol! {
        function isValidSignature(bytes32 hash, bytes signature) external view returns (bytes4);
    }
    let mut world = world();
    let chart = B256::repeat_byte(0xcc);
    let open = openChartCall {
        chart,
        controller: Who::Wallet.address(),
    };
    world.ok(Who::Author, RECORDS, &open);
    let mut call = signed(&world, Who::Author, 0);
    call.chart = chart;
    call.authority.author = Who::Wallet.address();
    call.authority.signature = Bytes::from_static(b"three owners agree");
    world
        .host
        .codes
        .insert(Who::Wallet.address(), B256::repeat_byte(0xc0));
    world.refuses(Who::Author, RECORDS, &call, Refusal::NotSignedByAuthor);

    let (target, input, gas_cap) = world.host.calls.last().expect("it was asked").clone();
    assert_eq!((target, gas_cap), (Who::Wallet.address(), 200_000));
    let asked = isValidSignatureCall::abi_decode(&input).expect("the call of EIP-1271");
    assert_eq!(asked.signature, call.authority.signature);
    let magic = B256::right_padding_from(&isValidSignatureCall::SELECTOR);
    world
        .host
        .answers
        .insert((target, input), CallOutcome::Returned(magic.into()));
    world.ok(Who::Author, RECORDS, &call);
}
