//! What a receiver finds in a package that is not as it should be.

use crate::support::{EXPIRY, GTIN, NOW_MS, World, new_packs, of_lot, refusal, ship};
use theriac_gateway::packs::{Error, NewPacks, NewShipment, Papers, exception::Fault};

#[tokio::test]
async fn a_package_is_received_once_and_by_its_receiver_alone() {
    let mut world = World::start().await;
    world.lot("L7", 4).await;
    let folder = world.folder.path().to_owned();
    let package = ship(
        &mut world.maker,
        &world.pharmacy,
        (of_lot("L7", 2), &folder),
    )
    .await
    .unwrap();
    let other = world.chemist.receive(&package, None, NOW_MS).await;
    assert!(
        matches!(other, Err(Error::Ledger(theriac_sdk::Error::Package(_)))),
        "{other:?}"
    );
    world
        .pharmacy
        .receive(&package, None, NOW_MS)
        .await
        .unwrap();
    assert_eq!(
        refusal(world.pharmacy.receive(&package, None, NOW_MS).await),
        "ReceivedBefore"
    );
}

#[tokio::test]
async fn a_package_that_was_changed_does_not_open() {
    let mut world = World::start().await;
    world.lot("L7", 2).await;
    let folder = world.folder.path().to_owned();
    let package = ship(
        &mut world.maker,
        &world.pharmacy,
        (of_lot("L7", 2), &folder),
    )
    .await
    .unwrap();
    for place in [0, 20, 40, 700, package.len() - 1] {
        let mut changed = package.clone();
        changed[place] ^= 1;
        let refused = world.pharmacy.receive(&changed, None, NOW_MS).await;
        assert!(
            matches!(refused, Err(Error::Ledger(_))),
            "byte {place}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn scans_are_compared_with_the_package() {
    let mut world = World::start().await;
    let made = world.lot("L7", 3).await;
    let folder = world.folder.path().to_owned();
    let package = ship(
        &mut world.maker,
        &world.pharmacy,
        (of_lot("L7", 3), &folder),
    )
    .await
    .unwrap();
    let scans = [
        made.labels[0].bracketed(),
        made.labels[0].bracketed(),
        format!("(01){GTIN}(21)ZZ(10)L7(17){EXPIRY}"),
        made.labels[1].bracketed(),
    ];
    let receipt = world
        .pharmacy
        .receive(&package, Some(&scans), NOW_MS)
        .await
        .unwrap();
    let mut found: Vec<_> = receipt
        .exceptions
        .iter()
        .map(|one| one.fault.code())
        .collect();
    found.sort_unstable();
    assert_eq!(found, ["Duplicate", "Missing", "Unexpected"]);
}

#[tokio::test]
async fn packs_of_a_product_that_nobody_answers_for_stay_out() {
    let mut world = World::start().await;
    let folder = world.folder.path().to_owned();
    let other = "04012345999990";
    let new = NewPacks {
        gtin: other,
        ..new_packs("L9", 2)
    };
    world.maker.commission(new).await.unwrap();
    let package = ship(
        &mut world.maker,
        &world.pharmacy,
        (of_lot("L9", 2), &folder),
    )
    .await
    .unwrap();
    let receipt = world
        .pharmacy
        .receive(&package, None, NOW_MS)
        .await
        .unwrap();
    assert_eq!(receipt.packs, []);
    let faults: Vec<_> = receipt.exceptions.iter().map(|one| &one.fault).collect();
    assert_eq!(faults, [&Fault::ProductUnknown, &Fault::ProductUnknown]);
    assert_eq!(world.pharmacy.book().held().unwrap(), []);
}

#[tokio::test]
async fn a_card_must_be_of_an_account_that_the_ledger_knows() {
    let mut world = World::start().await;
    world.lot("L7", 2).await;
    let file = world.file("shipment.theriac");
    let mut other = world.pharmacy.card().unwrap();
    other.organisation = 2;
    let new = NewShipment {
        to: &other,
        selection: of_lot("L7", 2),
        into: None,
        papers: Papers::default(),
        file: &file,
        now_ms: NOW_MS,
    };
    assert_eq!(refusal(world.maker.ship(new).await), "CardNotOfLedger");
    assert_eq!(world.maker.book().held().unwrap().len(), 2);
}

/// The receiver's node does not have the blocks yet in which the sender's entries are.
#[tokio::test]
async fn a_node_that_is_behind_is_not_believed_to_know_everything() {
    let mut world = World::start().await;
    world.lot("L7", 2).await;
    let folder = world.folder.path().to_owned();
    world.ledger.lock().unwrap().host.height += 5;
    let package = ship(
        &mut world.maker,
        &world.pharmacy,
        (of_lot("L7", 2), &folder),
    )
    .await
    .unwrap();
    world.ledger.lock().unwrap().host.height -= 5;
    let refused = world.pharmacy.receive(&package, None, NOW_MS).await;
    assert_eq!(refusal(refused), "NodeBehind");
    world.ledger.lock().unwrap().host.height += 5;
    let receipt = world.pharmacy.receive(&package, None, NOW_MS).await;
    assert_eq!(receipt.unwrap().exceptions, []);
}
