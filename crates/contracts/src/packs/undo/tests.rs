//! Tests of `undo`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PACKS,
    codes::{FlagKind, FlagSubject},
    interfaces::IPacks::{Undone, clearCall, dispenseCall, flagCall, undoCall},
    packs::{nullifier, undo_commitment},
    testing::{Who, World, left, tags},
};

const SECRET: B256 = B256::repeat_byte(0x44);
const TEN_DAYS: u64 = 864_000;

fn undoable(tag: B256) -> dispenseCall {
    dispenseCall {
        undo: vec![undo_commitment(SECRET)],
        ..left(&[tag])
    }
}

fn undo(tag: B256, secret: B256) -> undoCall {
    undoCall {
        nullifier: nullifier(1_337, tag),
        secret,
    }
}

#[test]
fn undo_refuses_in_the_documented_order() {
    let tags = tags(2);
    let (tag, other) = (tags[0], tags[1]);
    let mut world = World::with_supply();
    let wrong = undo(tag, B256::ZERO);
    world.refuses(Who::Stranger, PACKS, &wrong, Refusal::NotEnrolled);
    world.refuses(Who::Regulator, PACKS, &wrong, Refusal::NotATradingPartner);
    world.refuses(Who::Nurse, PACKS, &wrong, Refusal::RoleMayNotHandlePacks);
    world.refuses(Who::Pharmacist, PACKS, &wrong, Refusal::HasNotLeft);
    world.ok(Who::Pharmacist, PACKS, &undoable(tag));
    world.ok(Who::Pharmacist, PACKS, &left(&[other]));
    for who in [Who::OtherPharmacist, Who::Maker] {
        world.refuses(who, PACKS, &undo(tag, SECRET), Refusal::NotYourExit);
    }
    let last = undo(other, SECRET);
    world.refuses(Who::Pharmacist, PACKS, &last, Refusal::ExitIsFinal);
    world.after(TEN_DAYS).host.time_ms += 1;
    world.refuses(Who::Pharmacist, PACKS, &wrong, Refusal::UndoTooLate);
    world.after(TEN_DAYS);
    world.refuses(Who::Pharmacist, PACKS, &wrong, Refusal::SecretDiffers);
    let flag = flagCall {
        subject: FlagSubject::Pack.code(),
        handle: nullifier(1_337, tag),
        kind: FlagKind::Suspect.code(),
        notice: B256::ZERO,
    };
    let number = world.ok(Who::Maker, PACKS, &flag);
    world.refuses(
        Who::Pharmacist,
        PACKS,
        &undo(tag, SECRET),
        Refusal::PackFlagged,
    );
    assert!(!world.exit(tag).undoable);
    let notice = B256::ZERO;
    world.ok(Who::Maker, PACKS, &clearCall { number, notice });
    assert!(world.exit(tag).undoable);
    world.ok(Who::SecondPharmacist, PACKS, &undo(tag, SECRET));
    world.refuses(
        Who::Pharmacist,
        PACKS,
        &undo(tag, SECRET),
        Refusal::HasNotLeft,
    );
}

#[test]
fn a_pack_that_came_back_leaves_again_and_its_exits_are_counted() {
    let tag = tags(1)[0];
    let mut world = World::with_supply();
    for exits in 1..=3 {
        world.ok(Who::Pharmacist, PACKS, &undoable(tag));
        assert_eq!(world.exit(tag).exits, exits);
        world.ok(Who::Gateway, PACKS, &undo(tag, SECRET));
        let back = world.exit(tag);
        assert_eq!((back.kind, back.organisation, back.exits), (0, 0, exits));
        assert_eq!((back.timeMs, back.undoable), (0, false));
    }
    let log = world.host.logs().last().expect("an event");
    let event = Undone::decode_log(log).expect("the event").data;
    assert_eq!(
        (event.organisation, event.account),
        (7, Who::Gateway.address())
    );
    // The secret of an earlier exit does not undo one that was entered as final.
    world.ok(Who::OtherPharmacist, PACKS, &left(&[tag]));
    world.refuses(
        Who::OtherPharmacist,
        PACKS,
        &undo(tag, SECRET),
        Refusal::ExitIsFinal,
    );
}
