//! Tests of `decommission`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::PACKS,
    codes::{ExitKind, FlagKind, FlagSubject},
    interfaces::IPacks::{decommissionCall, flagCall},
    packs::{nullifier, undo_commitment},
    testing::{Who, World, left, tags},
};

fn decommission(tag: B256, kind: ExitKind) -> decommissionCall {
    decommissionCall {
        nullifiers: vec![nullifier(1_337, tag)],
        kind: kind.code(),
        undo: vec![B256::ZERO],
    }
}

#[test]
fn decommission_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let tags = tags(3);
    let mut call = decommissionCall {
        nullifiers: Vec::new(),
        kind: 0,
        undo: vec![undo_commitment(tags[0])],
    };
    world.refuses(Who::Stranger, PACKS, &call, Refusal::NotEnrolled);
    for who in [Who::Regulator, Who::Insurer] {
        world.refuses(who, PACKS, &call, Refusal::NotATradingPartner);
    }
    for who in [Who::Physician, Who::Nurse, Who::Patient] {
        world.refuses(who, PACKS, &call, Refusal::RoleMayNotHandlePacks);
    }
    for kind in [0, 1, 9, 255] {
        call.kind = kind;
        world.refuses(Who::Wholesaler, PACKS, &call, Refusal::UnknownExitKind);
    }
    call.kind = ExitKind::Destroyed.code();
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::PackCountOutOfRange);
    call.nullifiers = vec![B256::ZERO; 2];
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::ListsDiffer);
    call.nullifiers.truncate(1);
    for kind in [ExitKind::Destroyed, ExitKind::Lost, ExitKind::Stolen] {
        call.kind = kind.code();
        world.refuses(Who::Wholesaler, PACKS, &call, Refusal::UndoNotAllowed);
    }
    call.undo = vec![B256::ZERO];
    world.refuses(Who::Wholesaler, PACKS, &call, Refusal::CommitmentMissing);
    world.ok(Who::Pharmacist, PACKS, &left(&tags[..1]));
    let gone = decommission(tags[0], ExitKind::Lost);
    world.refuses(Who::Wholesaler, PACKS, &gone, Refusal::AlreadyDispensed);
    world.ok(
        Who::Wholesaler,
        PACKS,
        &decommission(tags[1], ExitKind::Lost),
    );
    let again = decommission(tags[1], ExitKind::Destroyed);
    world.refuses(
        Who::Wholesaler,
        PACKS,
        &again,
        Refusal::AlreadyDecommissioned,
    );
    world.refuses(
        Who::Pharmacist,
        PACKS,
        &left(&tags[1..2]),
        Refusal::AlreadyDecommissioned,
    );
}

#[test]
fn a_flag_keeps_a_pack_from_use_and_not_from_being_taken_out_of_it() {
    let all = [2, 3, 4, 5, 6, 7, 8].map(|code| ExitKind::from_code(code).expect("a kind"));
    let tags = tags(all.len() as u64);
    let mut world = World::with_supply();
    for (kind, tag) in all.into_iter().zip(tags) {
        let flag = flagCall {
            subject: FlagSubject::Pack.code(),
            handle: nullifier(1_337, tag),
            kind: FlagKind::Quarantine.code(),
            notice: B256::ZERO,
        };
        world.ok(Who::Regulator, PACKS, &flag);
        let call = decommission(tag, kind);
        match kind.is_use() {
            true => world.refuses(Who::Pharmacy, PACKS, &call, Refusal::PackFlagged),
            false => {
                world.ok(Who::Pharmacy, PACKS, &call);
                assert_eq!(world.exit(tag).kind, kind.code());
            }
        }
    }
}

#[test]
fn each_kind_that_may_come_back_takes_an_undo() {
    let tags = tags(8);
    let mut world = World::with_supply();
    for kind in ExitKind::ALL
        .iter()
        .filter(|kind| **kind != ExitKind::Dispensed)
    {
        let tag = tags[usize::from(kind.code()) - 1];
        let call = decommissionCall {
            undo: vec![undo_commitment(tag)],
            ..decommission(tag, *kind)
        };
        assert_eq!(
            world.call(Who::Manager, PACKS, &call).is_ok(),
            kind.may_be_undone()
        );
        assert_eq!(world.exit(tag).undoable, kind.may_be_undone());
    }
}
