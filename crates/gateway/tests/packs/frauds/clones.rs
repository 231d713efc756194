//! Copies of packs.

use theriac_contracts::codes::ExitKind;
use theriac_gateway::packs::label::Label;

use super::{
    class::{Look, Stage},
    stall::{Stall, Who},
};

/// The copy is offered first. Who keeps no book dispenses it; then the pack's holder strikes that exit.
pub(super) async fn before_the_first(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    let mut looks = vec![stall.look(Who::Chemist, &pack, Stage::FirstScan).await];
    stall
        .enter_past_the_book(Who::Chemist, &pack)
        .await
        .unwrap();
    looks.push(stall.look(Who::Pharmacy, &pack, Stage::SecondScan).await);
    strike_and_dispense(stall, &pack).await;
    looks
}

/// The holder shows the way of the pack, strikes the exit of the copy, and dispenses.
pub(super) async fn strike_and_dispense(stall: &mut Stall, pack: &Label) {
    let (scan, now_ms) = (stall.scan(pack), stall.now_ms());
    let pharmacy = stall.partner(Who::Pharmacy);
    pharmacy.contest(&scan).await.unwrap();
    pharmacy.dispense(&scan, now_ms).await.unwrap();
}

pub(super) async fn after_the_first(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    let (scan, now_ms) = (stall.scan(&pack), stall.now_ms());
    stall
        .partner(Who::Pharmacy)
        .dispense(&scan, now_ms)
        .await
        .unwrap();
    vec![stall.look(Who::Chemist, &pack, Stage::FirstScan).await]
}

pub(super) async fn in_transit(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Wholesaler);
    let package = stall.ship(Who::Wholesaler, Who::Pharmacy, &[pack]).await;
    let mut looks = vec![stall.look(Who::Chemist, &pack, Stage::FirstScan).await];
    stall
        .enter_past_the_book(Who::Chemist, &pack)
        .await
        .unwrap();
    let receipt = stall.receive(Who::Pharmacy, &package, Some(&[pack])).await;
    assert_eq!(receipt.unwrap().exceptions, []);
    looks.push(stall.look(Who::Pharmacy, &pack, Stage::SecondScan).await);
    strike_and_dispense(stall, &pack).await;
    looks
}

/// Nothing tells a perfect copy from the pack while both lie on one shelf.
pub(super) async fn on_the_same_shelf(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    let mut looks = vec![stall.look(Who::Pharmacy, &pack, Stage::FirstScan).await];
    let (scan, now_ms) = (stall.scan(&pack), stall.now_ms());
    stall
        .partner(Who::Pharmacy)
        .dispense(&scan, now_ms)
        .await
        .unwrap();
    looks.push(stall.look(Who::Pharmacy, &pack, Stage::SecondScan).await);
    looks
}

pub(super) async fn of_a_destroyed_pack(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    let (scan, now_ms) = (stall.scan(&pack), stall.now_ms());
    let destroyed = ExitKind::Destroyed;
    stall
        .partner(Who::Pharmacy)
        .decommission(&scan, destroyed, now_ms)
        .await
        .unwrap();
    vec![stall.look(Who::Chemist, &pack, Stage::FirstScan).await]
}
