//! Tests of `commission`.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PACKS,
    codes::Role,
    interfaces::IPacks::{Commissioned, commissionCall, lotCall},
    testing::{OneTime, Who, World, closing},
};

const ROOT: B256 = B256::repeat_byte(0x21);

fn lot() -> commissionCall {
    commissionCall {
        root: ROOT,
        key: OneTime(1).address(),
        document: B256::repeat_byte(0x22),
    }
}

#[test]
fn commission_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    world.enrol(Who::Maker, Who::Successor, Role::Pharmacist);
    world.enrol(Who::Maker, Who::OtherSuccessor, Role::Gateway);
    let mut call = commissionCall {
        root: B256::ZERO,
        key: Address::ZERO,
        document: B256::ZERO,
    };
    world.refuses(Who::Stranger, PACKS, &call, Refusal::NotEnrolled);
    for who in [Who::Wholesaler, Who::Regulator, Who::Gateway] {
        world.refuses(who, PACKS, &call, Refusal::NotAManufacturer);
    }
    world.refuses(Who::Successor, PACKS, &call, Refusal::RoleMayNotHandlePacks);
    world.refuses(Who::Maker, PACKS, &call, Refusal::CommitmentMissing);
    call.root = ROOT;
    world.refuses(Who::Maker, PACKS, &call, Refusal::KeyMissing);
    call.key = OneTime(1).address();
    world.ok(Who::OtherSuccessor, PACKS, &call);
    for who in [Who::Maker, Who::OtherMaker] {
        world.refuses(who, PACKS, &call, Refusal::LotCommissioned);
    }
    call.root = B256::repeat_byte(0x23);
    world.refuses(Who::OtherMaker, PACKS, &call, Refusal::KeyUsed);
    let close = closing(Who::Maker.address(), &[OneTime(2)], ROOT);
    world.ok(Who::Maker, PACKS, &close);
    call.key = OneTime(2).address();
    world.refuses(Who::Maker, PACKS, &call, Refusal::KeyUsed);
}

#[test]
fn a_lot_is_entered_and_told_without_a_word_of_what_it_is() {
    let mut world = World::with_supply();
    let call = lot();
    let view = lotCall { root: ROOT };
    world.refuses(Who::Maker, PACKS, &view, Refusal::LotUnknown);
    world.ok(Who::Maker, PACKS, &call);
    let shown = world.ok(Who::Stranger, PACKS, &view);
    let maker = Who::Maker.address();
    assert_eq!(
        (shown.root, shown.organisation, shown.account),
        (ROOT, 4, maker)
    );
    assert_eq!((shown.key, shown.document), (call.key, call.document));
    let (height, time_ms) = (world.host.height, world.host.time_ms);
    assert_eq!((shown.height, shown.timeMs), (height, time_ms));
    let log = world.host.logs().last().expect("an event");
    let event = Commissioned::decode_log(log).expect("the event").data;
    assert_eq!(
        (event.root, event.organisation, event.account),
        (ROOT, 4, maker)
    );
    assert_eq!((event.key, event.document), (call.key, call.document));
}
