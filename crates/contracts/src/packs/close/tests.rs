//! Tests of `close`.

use alloy_primitives::{Address, B256, Bytes};
use alloy_sol_types::{SolCall, SolEvent};

use crate::{
    Refusal,
    addresses::PACKS,
    codes::Role,
    interfaces::IPacks::{Closed, closeCall, closingCall},
    testing::{OneTime, Who, World, closing},
};

const COMMITMENT: B256 = B256::repeat_byte(0x31);

#[test]
fn close_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    world.enrol(Who::Wholesaler, Who::Successor, Role::Nurse);
    let mut call = closeCall {
        keys: Vec::new(),
        commitment: B256::ZERO,
        document: B256::ZERO,
        signatures: Vec::new(),
    };
    world.refuses(Who::Stranger, PACKS, &call, Refusal::NotEnrolled);
    for who in [Who::Insurer, Who::Regulator] {
        world.refuses(who, PACKS, &call, Refusal::NotATradingPartner);
    }
    world.refuses(Who::Successor, PACKS, &call, Refusal::RoleMayNotHandlePacks);
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::KeyCountOutOfRange);
    call.keys = vec![Address::ZERO; 65];
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::KeyCountOutOfRange);
    call.keys.truncate(2);
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::ListsDiffer);
    call.signatures = vec![Bytes::new(); 2];
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::CommitmentMissing);
    call.commitment = COMMITMENT;
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::KeyMissing);
    call.keys = vec![OneTime(1).address(); 2];
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::KeyTwice);
    let first = closing(Who::Maker.address(), &[OneTime(2)], COMMITMENT);
    world.ok(Who::Maker, PACKS, &first);
    call.keys[1] = OneTime(2).address();
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::KeyClosed);
    call.keys[1] = OneTime(3).address();
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::NotSignedByKey);
}

#[test]
fn a_signature_is_of_its_key_over_all_that_is_closed_by_this_account() {
    let mut world = World::with_supply();
    let keys = [OneTime(1), OneTime(2)];
    let good = closing(Who::Wholesaler.address(), &keys, COMMITMENT);
    let refuses = |world: &mut World, who, change: &dyn Fn(&mut closeCall)| {
        let mut call = good.clone();
        change(&mut call);
        world.refuses(who, PACKS, &call, Refusal::NotSignedByKey);
    };
    // Whoever copies it from the mempool sends it from another account.
    refuses(&mut world, Who::Pharmacist, &|_| {});
    refuses(&mut world, Who::Wholesaler, &|call| call.commitment[0] ^= 1);
    refuses(&mut world, Who::Wholesaler, &|call| call.document[0] ^= 1);
    refuses(&mut world, Who::Wholesaler, &|call| {
        call.signatures.reverse()
    });
    refuses(&mut world, Who::Wholesaler, &|call| {
        call.signatures[1] = Bytes::new()
    });
    let longer = |call: &mut closeCall| {
        call.signatures[0] = [&call.signatures[0][..], &[0]].concat().into();
    };
    refuses(&mut world, Who::Wholesaler, &longer);
    world.ok(Who::Wholesaler, PACKS, &good);
}

#[test]
fn keys_that_are_closed_together_have_one_number_and_each_an_event() {
    let mut world = World::with_supply();
    let keys: Vec<_> = (1..=64).map(OneTime).collect();
    let call = closing(Who::Pharmacist.address(), &keys, COMMITMENT);
    let key = keys[5].address();
    let view = closingCall { key };
    let open = world.ok(Who::Stranger, PACKS, &view);
    assert_eq!((open.number, open.commitment), (0, B256::ZERO));
    world.ok(Who::Pharmacist, PACKS, &call);
    let next = closing(Who::Maker.address(), &[OneTime(65)], COMMITMENT);
    world.after(5).ok(Who::Maker, PACKS, &next);
    let shown = world.ok(Who::Stranger, PACKS, &view);
    assert_eq!((shown.number, shown.commitment), (1, COMMITMENT));
    assert_eq!((shown.document, shown.organisation), (call.document, 7));
    assert_eq!(shown.account, Who::Pharmacist.address());
    let later = closingCall {
        key: OneTime(65).address(),
    };
    assert_eq!(world.ok(Who::Stranger, PACKS, &later).number, 2);
    let events = world
        .host
        .logs()
        .iter()
        .filter_map(|log| Closed::decode_log(log).ok());
    let told: Vec<_> = events.map(|log| (log.data.key, log.data.number)).collect();
    assert_eq!(told.len(), 65);
    assert_eq!(told[5], (key, 1));
}

/// The rest of a transaction: its signature, fees, nonce, chain, address and list heads take less than 200 bytes; execution's tests have the whole.
#[test]
fn closing_one_key_takes_388_bytes_of_input() {
    let call = closing(Who::Maker.address(), &[OneTime(1)], COMMITMENT);
    assert_eq!(call.abi_encode().len(), 388);
}
