//! The way of packs from the maker to the patient.

use crate::support::{GTIN, NOW_MS, World, of_lot, refusal, scan, send, ship};
use theriac_contracts::codes::ExitKind;
use theriac_gateway::packs::{Cause, Custody, Dispensed, book::Selection};

#[tokio::test]
async fn packs_go_from_the_maker_to_the_patient_and_are_proven_at_each_stop() {
    let mut world = World::start().await;
    let receipt = world.supplied("L7", 5).await;
    assert_eq!((receipt.packs.len(), receipt.organisation), (5, 2));
    let scan = scan(&world.pharmacy, 0);
    let verified = world.pharmacy.verify(&scan, NOW_MS).await.unwrap();
    assert_eq!(verified.causes, []);
    assert_eq!(verified.custody, Custody::Complete { steps: 2 });
    let dispensed = world.pharmacy.dispense(&scan, NOW_MS).await.unwrap();
    assert!(matches!(dispensed, Dispensed::Entered { label } if label.bracketed() == scan));
    let again = world.pharmacy.verify(&scan, NOW_MS).await.unwrap();
    let left = ExitKind::Dispensed.code();
    assert!(matches!(again.causes[..], [Cause::LeftHere { kind, .. }] if kind == left));
    assert_eq!(world.pharmacy.book().held().unwrap().len(), 4);
}

#[tokio::test]
async fn what_a_key_holds_beside_a_shipment_stays_with_its_owner() {
    let mut world = World::start().await;
    world.lot("L7", 20).await;
    let folder = world.folder.path().to_owned();
    for left in [15, 10, 5] {
        send(
            &mut world.maker,
            &mut world.wholesaler,
            (of_lot("L7", 5), &folder),
        )
        .await;
        assert_eq!(world.maker.book().held().unwrap().len(), left);
    }
    // The rest was cut into fives by the first shipment, so that the later ones took whole keys.
    let held = world.maker.book().held().unwrap();
    assert_eq!(world.maker.book().step_count(held[0].tag).unwrap(), 1);
    for place in [0, 7, 14] {
        let scan = scan(&world.wholesaler, place);
        let verified = world.wholesaler.verify(&scan, NOW_MS).await.unwrap();
        assert!(verified.is_fit(), "{verified:?}");
    }
    let refused = ship(
        &mut world.maker,
        &world.pharmacy,
        (of_lot("L7", 6), &folder),
    )
    .await;
    assert_eq!(refusal(refused), "TooFewHeld");
}

#[tokio::test]
async fn unpacked_packs_are_under_keys_that_the_sender_does_not_know() {
    let mut world = World::start().await;
    world.supplied("L7", 4).await;
    let before = world.pharmacy.book().held().unwrap()[0].key;
    let unpacked = world
        .pharmacy
        .unpack(&Selection::All, 1, NOW_MS)
        .await
        .unwrap();
    assert_eq!(
        (unpacked.packs, unpacked.keys, unpacked.hand_overs),
        (4, 4, 1)
    );
    let held = world.pharmacy.book().held().unwrap();
    assert!(held.iter().all(|pack| pack.key != before));
    let verified = world
        .pharmacy
        .verify(&scan(&world.pharmacy, 0), NOW_MS)
        .await
        .unwrap();
    assert_eq!(verified.custody, Custody::Complete { steps: 3 });
    assert!(verified.is_fit());
}

#[tokio::test]
async fn a_return_goes_the_way_back_and_out_again() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let folder = world.folder.path().to_owned();
    let tag = world.pharmacy.book().held().unwrap()[0].tag;
    let back = Selection::Tags(vec![tag]);
    send(
        &mut world.pharmacy,
        &mut world.wholesaler,
        (back.clone(), &folder),
    )
    .await;
    let scan = world
        .wholesaler
        .book()
        .pack(tag)
        .unwrap()
        .unwrap()
        .label
        .bracketed();
    assert!(
        world
            .wholesaler
            .verify(&scan, NOW_MS)
            .await
            .unwrap()
            .is_fit()
    );
    let old = world.pharmacy.verify(&scan, NOW_MS).await.unwrap();
    assert_eq!(old.causes, [Cause::NotHeld("sent")]);
    send(&mut world.wholesaler, &mut world.chemist, (back, &folder)).await;
    let verified = world.chemist.verify(&scan, NOW_MS).await.unwrap();
    assert_eq!(verified.custody, Custody::Complete { steps: 4 });
}

#[tokio::test]
async fn the_ledger_is_told_nothing_of_what_is_in_the_books() {
    let mut world = World::start().await;
    let receipt = world.supplied("LOT-SEVEN", 2).await;
    world
        .pharmacy
        .dispense(&receipt.packs[0].bracketed(), NOW_MS)
        .await
        .unwrap();
    let ledger = world.ledger.lock().unwrap();
    let told: Vec<u8> = ledger
        .host
        .logs()
        .iter()
        .flat_map(|log| log.data.data.to_vec())
        .collect();
    let words = [
        receipt.packs[0].serial(),
        "LOT-SEVEN",
        GTIN,
        "4012345000016",
    ];
    for word in words {
        let is_told = told
            .windows(word.len())
            .any(|window| window == word.as_bytes());
        assert!(!is_told, "{word}");
    }
}

/// Two thousand packs, of one key: one entry.
#[tokio::test]
async fn a_pallet_is_one_entry() {
    let mut world = World::start().await;
    world.lot("L7", 2_000).await;
    let before = world.ledger.lock().unwrap().executed.len();
    let folder = world.folder.path().to_owned();
    let receipt = send(
        &mut world.maker,
        &mut world.wholesaler,
        (Selection::All, &folder),
    )
    .await;
    assert_eq!(receipt.packs.len(), 2_000);
    assert_eq!(world.ledger.lock().unwrap().executed.len(), before + 1);
}
