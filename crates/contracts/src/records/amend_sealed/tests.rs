//! Tests of `amendSealed` and `amendSealedSigned`.

use alloy_primitives::B256;
use alloy_sol_types::SolStruct;

use crate::{
    Refusal,
    addresses::{RECORDS, SEALS},
    interfaces::{
        IRecords::{
            Authority, amendCall, amendSealedCall, amendSealedSignedCall, recordCall, withdrawCall,
        },
        ISeals::sealOfCall,
    },
    seal_id,
    signing::{SealedAmendment, domain},
    testing::{RECORD, SEALED, SEALED_SUMMARY, START, Who, World},
};

fn amendment(record: B256) -> amendSealedCall {
    amendSealedCall {
        record,
        commitment: B256::repeat_byte(0x71),
        contentId: B256::repeat_byte(0x72),
        wrapId: B256::repeat_byte(0x73),
        salt: B256::repeat_byte(0x74),
        sealedKey: B256::repeat_byte(0x75),
    }
}

#[test]
fn amend_sealed_refuses_in_the_documented_order() {
    let mut world = World::with_seals();
    type Field = fn(&mut amendSealedCall) -> &mut B256;
    let fields: [Field; 5] = [
        |call| &mut call.commitment,
        |call| &mut call.contentId,
        |call| &mut call.wrapId,
        |call| &mut call.salt,
        |call| &mut call.sealedKey,
    ];
    for field in fields {
        let mut call = amendment(B256::repeat_byte(0xdd));
        *field(&mut call) = B256::ZERO;
        world.refuses(Who::Stranger, RECORDS, &call, Refusal::CommitmentMissing);
    }
    let unknown = amendment(B256::repeat_byte(0xdd));
    world.refuses(Who::Stranger, RECORDS, &unknown, Refusal::RecordUnknown);
    let direct = amendment(RECORD);
    world.refuses(Who::Physician, RECORDS, &direct, Refusal::NotTheAuthor);
    world.refuses(Who::Author, RECORDS, &direct, Refusal::RecordNotSealed);
    let withdrawn = withdrawCall { record: SEALED };
    world.ok(Who::Author, RECORDS, &withdrawn);
    let call = amendment(SEALED);
    world.refuses(Who::Author, RECORDS, &call, Refusal::RecordWithdrawnAlready);
    world.ok(Who::Author, RECORDS, &amendment(SEALED_SUMMARY));
}

#[test]
fn a_sealed_record_is_not_amended_without_a_seal() {
    let mut world = World::with_seals();
    let call = amendCall {
        record: SEALED,
        commitment: SEALED,
        contentId: SEALED,
        wrapId: SEALED,
    };
    world.refuses(Who::Author, RECORDS, &call, Refusal::RecordIsSealed);
}

#[test]
fn a_new_version_has_a_new_seal_and_the_old_one_stays() {
    let mut world = World::with_seals();
    let first = world.ok(Who::Patient, SEALS, &sealOfCall { record: SEALED });
    let call = amendment(SEALED);
    world.ok(Who::Author, RECORDS, &call);
    let second = world.ok(Who::Patient, SEALS, &sealOfCall { record: SEALED });
    let patient = Who::Patient.address();
    assert_eq!(second.id, seal_id(1_337, (SEALED, 2), patient, call.salt));
    assert_eq!((second.version, second.sealedKey), (2, call.sealedKey));
    assert_ne!(first.id, second.id);
    let record = world.ok(Who::Patient, RECORDS, &recordCall { id: SEALED });
    assert_eq!((record.version, record.contentId), (2, call.contentId));
}

#[test]
fn the_same_salt_gives_another_seal_to_another_version() {
    let mut world = World::with_seals();
    let mut seals = Vec::new();
    for _ in 0..3 {
        seals.push(world.seal_of(SEALED));
        world.ok(Who::Author, RECORDS, &amendment(SEALED));
    }
    assert!(seals[0] != seals[1] && seals[1] != seals[2]);
}

#[test]
fn a_signed_sealed_amendment_counts_once_for_exactly_its_values() {
    let mut world = World::with_seals();
    let plain = amendment(SEALED);
    let message = SealedAmendment {
        record: plain.record,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        salt: plain.salt,
        sealedKey: plain.sealedKey,
        nonce: 0,
        deadline: START + 60,
    };
    let digest = message.eip712_signing_hash(&domain(world.host.chain_id, RECORDS));
    let call = amendSealedSignedCall {
        record: plain.record,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        salt: plain.salt,
        sealedKey: plain.sealedKey,
        authority: Authority {
            author: Who::Author.address(),
            nonce: 0,
            deadline: START + 60,
            signature: Who::Author.sign(digest),
        },
    };
    type Change = fn(&mut amendSealedSignedCall);
    let rows: [Change; 7] = [
        |call| call.record = SEALED_SUMMARY,
        |call| call.commitment[0] ^= 1,
        |call| call.contentId[0] ^= 1,
        |call| call.wrapId[0] ^= 1,
        |call| call.salt[0] ^= 1,
        |call| call.sealedKey[0] ^= 1,
        |call| call.authority.deadline += 1,
    ];
    for change in rows {
        let mut altered = call.clone();
        change(&mut altered);
        world.refuses(Who::Patient, RECORDS, &altered, Refusal::NotSignedByAuthor);
    }
    world.ok(Who::Stranger, RECORDS, &call);
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::NonceNotNext);
}
