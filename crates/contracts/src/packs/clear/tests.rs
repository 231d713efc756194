//! Tests of `clear`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PACKS,
    interfaces::IPacks::{
        Cleared, clearCall, flagByNumberCall, flagCall, flagCountCall, flagsOfCall,
    },
    testing::{Who, World},
};

const PACK: B256 = B256::repeat_byte(0x77);
const NOTICE: B256 = B256::repeat_byte(0x52);

fn flag(world: &mut World, who: Who) -> clearCall {
    let number = world.ok(who, PACKS, &flagCountCall {});
    let call = flagCall {
        subject: 3,
        handle: PACK,
        kind: 6,
        notice: B256::with_last_byte(number as u8),
    };
    clearCall {
        number: world.ok(who, PACKS, &call),
        notice: NOTICE,
    }
}

#[test]
fn clear_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let (of_maker, of_regulator) = (
        flag(&mut world, Who::Maker),
        flag(&mut world, Who::Regulator),
    );
    let unknown = clearCall {
        number: 2,
        notice: NOTICE,
    };
    world.refuses(Who::Stranger, PACKS, &unknown, Refusal::NotEnrolled);
    world.refuses(Who::Nurse, PACKS, &unknown, Refusal::RoleMayNotHandlePacks);
    world.refuses(Who::Maker, PACKS, &unknown, Refusal::FlagUnknown);
    for who in [Who::OtherMaker, Who::Pharmacist] {
        world.refuses(who, PACKS, &of_maker, Refusal::MayNotClear);
    }
    world.refuses(Who::Maker, PACKS, &of_regulator, Refusal::MayNotClear);
    world.ok(Who::Maker, PACKS, &of_maker);
    for who in [Who::Maker, Who::OtherMaker, Who::Regulator] {
        world.refuses(who, PACKS, &of_maker, Refusal::FlagCleared);
    }
}

#[test]
fn a_flag_that_was_cleared_stays_to_be_read_and_stands_no_more() {
    let mut world = World::with_supply();
    let (first, second) = (flag(&mut world, Who::Maker), flag(&mut world, Who::Maker));
    world.after(8).ok(Who::Regulator, PACKS, &first);
    let log = world.host.logs().last().expect("an event");
    let event = Cleared::decode_log(log).expect("the event").data;
    assert_eq!((event.number, event.handle), (first.number, PACK));
    assert_eq!((event.organisation, event.notice), (9, NOTICE));
    let view = flagByNumberCall {
        number: first.number,
    };
    let shown = world.ok(Who::Stranger, PACKS, &view);
    assert_eq!((shown.clearedBy, shown.clearedNotice), (9, NOTICE));
    assert_eq!(shown.clearedTimeMs, world.host.time_ms);
    let of = flagsOfCall {
        subject: 3,
        handle: PACK,
        before: u64::MAX,
        limit: 10,
    };
    let left = world.ok(Who::Stranger, PACKS, &of);
    assert_eq!((left.page.len(), left.standing), (2, 1));
    world.ok(Who::Maker, PACKS, &second);
    assert_eq!(world.ok(Who::Stranger, PACKS, &of).standing, 0);
}
