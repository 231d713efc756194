//! Tests of `draw_list`.

use alloy_primitives::{B256, Bytes, keccak256};
use alloy_sol_types::{SolEvent, SolValue};

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{Entered, drawListCall},
    testing::{
        Who, World,
        trial::{STUDY, header, list},
    },
};

fn draw(header: Bytes) -> drawListCall {
    drawListCall {
        study: *STUDY,
        list: 1,
        header,
    }
}

#[test]
fn draw_list_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = draw(Bytes::new());
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_study();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Patient, TRIALS, &call, Refusal::ListUnknown);
    world.ok(Who::OtherPharmacist, TRIALS, &list(1));
    let height = world.list(1).height;
    world.host.height = height;
    world.refuses(Who::Patient, TRIALS, &call, Refusal::DrawTooEarly);
    let right = world.reach_list(1);
    world.host.height = height + 8_192;
    world.refuses(Who::Patient, TRIALS, &call, Refusal::DrawTooLate);
    world.host.height = height + 8_191;
    let other = header(height, B256::repeat_byte(0x43));
    let mut longer = right.to_vec();
    longer.push(0);
    for wrong in [Bytes::new(), other, longer.into(), vec![0; 2_049].into()] {
        call.header = wrong;
        world.refuses(Who::Patient, TRIALS, &call, Refusal::HeaderDiffers);
    }
    world.ok(Who::Patient, TRIALS, &draw(right.clone()));
    world.refuses(Who::Patient, TRIALS, &draw(right), Refusal::DrawnAlready);
}

#[test]
fn bytes_that_the_chain_names_but_that_are_no_header_draw_nothing() {
    let mut world = World::with_study();
    world.ok(Who::OtherPharmacist, TRIALS, &list(1));
    let height = world.list(1).height;
    let right = world.reach_list(1);
    for length in [0, 1, 2, 3, 40, 300, right.len() - 1] {
        let cut = right.slice(..length);
        world.pass(height, keccak256(&cut));
        let call = draw(cut);
        world.refuses(Who::Patient, TRIALS, &call, Refusal::HeaderDiffers);
    }
}

#[test]
fn the_value_drawn_is_that_of_the_block_at_the_lists_height() {
    let mut world = World::with_study();
    world.ok(Who::OtherPharmacist, TRIALS, &list(1));
    let height = world.list(1).height;
    let header = world.reach_list(1);
    world.ok(Who::Patient, TRIALS, &draw(header));
    assert_eq!(world.list(1).status, 2);
    let log = world.host.logs().last().expect("an event");
    let event = Entered::decode_log(log).expect("the event").data;
    let body = (1u16, height, B256::repeat_byte(0x42)).abi_encode_params();
    assert_eq!(event.body, Bytes::from(body));
}
