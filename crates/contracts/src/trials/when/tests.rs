//! Tests of observations and beacons, through `capture`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{Entered, captureCall},
    testing::{
        Who, World,
        trial::{capture, captures},
    },
};

fn at(height: u64, hash: B256) -> captureCall {
    let mut form = capture(1, 0);
    form.when.beaconHeight = height;
    form.when.beaconHash = hash;
    captures(vec![form])
}

#[test]
fn a_beacon_is_compared_with_the_chain_and_is_never_ahead() {
    let mut world = World::with_subjects(1);
    world.host.height = 20_000;
    let (known, other) = (B256::repeat_byte(0xb1), B256::repeat_byte(0xb2));
    let newest = world.host.height - 1;
    let oldest = world.host.height - 8_191;
    for height in [newest, oldest] {
        world.pass(height, known);
    }
    for (call, refusal) in [
        (at(0, known), Refusal::BeaconMalformed),
        (at(newest, B256::ZERO), Refusal::BeaconMalformed),
        (at(newest + 1, known), Refusal::BeaconAhead),
        (at(u64::MAX, known), Refusal::BeaconAhead),
        (at(newest, other), Refusal::BeaconDiffers),
        (at(oldest, other), Refusal::BeaconDiffers),
        (at(newest - 1, known), Refusal::BeaconDiffers),
    ] {
        world.refuses(Who::Author, TRIALS, &call, refusal);
    }
    let before = world.host.snapshot();
    for call in [
        at(newest, known),
        at(oldest, known),
        at(oldest - 1, other),
        at(1, other),
    ] {
        world.ok(Who::Author, TRIALS, &call);
        let log = world.host.logs().last().expect("an event");
        let entry = Entered::decode_log(log).expect("the event").data.entry;
        let when = &call.captures[0].when;
        assert_eq!(entry[96..104], when.beaconHeight.to_be_bytes());
        assert_eq!(entry[104..136], when.beaconHash[..]);
        world.host.rollback(before.clone());
    }
}

#[test]
fn an_observation_is_not_later_than_its_block() {
    let mut world = World::with_subjects(1);
    let mut form = capture(1, 0);
    form.when.observed = world.host.time_ms + 1;
    let call = captures(vec![form.clone()]);
    world.refuses(Who::Author, TRIALS, &call, Refusal::ObservedAhead);
    form.when.observed -= 1;
    world.ok(Who::Author, TRIALS, &captures(vec![form]));
}
