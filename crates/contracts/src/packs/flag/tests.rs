//! Tests of `flag`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PACKS,
    interfaces::IPacks::{
        Flagged, flagByNumberCall, flagCall, flagCountCall, flagsCall, flagsOfCall,
    },
    testing::{OneTime, Who, World, tags},
};

const NOTICE: B256 = B256::repeat_byte(0x51);

fn flag(subject: u8, handle: B256, kind: u8) -> flagCall {
    flagCall {
        subject,
        handle,
        kind,
        notice: NOTICE,
    }
}

fn container() -> B256 {
    OneTime(9).address().into_word()
}

#[test]
fn flag_refuses_in_the_documented_order() {
    let (mut world, shipment) = World::with_lot(&tags(2));
    let root = shipment.contest(Who::Maker, shipment.tags[0]).proof.lot;
    let mut call = flag(0, B256::ZERO, 0);
    world.refuses(Who::Stranger, PACKS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Insurer, PACKS, &call, Refusal::NotATradingPartner);
    world.refuses(Who::Physician, PACKS, &call, Refusal::RoleMayNotHandlePacks);
    for subject in [0, 4, 255] {
        call.subject = subject;
        world.refuses(Who::Maker, PACKS, &call, Refusal::UnknownFlagSubject);
    }
    for (subject, kinds) in [
        (1, &[0, 5, 10][..]),
        (2, &[0, 1, 4, 9, 10]),
        (3, &[0, 2, 3, 9, 255]),
    ] {
        for kind in kinds {
            call = flag(subject, B256::ZERO, *kind);
            world.refuses(Who::Maker, PACKS, &call, Refusal::UnknownFlagKind);
        }
    }
    for (subject, handle) in [(1, B256::ZERO), (2, B256::ZERO), (3, B256::ZERO), (2, root)] {
        let call = flag(subject, handle, 6);
        world.refuses(Who::Maker, PACKS, &call, Refusal::HandleMalformed);
    }
    world.refuses(Who::Maker, PACKS, &flag(1, NOTICE, 6), Refusal::LotUnknown);
    for who in [Who::OtherMaker, Who::Wholesaler, Who::Pharmacist] {
        world.refuses(who, PACKS, &flag(1, root, 6), Refusal::MayNotFlag);
    }
    for number in 0..64 {
        let who = if number % 2 == 0 {
            Who::Maker
        } else {
            Who::Regulator
        };
        world.ok(who, PACKS, &flag(1, root, 1));
    }
    world.refuses(Who::Maker, PACKS, &flag(1, root, 9), Refusal::TooManyFlags);
    // Flags of another subject with the same handle fill no place.
    world.ok(Who::Pharmacist, PACKS, &flag(3, root, 6));
    world.refuses(
        Who::Pharmacist,
        PACKS,
        &flag(3, root, 6),
        Refusal::FlagTwice,
    );
    world.ok(Who::OtherPharmacist, PACKS, &flag(3, root, 6));
    world.ok(Who::Pharmacist, PACKS, &flag(3, root, 6));
}

#[test]
fn flags_are_dense_in_the_network_and_linked_newest_first_for_each_handle() {
    let mut world = World::with_supply();
    let pack = B256::repeat_byte(0x77);
    for (who, call) in [
        (Who::Pharmacist, flag(3, pack, 6)),
        (Who::Wholesaler, flag(2, container(), 5)),
        (Who::Regulator, flag(3, pack, 7)),
        (Who::Maker, flag(3, pack, 8)),
    ] {
        let expected = world.ok(Who::Stranger, PACKS, &flagCountCall {});
        assert_eq!(world.ok(who, PACKS, &call), expected);
    }
    let all = world.ok(
        Who::Stranger,
        PACKS,
        &flagsCall {
            from: 0,
            limit: 100,
        },
    );
    let numbers: Vec<_> = all.page.iter().map(|flag| flag.number).collect();
    assert_eq!((numbers, all.total), (vec![0, 1, 2, 3], 4));
    let mut view = flagsOfCall {
        subject: 3,
        handle: pack,
        before: u64::MAX,
        limit: 2,
    };
    let newest = world.ok(Who::Stranger, PACKS, &view);
    let numbers: Vec<_> = newest.page.iter().map(|flag| flag.number).collect();
    assert_eq!((numbers, newest.standing), (vec![3, 2], 3));
    view.before = 2;
    let rest = world.ok(Who::Stranger, PACKS, &view);
    assert_eq!(rest.page, all.page[..1]);
    let one = world.ok(Who::Stranger, PACKS, &flagByNumberCall { number: 1 });
    assert_eq!(one, all.page[1]);
    assert_eq!((one.subject, one.handle, one.kind), (2, container(), 5));
    assert_eq!(
        (one.organisation, one.account),
        (6, Who::Wholesaler.address())
    );
    assert_eq!((one.notice, one.clearedBy), (NOTICE, 0));
    let log = world.host.logs().last().expect("an event");
    let event = Flagged::decode_log(log).expect("the event").data;
    assert_eq!(
        (event.number, event.handle, event.organisation),
        (3, pack, 4)
    );
    assert_eq!((event.subject, event.kind, event.notice), (3, 8, NOTICE));
}

#[test]
fn views_of_flags_refuse_what_is_not_there() {
    let mut world = World::with_supply();
    world.ok(Who::Maker, PACKS, &flag(2, container(), 6));
    let one = flagByNumberCall { number: 1 };
    world.refuses(Who::Maker, PACKS, &one, Refusal::FlagUnknown);
    for limit in [0, 101] {
        let page = flagsCall { from: 0, limit };
        world.refuses(Who::Maker, PACKS, &page, Refusal::PageOutOfRange);
    }
    let mut of = flagsOfCall {
        subject: 4,
        handle: container(),
        before: 0,
        limit: 0,
    };
    world.refuses(Who::Maker, PACKS, &of, Refusal::UnknownFlagSubject);
    of.subject = 3;
    world.refuses(Who::Maker, PACKS, &of, Refusal::PageOutOfRange);
    of.limit = 1;
    world.refuses(Who::Maker, PACKS, &of, Refusal::FlagUnknown);
    (of.subject, of.before) = (2, 7);
    world.refuses(Who::Maker, PACKS, &of, Refusal::FlagUnknown);
    of.before = 0;
    assert!(world.ok(Who::Maker, PACKS, &of).page.is_empty());
}
