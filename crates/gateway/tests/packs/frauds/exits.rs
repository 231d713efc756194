//! Exits that are entered, undone and contested by those who may not.

use alloy_primitives::B256;
use theriac_contracts::packs::nullifier;

use super::{
    class::{Look, Stage},
    clones::strike_and_dispense,
    stall::{Stall, Who, refused},
};

const DAY_MS: u64 = 86_400_000;

async fn dispensed(stall: &mut Stall) -> (theriac_gateway::packs::label::Label, String) {
    let pack = stall.held(Who::Pharmacy);
    let (scan, now_ms) = (stall.scan(&pack), stall.now_ms());
    stall
        .partner(Who::Pharmacy)
        .dispense(&scan, now_ms)
        .await
        .unwrap();
    (pack, scan)
}

/// Even past the program: the ledger has one exit for a pack.
pub(super) async fn second_pharmacy(stall: &mut Stall) -> Vec<Look> {
    let (pack, _) = dispensed(stall).await;
    vec![refused(
        stall.enter_past_the_book(Who::Chemist, &pack).await,
    )]
}

pub(super) async fn guessed_nullifier(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    stall
        .enter_past_the_book(Who::Chemist, &pack)
        .await
        .unwrap();
    let looks = vec![stall.look(Who::Pharmacy, &pack, Stage::FirstScan).await];
    strike_and_dispense(stall, &pack).await;
    let again = stall.enter_past_the_book(Who::Chemist, &pack).await;
    assert_eq!(super::stall::code(again.unwrap_err()), "AlreadyDispensed");
    looks
}

pub(super) async fn undone_by_another(stall: &mut Stall) -> Vec<Look> {
    let (pack, _) = dispensed(stall).await;
    let secret = B256::from([stall.random.below(256) as u8; 32]);
    let chemist = stall.partner(Who::Chemist);
    let nullifier = nullifier(chemist.book().owner().chain_id, pack.tag());
    let undone = chemist.client().undo_exit(nullifier, secret).await;
    vec![refused(undone.map_err(Into::into))]
}

pub(super) async fn undone_too_late(stall: &mut Stall) -> Vec<Look> {
    let (_, scan) = dispensed(stall).await;
    let days = 10 + stall.random.below(20);
    stall.world.ledger.lock().unwrap().host.time_ms += days * DAY_MS;
    let now_ms = stall.now_ms();
    vec![refused(
        stall.partner(Who::Pharmacy).undo(&scan, now_ms).await,
    )]
}
