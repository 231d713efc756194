//! Tests of `amend` and `amendSigned`.

use alloy_primitives::B256;
use alloy_sol_types::SolStruct;

use crate::{
    Refusal,
    addresses::RECORDS,
    interfaces::IRecords::{Authority, amendCall, amendSignedCall, recordCall, withdrawCall},
    signing::{Amendment, domain},
    testing::{RECORD, START, Who, World},
};

fn amendment(record: B256) -> amendCall {
    amendCall {
        record,
        commitment: B256::repeat_byte(0x71),
        contentId: B256::repeat_byte(0x72),
        wrapId: B256::repeat_byte(0x73),
    }
}

#[test]
fn amend_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let unknown = B256::repeat_byte(0xdd);
    let mut call = amendment(unknown);
    for zero in 0..3 {
        let mut call = amendment(unknown);
        [&mut call.commitment, &mut call.contentId, &mut call.wrapId][zero].0 = [0; 32];
        world.refuses(Who::Stranger, RECORDS, &call, Refusal::CommitmentMissing);
    }
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::RecordUnknown);
    call.record = RECORD;
    for caller in [Who::Stranger, Who::Patient, Who::Hospital, Who::Physician] {
        world.refuses(caller, RECORDS, &call, Refusal::NotTheAuthor);
    }
    world.ok(Who::Author, RECORDS, &call);
    world.ok(Who::Author, RECORDS, &withdrawCall { record: RECORD });
    world.end(Who::Hospital, Who::Author);
    world.refuses(Who::Author, RECORDS, &call, Refusal::RecordWithdrawnAlready);
    call.record = crate::testing::IMAGE;
    world.refuses(Who::Author, RECORDS, &call, Refusal::EnrolmentEnded);
}

#[test]
fn amend_counts_versions_and_keeps_the_registration() {
    let mut world = World::with_records();
    let before = world.ok(Who::Patient, RECORDS, &recordCall { id: RECORD });
    for version in 2..5 {
        world
            .after(u64::from(version))
            .ok(Who::Author, RECORDS, &amendment(RECORD));
        let after = world.ok(Who::Patient, RECORDS, &recordCall { id: RECORD });
        assert_eq!(after.version, version);
        assert_eq!(after.changedTimeMs, (START + u64::from(version)) * 1_000);
        assert_eq!(after.changedHeight, world.host.height);
        assert_eq!(after.contentId, B256::repeat_byte(0x72));
        let registered = |record: &crate::interfaces::IRecords::Record| {
            (
                record.registeredHeight,
                record.registeredTimeMs,
                record.author,
                record.chart,
            )
        };
        assert_eq!(registered(&after), registered(&before));
    }
}

#[test]
fn a_signed_amendment_counts_once_and_for_its_values_only() {
    let mut world = World::with_records();
    let plain = amendment(RECORD);
    let message = Amendment {
        record: RECORD,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        nonce: 0,
        deadline: START + 9,
    };
    let digest = message.eip712_signing_hash(&domain(world.host.chain_id, RECORDS));
    let mut call = amendSignedCall {
        record: RECORD,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: B256::repeat_byte(0x74),
        authority: Authority {
            author: Who::Author.address(),
            nonce: 0,
            deadline: START + 9,
            signature: Who::Author.sign(digest),
        },
    };
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::NotSignedByAuthor);
    call.wrapId = plain.wrapId;
    world
        .after(9)
        .refuses(Who::Stranger, RECORDS, &call, Refusal::DeadlinePassed);
    world.after(8).ok(Who::Stranger, RECORDS, &call);
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::NonceNotNext);
    assert_eq!(
        world
            .ok(Who::Patient, RECORDS, &recordCall { id: RECORD })
            .version,
        2
    );
}
