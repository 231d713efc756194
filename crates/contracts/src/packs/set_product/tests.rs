//! Tests of `setProduct`.

use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PACKS,
    interfaces::IPacks::{ProductSet, productCall, productsCall, setProductCall},
    testing::{Who, World},
};

const GTIN: u64 = 9_506_000_134_352;
const OTHER_GTIN: u64 = 614_141_007_349;

fn claim(holder: u32) -> setProductCall {
    setProductCall {
        gtin: GTIN,
        holder,
        responder: "https://verify.example/v1".into(),
    }
}

#[test]
fn set_product_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = setProductCall {
        gtin: GTIN + 1,
        holder: 99,
        responder: "http://verify.example".into(),
    };
    world.refuses(Who::Stranger, PACKS, &call, Refusal::NotEnrolled);
    for who in [
        Who::Wholesaler,
        Who::Pharmacist,
        Who::Hospital,
        Who::Insurer,
    ] {
        world.refuses(who, PACKS, &call, Refusal::NotAManufacturer);
    }
    world.enrol(Who::Maker, Who::Successor, crate::codes::Role::Researcher);
    world.refuses(Who::Successor, PACKS, &call, Refusal::RoleMayNotHandlePacks);
    for gtin in [0, GTIN + 1, u64::MAX] {
        call.gtin = gtin;
        world.refuses(Who::Maker, PACKS, &call, Refusal::GtinMalformed);
    }
    call.gtin = GTIN;
    let long = format!("https://{}", "x".repeat(193));
    for responder in [
        "http://verify.example",
        "https://",
        "https://a b",
        "https://ä",
        &long,
    ] {
        call.responder = responder.into();
        world.refuses(Who::Maker, PACKS, &call, Refusal::ResponderMalformed);
    }
    call.responder = long[..200].into();
    for holder in [0, 99] {
        call.holder = holder;
        world.refuses(Who::Maker, PACKS, &call, Refusal::UnknownOrganisation);
    }
    call.holder = 6;
    world.refuses(Who::Maker, PACKS, &call, Refusal::HolderNotAManufacturer);
    call.holder = 5;
    world.refuses(Who::Maker, PACKS, &call, Refusal::NotTheProductHolder);
    call.holder = 4;
    world.ok(Who::Maker, PACKS, &call);
    for holder in [4, 5] {
        call.holder = holder;
        world.refuses(Who::OtherMaker, PACKS, &call, Refusal::NotTheProductHolder);
    }
}

#[test]
fn a_product_passes_from_holder_to_holder_and_a_regulator_may_always() {
    let mut world = World::with_supply();
    world.ok(Who::Maker, PACKS, &claim(4));
    let entered = world.host.logs().len();
    world.after(30).ok(Who::Maker, PACKS, &claim(4));
    assert_eq!(world.host.logs().len(), entered, "nothing new");
    world.ok(Who::Maker, PACKS, &claim(5));
    world.refuses(Who::Maker, PACKS, &claim(4), Refusal::NotTheProductHolder);
    world.after(60).ok(Who::Regulator, PACKS, &claim(4));
    let unclaimed = setProductCall {
        gtin: OTHER_GTIN,
        responder: String::new(),
        ..claim(5)
    };
    world.ok(Who::Regulator, PACKS, &unclaimed);
    let log = world.host.logs().last().expect("an event");
    let event = ProductSet::decode_log(log).expect("the event").data;
    assert_eq!((event.gtin, event.holder, event.by), (OTHER_GTIN, 5, 9));
    let page = world.ok(Who::Stranger, PACKS, &productsCall { from: 0, limit: 10 });
    let shown: Vec<_> = page.page.iter().map(|one| (one.gtin, one.holder)).collect();
    assert_eq!((shown, page.total), (vec![(GTIN, 4), (OTHER_GTIN, 5)], 2));
    let product = world.ok(Who::Stranger, PACKS, &productCall { gtin: GTIN });
    assert_eq!(product, page.page[0]);
    assert_eq!(product.responder, "https://verify.example/v1");
    assert_eq!(product.changedTimeMs, world.host.time_ms);
}

#[test]
fn a_product_that_nobody_claimed_is_not_shown() {
    let mut world = World::with_supply();
    let view = productCall { gtin: GTIN };
    world.refuses(Who::Maker, PACKS, &view, Refusal::ProductUnknown);
    for limit in [0, 101] {
        let page = productsCall { from: 0, limit };
        world.refuses(Who::Maker, PACKS, &page, Refusal::PageOutOfRange);
    }
}
