//! Tests of `dispense`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PACKS,
    codes::{ExitKind, FlagKind, FlagSubject, Role},
    interfaces::IPacks::{Left, clearCall, decommissionCall, dispenseCall, flagCall},
    packs::nullifier,
    testing::{OneTime, Who, World, left, tags},
};

#[test]
fn dispense_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let tags = tags(5);
    let mut call = dispenseCall {
        nullifiers: Vec::new(),
        undo: Vec::new(),
    };
    world.refuses(Who::Stranger, PACKS, &call, Refusal::NotEnrolled);
    for who in [Who::Maker, Who::Wholesaler, Who::Insurer, Who::Regulator] {
        world.refuses(who, PACKS, &call, Refusal::NotADispenser);
    }
    for who in [
        Who::Pharmacy,
        Who::Manager,
        Who::Nurse,
        Who::Author,
        Who::Patient,
    ] {
        world.refuses(who, PACKS, &call, Refusal::RoleMayNotDispense);
    }
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::PackCountOutOfRange);
    call.nullifiers = vec![B256::ZERO; 65];
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::PackCountOutOfRange);
    call.nullifiers.truncate(2);
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::ListsDiffer);
    call.undo = vec![B256::ZERO; 2];
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::CommitmentMissing);
    let of = |number: usize| nullifier(1_337, tags[number]);
    call.nullifiers = vec![of(0); 2];
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::PackTwice);
    world.ok(Who::OtherPharmacist, PACKS, &left(&tags[1..2]));
    call.nullifiers[1] = of(1);
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::AlreadyDispensed);
    let destroyed = decommissionCall {
        nullifiers: vec![of(2)],
        kind: ExitKind::Destroyed.code(),
        undo: vec![B256::ZERO],
    };
    world.ok(Who::Maker, PACKS, &destroyed);
    call.nullifiers[1] = of(2);
    world.refuses(
        Who::Pharmacist,
        PACKS,
        &call,
        Refusal::AlreadyDecommissioned,
    );
    call.nullifiers[1] = of(3);
    for kind in [
        FlagKind::Stolen,
        FlagKind::Suspect,
        FlagKind::Quarantine,
        FlagKind::Illegitimate,
    ] {
        let flag = flagCall {
            subject: FlagSubject::Pack.code(),
            handle: of(3),
            kind: kind.code(),
            notice: B256::ZERO,
        };
        let number = world.ok(Who::Maker, PACKS, &flag);
        world.refuses(Who::Pharmacist, PACKS, &call, Refusal::PackFlagged);
        let notice = B256::ZERO;
        world.ok(Who::Maker, PACKS, &clearCall { number, notice });
    }
    world.ok(Who::Pharmacist, PACKS, &call);
}

#[test]
fn after_a_contest_another_organisation_is_refused() {
    let tags = tags(2);
    let (mut world, shipment) = World::with_lot(&tags);
    world.ok(Who::OtherPharmacist, PACKS, &left(&tags[..1]));
    world.ok(Who::Maker, PACKS, &shipment.contest(Who::Maker, tags[0]));
    world.refuses(
        Who::OtherPharmacist,
        PACKS,
        &left(&tags),
        Refusal::PackReserved,
    );
    world.ok(Who::OtherPharmacist, PACKS, &left(&tags[1..]));
}

#[test]
fn packs_leave_all_or_none_and_each_is_told() {
    let mut world = World::with_supply();
    let tags = tags(64);
    world.ok(Who::Gateway, PACKS, &left(&tags[63..]));
    world.refuses(
        Who::Pharmacist,
        PACKS,
        &left(&tags),
        Refusal::AlreadyDispensed,
    );
    assert_eq!(world.exit(tags[0]).kind, 0);
    world
        .after(9)
        .ok(Who::Pharmacist, PACKS, &left(&tags[..63]));
    let exit = world.exit(tags[17]);
    assert_eq!((exit.kind, exit.organisation, exit.exits), (1, 7, 1));
    assert_eq!(
        (exit.account, exit.reservedFor),
        (Who::Pharmacist.address(), 0)
    );
    assert_eq!(
        (exit.height, exit.timeMs),
        (world.host.height, world.host.time_ms)
    );
    assert!(!exit.undoable && !exit.contested);
    let events = world
        .host
        .logs()
        .iter()
        .filter_map(|log| Left::decode_log(log).ok());
    let told: Vec<_> = events.map(|log| log.data.nullifier).collect();
    assert_eq!(told.len(), 64);
    assert_eq!(told[18], nullifier(1_337, tags[17]));
}

#[test]
fn pharmacists_and_gateways_of_those_who_dispense_dispense() {
    let mut world = World::with_supply();
    world.enrol(Who::Hospital, Who::Successor, Role::Pharmacist);
    world.enrol(Who::Clinic, Who::OtherSuccessor, Role::Gateway);
    let tags = tags(4);
    let all = [
        Who::Pharmacist,
        Who::Gateway,
        Who::Successor,
        Who::OtherSuccessor,
    ];
    for (who, tag) in all.into_iter().zip(tags.chunks(1)) {
        world.ok(who, PACKS, &left(tag));
    }
}

#[test]
fn one_pack_in_two_networks_has_two_nullifiers() {
    let tag = tags(1)[0];
    assert_ne!(nullifier(1, tag), nullifier(2, tag));
    assert_ne!(nullifier(1, tag), tag);
    let key = OneTime(1).address().into_word();
    assert_ne!(nullifier(1, key), nullifier(1, tag));
}
