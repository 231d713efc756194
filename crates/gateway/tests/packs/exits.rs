//! Packs leave once, come back by rule, and copies are found.

use crate::support::{GTIN, NOW_MS, World, of_lot, refusal, scan, ship};
use theriac_contracts::codes::ExitKind;
use theriac_gateway::packs::{Cause, Dispensed, Settled, book::PackState, label::Label};

#[tokio::test]
async fn a_second_dispensing_is_refused_here_and_elsewhere() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scan = scan(&world.pharmacy, 0);
    world.pharmacy.dispense(&scan, NOW_MS).await.unwrap();
    let again = world.pharmacy.dispense(&scan, NOW_MS).await;
    assert_eq!(refusal(again), "AlreadyDispensed");
    let stranger = world.chemist.dispense(&scan, NOW_MS).await;
    assert_eq!(refusal(stranger), "CloneAlarm");
}

#[tokio::test]
async fn an_undone_exit_may_be_entered_again_and_undone_again() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scan = scan(&world.pharmacy, 0);
    for _ in 0..3 {
        world.pharmacy.dispense(&scan, NOW_MS).await.unwrap();
        world.pharmacy.undo(&scan, NOW_MS).await.unwrap();
        assert!(world.pharmacy.verify(&scan, NOW_MS).await.unwrap().is_fit());
    }
    assert_eq!(
        refusal(world.pharmacy.undo(&scan, NOW_MS).await),
        "NotUndoable"
    );
}

#[tokio::test]
async fn what_was_destroyed_does_not_come_back() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let scans = [0, 1].map(|place| scan(&world.pharmacy, place));
    world
        .pharmacy
        .decommission(&scans[0], ExitKind::Destroyed, NOW_MS)
        .await
        .unwrap();
    assert_eq!(
        refusal(world.pharmacy.undo(&scans[0], NOW_MS).await),
        "NotUndoable"
    );
    world
        .pharmacy
        .decommission(&scans[1], ExitKind::Locked, NOW_MS)
        .await
        .unwrap();
    world.pharmacy.undo(&scans[1], NOW_MS).await.unwrap();
}

#[tokio::test]
async fn an_expired_or_recalled_pack_is_not_taken_back() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scan = scan(&world.pharmacy, 0);
    world.pharmacy.dispense(&scan, NOW_MS).await.unwrap();
    let two_years = 2 * 366 * 86_400_000;
    let late = world.pharmacy.undo(&scan, NOW_MS + two_years).await;
    assert_eq!(refusal(late), "NotUndoable");
    recall(&mut world, "L7").await;
    assert_eq!(
        refusal(world.pharmacy.undo(&scan, NOW_MS).await),
        "NotUndoable"
    );
}

