//! Tests of `commit`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PACKS,
    interfaces::IPacks::{Committed, commitCall, documentCall},
    testing::{Who, World},
};

fn documents(count: u8) -> commitCall {
    commitCall {
        documents: (1..=count).map(B256::repeat_byte).collect(),
    }
}

#[test]
fn commit_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = documents(0);
    world.refuses(Who::Stranger, PACKS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Regulator, PACKS, &call, Refusal::NotATradingPartner);
    world.refuses(Who::Nurse, PACKS, &call, Refusal::RoleMayNotHandlePacks);
    for count in [0, 65] {
        let call = documents(count);
        world.refuses(Who::Maker, PACKS, &call, Refusal::DocumentCountOutOfRange);
    }
    call.documents = vec![B256::ZERO; 2];
    world.refuses(Who::Maker, PACKS, &call, Refusal::CommitmentMissing);
    call.documents = vec![B256::repeat_byte(9); 2];
    world.refuses(Who::Maker, PACKS, &call, Refusal::DocumentTwice);
    world.ok(Who::Maker, PACKS, &documents(3));
    call.documents[1] = B256::repeat_byte(3);
    for who in [Who::Maker, Who::Wholesaler] {
        world.refuses(who, PACKS, &call, Refusal::DocumentCommitted);
    }
}

#[test]
fn a_document_keeps_the_block_that_it_was_first_committed_in() {
    let mut world = World::with_supply();
    let view = documentCall {
        hash: B256::repeat_byte(64),
    };
    assert_eq!(world.ok(Who::Stranger, PACKS, &view).height, 0);
    world.after(3).ok(Who::Gateway, PACKS, &documents(64));
    let at = (world.host.height, world.host.time_ms);
    let log = world.host.logs().last().expect("an event");
    let event = Committed::decode_log(log).expect("the event").data;
    assert_eq!((event.document, event.organisation), (view.hash, 7));
    let found = world.after(9).ok(Who::Stranger, PACKS, &view);
    assert_eq!((found.height, found.timeMs), at);
}
