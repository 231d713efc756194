//! Thefts and recalls.

use crate::support::of_lot;
use theriac_contracts::codes::FlagKind;
use theriac_gateway::packs::{
    NewShipment, Papers, Target, exception::Fault, exception::compare, label::Label,
};

use super::{
    class::{Look, Stage},
    stall::{Stall, Who, codes, told_alone},
};

const SSCC: &str = "340123450000000017";

/// A pallet vanishes on its way. The maker flags the unit, and its packs too for those who keep no books.
pub(super) async fn in_transit(stall: &mut Stall) -> Vec<Look> {
    let (lot, file, now_ms) = (stall.fresh_lot(), stall.file(), stall.now_ms());
    let made = stall.make(&lot, "281130", 4).await;
    let card = stall.world.wholesaler.card().unwrap();
    let new = NewShipment {
        to: &card,
        selection: of_lot(&lot, 4),
        into: Some(SSCC.to_owned()),
        papers: Papers::default(),
        file: &file,
        now_ms,
    };
    stall.world.maker.ship(new).await.unwrap();
    let mut looks = vec![stall.look(Who::Chemist, &made[0], Stage::FirstScan).await];
    let stolen = FlagKind::Stolen;
    let unit = Target::Unit(SSCC.to_owned());
    stall.world.maker.flag(&unit, stolen).await.unwrap();
    let package = std::fs::read(file).unwrap();
    let receipt = stall
        .receive(Who::Wholesaler, &package, None)
        .await
        .unwrap();
    let fault = Fault::Flagged { kind: stolen };
    assert!(receipt.exceptions.iter().any(|one| one.fault == fault));
    looks.push(told_alone(Stage::Receipt, codes(&receipt.exceptions)));
    flag_pack(stall, &made[0]).await;
    looks.push(
        stall
            .look(Who::Chemist, &made[0], Stage::ScanAfterFlag)
            .await,
    );
    looks
}

async fn flag_pack(stall: &mut Stall, pack: &Label) {
    let target = Target::Pack(stall.scan(pack));
    let raised = stall.world.maker.flag(&target, FlagKind::Stolen).await;
    assert_eq!(raised.unwrap().len(), 1);
}

pub(super) async fn from_shelf(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    let mut looks = vec![stall.look(Who::Chemist, &pack, Stage::FirstScan).await];
    flag_pack(stall, &pack).await;
    looks.push(stall.look(Who::Chemist, &pack, Stage::ScanAfterFlag).await);
    let refused = stall.enter_past_the_book(Who::Chemist, &pack).await;
    assert_eq!(super::stall::code(refused.unwrap_err()), "PackFlagged");
    looks
}

/// Nobody knows of it: books and ledger say what they said before.
pub(super) async fn unnoticed(stall: &mut Stall) -> Vec<Look> {
    let gone = stall.held(Who::Pharmacy);
    let watched = stall.partner(Who::Pharmacy).watch().await.unwrap();
    let alarms = watched
        .alarms
        .iter()
        .filter(|one| one.packs.contains(&gone));
    let told = alarms.map(|_| "Flagged".to_owned()).collect();
    let held = stall.partner(Who::Pharmacy).book().held().unwrap();
    let expected: Vec<_> = held.iter().map(|pack| pack.label).collect();
    let there: Vec<_> = expected.iter().filter(|pack| **pack != gone).collect();
    let scans: Vec<_> = there.into_iter().map(|pack| stall.scan(pack)).collect();
    let missing = compare(&expected, &scans);
    assert_eq!(missing.len(), 1, "only what is gone is missing");
    assert_eq!(missing[0].label, Some(gone));
    vec![
        told_alone(Stage::Watch, told),
        told_alone(Stage::Count, codes(&missing)),
    ]
}

/// A pharmacy that watches is alarmed before anyone offers a pack of the lot.
pub(super) async fn recall(stall: &mut Stall) -> Vec<Look> {
    let lot = stall.fresh_lot();
    let made = stall.make(&lot, "281130", 4).await;
    stall.supply(&lot, 4).await;
    let kinds = [
        FlagKind::RecallClass1,
        FlagKind::RecallClass2,
        FlagKind::RecallClass3,
    ];
    let kind = *stall.random.pick(&kinds);
    let mut looks = vec![stall.look(Who::Pharmacy, &made[0], Stage::FirstScan).await];
    let target = Target::Lot { gtin: None, lot };
    stall.world.maker.flag(&target, kind).await.unwrap();
    let watched = stall.partner(Who::Pharmacy).watch().await.unwrap();
    let alarms = watched
        .alarms
        .iter()
        .filter(|alarm| alarm.packs.contains(&made[0]));
    let told = alarms.map(|_| "Flagged".to_owned()).collect();
    looks.push(told_alone(Stage::Watch, told));
    looks.push(
        stall
            .look(Who::Pharmacy, &made[1], Stage::ScanAfterFlag)
            .await,
    );
    looks
}
