//! Tests of `withdraw` and `withdrawSigned`.

use alloy_primitives::B256;
use alloy_sol_types::SolStruct;

use crate::{
    Refusal,
    addresses::RECORDS,
    interfaces::IRecords::{Authority, recordCall, withdrawCall, withdrawSignedCall},
    signing::{Withdrawal, domain},
    testing::{RECORD, START, Who, World},
};

#[test]
fn withdraw_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let unknown = withdrawCall {
        record: B256::repeat_byte(0xdd),
    };
    let call = withdrawCall { record: RECORD };
    world.refuses(Who::Stranger, RECORDS, &unknown, Refusal::RecordUnknown);
    for caller in [Who::Stranger, Who::Patient, Who::Hospital, Who::Physician] {
        world.refuses(caller, RECORDS, &call, Refusal::NotTheAuthor);
    }
    world.after(4).ok(Who::Author, RECORDS, &call);
    world.end(Who::Hospital, Who::Author);
    world.refuses(Who::Author, RECORDS, &call, Refusal::RecordWithdrawnAlready);
    let other = withdrawCall {
        record: crate::testing::IMAGE,
    };
    world.refuses(Who::Author, RECORDS, &other, Refusal::EnrolmentEnded);
    let record = world.ok(Who::Patient, RECORDS, &recordCall { id: RECORD });
    assert_eq!((record.status, record.version), (2, 1));
    assert_eq!(record.changedTimeMs, (START + 4) * 1_000);
}

#[test]
fn a_signed_withdrawal_counts_for_its_record_only() {
    let mut world = World::with_records();
    let message = Withdrawal {
        record: RECORD,
        nonce: 0,
        deadline: START + 9,
    };
    let digest = message.eip712_signing_hash(&domain(world.host.chain_id, RECORDS));
    let mut call = withdrawSignedCall {
        record: crate::testing::IMAGE,
        authority: Authority {
            author: Who::Author.address(),
            nonce: 0,
            deadline: START + 9,
            signature: Who::Author.sign(digest),
        },
    };
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::NotSignedByAuthor);
    call.record = RECORD;
    world.ok(Who::Stranger, RECORDS, &call);
    world.refuses(Who::Stranger, RECORDS, &call, Refusal::NonceNotNext);
}
