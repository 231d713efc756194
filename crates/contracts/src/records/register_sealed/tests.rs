//! Tests of `registerSealed` and `registerSealedSigned`.

use alloy_primitives::{B256, Bytes};
use alloy_sol_types::SolStruct;

use crate::{
    Refusal,
    addresses::{RECORDS, SEALS},
    codes::{Kind, Protection},
    interfaces::{
        IRecords::{
            Authority, nonceCall, recordCall, registerSealedCall, registerSealedSignedCall,
        },
        ISeals::sealOfCall,
    },
    seal_id,
    signing::{SealedRegistration, domain},
    testing::{CHART, OTHER_CHART, SEALED, START, Who, World, sealed_registration},
};

#[test]
fn register_sealed_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let mut call = registerSealedCall {
        kind: 14,
        ..registerSealedCall::default()
    };
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::RecordIdMissing);
    call.record = crate::testing::RECORD;
    type Field = fn(&mut registerSealedCall) -> &mut B256;
    let fields: [Field; 5] = [
        |call| &mut call.commitment,
        |call| &mut call.contentId,
        |call| &mut call.wrapId,
        |call| &mut call.salt,
        |call| &mut call.sealedKey,
    ];
    for field in fields {
        world.refuses(Who::Stranger, RECORDS, &call, Refusal::CommitmentMissing);
        *field(&mut call) = B256::repeat_byte(1);
    }
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::UnknownKind);
    call.kind = Kind::Other.code();
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::ChartUnknown);
    call.chart = CHART;
    for (caller, refusal) in [
        (Who::Stranger, Refusal::NotEnrolled),
        (Who::OtherPatient, Refusal::NotYourChart),
        (Who::Agent, Refusal::RoleMayNotWrite),
        (Who::Author, Refusal::RecordExists),
    ] {
        world.refuses(caller, RECORDS, &call, refusal);
    }
    call.record = SEALED;
    world.ok(Who::Author, RECORDS, &call);
}

#[test]
fn a_sealed_record_stands_with_protection_and_seal() {
    let mut world = World::with_seals();
    let record = world.ok(Who::Patient, RECORDS, &recordCall { id: SEALED });
    assert_eq!(record.protection, Protection::Sealed.code());
    assert_eq!((record.version, record.author), (1, Who::Author.address()));
    let seal = world.ok(Who::Author, SEALS, &sealOfCall { record: SEALED });
    let salt = sealed_registration(SEALED, CHART, Kind::Laboratory).salt;
    let expected = seal_id(1_337, (SEALED, 1), Who::Patient.address(), salt);
    assert_eq!(seal.id, expected);
}

/// The author's sealed registration in the words of the interface, signed by `signer`.
fn signed(world: &World, signer: Who) -> registerSealedSignedCall {
    let plain = sealed_registration(SEALED, CHART, Kind::Plan);
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
        deadline: START + 60,
    };
    let digest = message.eip712_signing_hash(&domain(world.host.chain_id, RECORDS));
    registerSealedSignedCall {
        record: plain.record,
        chart: plain.chart,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        kind: plain.kind,
        salt: plain.salt,
        sealedKey: plain.sealedKey,
        authority: Authority {
            author: Who::Author.address(),
            nonce: 0,
            deadline: START + 60,
            signature: signer.sign(digest),
        },
    }
}

#[test]
fn register_sealed_signed_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let mut call = signed(&world, Who::Author);
    call.record = B256::ZERO;
    call.authority.deadline = START;
    call.authority.nonce = 1;
    call.authority.signature = Bytes::from(vec![1; 1_025]);
    world.refuses(Who::Patient, RECORDS, &call, Refusal::DeadlinePassed);
    call.authority.deadline = START + 60;
    world.refuses(Who::Patient, RECORDS, &call, Refusal::NonceNotNext);
    call.authority.nonce = 0;
    world.refuses(Who::Patient, RECORDS, &call, Refusal::SignatureTooLong);
    let other = signed(&world, Who::Physician);
    world.refuses(Who::Patient, RECORDS, &other, Refusal::NotSignedByAuthor);
}

#[test]
fn a_signed_sealed_registration_counts_once_for_exactly_its_values() {
    type Change = fn(&mut registerSealedSignedCall);
    let rows: [Change; 9] = [
        |call| call.record[0] ^= 1,
        |call| call.chart = OTHER_CHART,
        |call| call.commitment[31] ^= 1,
        |call| call.contentId[0] ^= 1,
        |call| call.wrapId[0] ^= 1,
        |call| call.kind ^= 1,
        |call| call.salt[0] ^= 1,
        |call| call.sealedKey[31] ^= 1,
        |call| call.authority.deadline += 1,
    ];
    let mut world = World::with_records();
    for change in rows {
        let mut call = signed(&world, Who::Author);
        change(&mut call);
        world.refuses(Who::Patient, RECORDS, &call, Refusal::NotSignedByAuthor);
    }
    let call = signed(&world, Who::Author);
    world.ok(Who::Stranger, RECORDS, &call);
    let record = world.ok(Who::Patient, RECORDS, &recordCall { id: SEALED });
    assert_eq!(record.author, Who::Author.address());
    let author = Who::Author.address();
    assert_eq!(world.ok(Who::Patient, RECORDS, &nonceCall { author }), 1);
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::NonceNotNext);
}
