//! Tests of `set_factor`.

use alloy_primitives::Address;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::factorOfCall,
    testing::{OneTime, Who, World, trial::factor},
};

#[test]
fn set_factor_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let who = Who::Author;
    let mut call = factor(who, OneTime(1), None);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for odd in [Address::ZERO, who.address()] {
        call.factor = odd;
        world.refuses(who, TRIALS, &call, Refusal::FactorMalformed);
    }
    call = factor(Who::Physician, OneTime(1), None);
    world.refuses(who, TRIALS, &call, Refusal::NotSignedByKey);
    call = factor(who, OneTime(1), None);
    world.ok(who, TRIALS, &call);
    world.refuses(who, TRIALS, &call, Refusal::FactorMalformed);
    call = factor(who, OneTime(2), None);
    world.refuses(who, TRIALS, &call, Refusal::NotSignedByKey);
    call = factor(who, OneTime(2), Some(OneTime(3)));
    world.refuses(who, TRIALS, &call, Refusal::NotSignedByKey);
    world.ok(who, TRIALS, &factor(who, OneTime(2), Some(OneTime(1))));
    let view = factorOfCall {
        account: who.address(),
    };
    let found = world.ok(Who::Stranger, TRIALS, &view);
    assert_eq!(found, OneTime(2).address());
}
