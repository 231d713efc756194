//! Recalls and thefts reach who holds the packs.

use crate::support::{NOW_MS, World, of_lot, refusal, scan};
use theriac_contracts::codes::FlagKind;
use theriac_gateway::packs::{Cause, NewShipment, Papers, Target};

const SSCC: &str = "340123450000000017";

fn lot(lot: &str) -> Target {
    Target::Lot {
        gtin: None,
        lot: lot.to_owned(),
    }
}

#[tokio::test]
async fn a_recall_alarms_who_holds_the_lot_and_nobody_else() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    world.lot("L8", 2).await;
    let raised = world
        .maker
        .flag(&lot("L7"), FlagKind::RecallClass2)
        .await
        .unwrap();
    let watched = world.pharmacy.watch().await.unwrap();
    assert_eq!((watched.new, watched.alarms.len()), (1, 1));
    assert_eq!(watched.alarms[0].packs.len(), 3);
    assert_eq!(world.chemist.watch().await.unwrap().alarms, []);
    let scan = scan(&world.pharmacy, 0);
    let kind = FlagKind::RecallClass2;
    let verified = world.pharmacy.verify(&scan, NOW_MS).await.unwrap();
    assert_eq!(verified.causes, [Cause::Flagged { kind }]);
    let offline = world.pharmacy.verify_offline(&scan, NOW_MS).unwrap();
    assert_eq!(offline.causes, [Cause::Flagged { kind }]);
    assert_eq!(
        refusal(world.pharmacy.dispense(&scan, NOW_MS).await),
        "NotFit"
    );
    world.maker.clear(raised[0].number).await.unwrap();
    let watched = world.pharmacy.watch().await.unwrap();
    assert_eq!((watched.new, watched.alarms.len()), (0, 0));
    assert!(world.pharmacy.verify(&scan, NOW_MS).await.unwrap().is_fit());
}

#[tokio::test]
async fn only_the_maker_recalls_a_lot() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let refused = world
        .pharmacy
        .flag(&lot("L7"), FlagKind::RecallClass1)
        .await;
    assert_eq!(refusal(refused), "MayNotFlag");
    let unknown = world
        .pharmacy
        .flag(&lot("L99"), FlagKind::RecallClass1)
        .await;
    assert_eq!(refusal(unknown), "LotUnknown");
}

/// The pallet was shipped and never arrived; later its papers turn up with who bought it from the thief.
#[tokio::test]
async fn packs_of_a_stolen_pallet_are_found_by_their_way() {
    let mut world = World::start().await;
    world.lot("L7", 6).await;
    let file = world.file("pallet.theriac");
    let card = world.wholesaler.card().unwrap();
    let new = NewShipment {
        to: &card,
        selection: of_lot("L7", 4),
        into: Some(SSCC.to_owned()),
        papers: Papers::default(),
        file: &file,
        now_ms: NOW_MS,
    };
    world.maker.ship(new).await.unwrap();
    let unit = Target::Unit(SSCC.to_owned());
    let raised = world.maker.flag(&unit, FlagKind::Stolen).await.unwrap();
    assert_eq!(raised.len(), 1);
    let package = std::fs::read(&file).unwrap();
    let receipt = world
        .wholesaler
        .receive(&package, None, NOW_MS)
        .await
        .unwrap();
    assert_eq!(receipt.units, [SSCC]);
    assert_eq!(receipt.exceptions.len(), 4);
    let scan = scan(&world.wholesaler, 0);
    let verified = world.wholesaler.verify(&scan, NOW_MS).await.unwrap();
    let kind = FlagKind::Stolen;
    assert_eq!(verified.causes, [Cause::Flagged { kind }]);
    assert_eq!(
        world.wholesaler.watch().await.unwrap().alarms[0]
            .packs
            .len(),
        4
    );
    // What stayed with the maker was under another key.
    assert_eq!(world.maker.watch().await.unwrap().alarms, []);
}

#[tokio::test]
async fn a_pack_is_flagged_by_its_printed_values() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scan = scan(&world.pharmacy, 0);
    let target = Target::Pack(scan.clone());
    world
        .chemist
        .flag(&target, FlagKind::Suspect)
        .await
        .unwrap();
    let watched = world.pharmacy.watch().await.unwrap();
    assert_eq!(watched.alarms[0].packs.len(), 1);
    assert_eq!(
        refusal(world.pharmacy.dispense(&scan, NOW_MS).await),
        "NotFit"
    );
}