async fn recall(world: &mut World, lot: &str) {
    let target = theriac_gateway::packs::Target::Lot {
        gtin: None,
        lot: lot.to_owned(),
    };
    let kind = theriac_contracts::codes::FlagKind::RecallClass1;
    assert_eq!(world.maker.flag(&target, kind).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_pack_that_was_never_received_is_not_dispensed() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let known = Label::scan(&scan(&world.pharmacy, 0)).unwrap().label;
    let with = |serial: &str, lot: &str, expiry: &str| {
        Label::new(GTIN, serial, lot, expiry).unwrap().bracketed()
    };
    let rows = [
        (with("X1", "L9", "271100"), Cause::UnknownHere),
        (with("X1", "L7", "271100"), Cause::SerialUnknown),
        (with(known.serial(), "L9", "271100"), Cause::LotMismatch),
        (with(known.serial(), "L7", "281100"), Cause::ExpiryMismatch),
        (
            with(known.serial(), "L9", "281100"),
            Cause::LotAndExpiryMismatch,
        ),
    ];
    for (scan, cause) in rows {
        let verified = world.pharmacy.verify(&scan, NOW_MS).await.unwrap();
        assert_eq!(verified.causes, [cause], "{scan}");
        assert!(
            verified
                .ask
                .unwrap()
                .starts_with("https://maker.example/vrs/verify/gtin/")
        );
        assert_eq!(
            refusal(world.pharmacy.dispense(&scan, NOW_MS).await),
            "NotFit"
        );
    }
    let unreadable = world.pharmacy.verify("hello", NOW_MS).await.unwrap();
    assert!(matches!(unreadable.causes[..], [Cause::Unreadable(_)]));
}

#[tokio::test]
async fn who_holds_a_pack_strikes_the_exit_of_who_guessed_it() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scan = scan(&world.pharmacy, 0);
    // The chemist saw the box, and enters it past the rules of this program.
    let chain_id = world.pharmacy.client().chain_id().await.unwrap();
    let tag = Label::scan(&scan).unwrap().label.tag();
    let nullifier = theriac_contracts::packs::nullifier(chain_id, tag);
    let zero = alloy_primitives::B256::ZERO;
    world
        .chemist
        .client()
        .dispense_packs(vec![nullifier], vec![zero])
        .await
        .unwrap();
    let verified = world.pharmacy.verify(&scan, NOW_MS).await.unwrap();
    assert!(matches!(
        verified.causes[..],
        [Cause::LeftElsewhere {
            organisation: 4,
            ..
        }]
    ));
    assert_eq!(
        refusal(world.pharmacy.dispense(&scan, NOW_MS).await),
        "CloneAlarm"
    );
    world.pharmacy.contest(&scan).await.unwrap();
    let again = world
        .chemist
        .client()
        .dispense_packs(vec![nullifier], vec![zero])
        .await;
    assert_eq!(refusal(again.map_err(Into::into)), "PackReserved");
    world.pharmacy.dispense(&scan, NOW_MS).await.unwrap();
}

#[tokio::test]
async fn a_pack_dispensed_offline_waits_and_a_collision_is_told() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let scans = [0, 1].map(|place| scan(&world.pharmacy, place));
    for scan in &scans {
        let queued = world.pharmacy.dispense_offline(scan, NOW_MS).unwrap();
        assert!(matches!(queued, Dispensed::Queued { .. }));
        assert!(world.pharmacy.dispense_offline(scan, NOW_MS).is_err());
    }
    let tag = Label::scan(&scans[1]).unwrap().label.tag();
    let chain_id = world.pharmacy.client().chain_id().await.unwrap();
    let nullifier = theriac_contracts::packs::nullifier(chain_id, tag);
    let zero = alloy_primitives::B256::ZERO;
    world
        .chemist
        .client()
        .dispense_packs(vec![nullifier], vec![zero])
        .await
        .unwrap();
    let settled = world.pharmacy.settle_all().await.unwrap();
    assert!(matches!(settled[0].1, Settled::Done));
    let mut settled = settled.into_iter();
    let (_, collided) = settled.nth(1).unwrap();
    let Settled::Refused(error) = collided else {
        panic!("the second pack left elsewhere");
    };
    let why = world.pharmacy.why_refused(tag, error).await;
    assert_eq!(refusal::<()>(Err(why)), "CloneAlarm");
    let pack = world.pharmacy.book().pack(tag).unwrap().unwrap();
    assert_eq!(pack.state, PackState::Held);
    assert_eq!(world.pharmacy.book().waiting().unwrap(), []);
}

#[tokio::test]
async fn a_pack_that_left_is_not_shipped() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let pack = world.pharmacy.book().held().unwrap()[0].clone();
    world
        .pharmacy
        .dispense(&pack.label.bracketed(), NOW_MS)
        .await
        .unwrap();
    let folder = world.folder.path().to_owned();
    let one = theriac_gateway::packs::book::Selection::Tags(vec![pack.tag]);
    let refused = ship(&mut world.pharmacy, &world.chemist, (one, &folder)).await;
    assert_eq!(refusal(refused), "PackNotHeld");
    // The other of its key still can, and the one that left can still be undone.
    ship(
        &mut world.pharmacy,
        &world.chemist,
        (of_lot("L7", 1), &folder),
    )
    .await
    .unwrap();
    world
        .pharmacy
        .undo(&pack.label.bracketed(), NOW_MS)
        .await
        .unwrap();
    let verified = world
        .pharmacy
        .verify(&pack.label.bracketed(), NOW_MS)
        .await
        .unwrap();
    assert!(verified.is_fit(), "{verified:?}");
}
