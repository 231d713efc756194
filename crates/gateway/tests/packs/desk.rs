//! Many requests share one book, and each pack leaves once.

use crate::support::{NOW_MS, World, desk_of, dispense_all, key, refusal, scan, settings, until};
use theriac_contracts::codes::{ExitKind, FlagKind};
use theriac_gateway::packs::{
    Cause, Target,
    book::PackState,
    desk::{RequestKey, Settings},
    label::Label,
};

fn scans(world: &World, count: usize) -> Vec<String> {
    (0..count)
        .map(|place| scan(&world.pharmacy, place))
        .collect()
}

/// The chemist enters the exit of a pack that the pharmacy holds, past the rules of this program.
pub(crate) async fn guess(world: &World, scan: &str) {
    let chain_id = world.pharmacy.client().chain_id().await.unwrap();
    let tag = Label::scan(scan).unwrap().label.tag();
    let nullifier = theriac_contracts::packs::nullifier(chain_id, tag);
    let chemist = world.chemist.client();
    let undo = vec![alloy_primitives::B256::ZERO];
    chemist.dispense_packs(vec![nullifier], undo).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_exits_at_once_are_few_entries() {
    let mut world = World::start().await;
    world.supplied("L7", 90).await;
    let scans = scans(&world, 90);
    let settings = Settings {
        in_flight: 1,
        ..settings()
    };
    let desk = desk_of(&world.pharmacy, settings);
    let before = world.executed_of(&world.pharmacy);
    for done in dispense_all(&desk, &scans).await {
        let done = done.unwrap();
        assert!(done.is_final && !done.is_repeated, "{done:?}");
    }
    let entries = world.executed_of(&world.pharmacy) - before;
    assert!((2..=45).contains(&entries), "{entries} entries");
    assert_eq!(world.pharmacy.book().held().unwrap(), []);
    assert_eq!(desk.queue().await.unwrap().entries, []);
    desk.undo(&scans[7], &key("undo"), NOW_MS).await.unwrap();
    assert!(desk.verify(&scans[7], NOW_MS).await.unwrap().is_fit());
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pack_that_is_refused_does_not_hold_back_the_others_of_its_entry() {
    let mut world = World::start().await;
    world.supplied("L7", 9).await;
    let scans = scans(&world, 9);
    guess(&world, &scans[4]).await;
    // Decommissioning does not ask the ledger before.
    let settings = Settings {
        in_flight: 1,
        ..settings()
    };
    let desk = desk_of(&world.pharmacy, settings);
    let running: Vec<_> = scans
        .iter()
        .enumerate()
        .map(|(number, scan)| {
            let (desk, scan) = (desk.clone(), scan.clone());
            tokio::spawn(async move {
                let key = key(&format!("request-{number}"));
                let locked = (&key, NOW_MS);
                desk.decommission(&scan, ExitKind::Locked, locked).await
            })
        })
        .collect();
    for (place, one) in running.into_iter().enumerate() {
        let left = one.await.unwrap();
        match place {
            4 => assert_eq!(refusal(left), "CloneAlarm"),
            _ => assert!(left.unwrap().is_final),
        }
    }
    let held = world.pharmacy.book().held().unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].label.bracketed(), scans[4]);
    // Who was told at the counter is not told again.
    assert_eq!(desk.alarms().await.unwrap().collisions, []);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_again_is_the_same_exit() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let scans = scans(&world, 3);
    let desk = desk_of(&world.pharmacy, settings());
    let first = desk.dispense(&scans[0], &key("a"), NOW_MS).await.unwrap();
    let again = desk.dispense(&scans[0], &key("a"), NOW_MS + 5_000).await;
    let again = again.unwrap();
    assert!(!first.is_repeated && again.is_repeated && again.is_final);
    assert_eq!((again.label, again.time_ms), (first.label, NOW_MS));
    let other = desk.dispense(&scans[0], &key("b"), NOW_MS).await;
    assert_eq!(refusal(other), "AlreadyDispensed");
    let other_pack = desk.dispense(&scans[1], &key("a"), NOW_MS).await;
    assert_eq!(refusal(other_pack), "RequestKeyUsed");
    let other_act = desk.undo(&scans[0], &key("a"), NOW_MS).await;
    assert_eq!(refusal(other_act), "RequestKeyUsed");
    // Another caller's key of the same text is another key.
    let of_other = RequestKey::new("counter-2", "a").unwrap();
    let other = desk.dispense(&scans[0], &of_other, NOW_MS).await;
    assert_eq!(refusal(other), "AlreadyDispensed");
    // Undone, and the lost answer is asked for once more: it was dispensed.
    desk.undo(&scans[0], &key("u"), NOW_MS).await.unwrap();
    let undone = desk.undo(&scans[0], &key("u"), NOW_MS).await.unwrap();
    assert!(undone.is_repeated);
    let before = world.executed_of(&world.pharmacy);
    let late = desk.dispense(&scans[0], &key("a"), NOW_MS).await.unwrap();
    assert!(late.is_repeated && late.is_final);
    assert_eq!(world.executed_of(&world.pharmacy), before);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_twice_at_once_is_one_exit() {
    let mut world = World::start().await;
    world.supplied("L7", 1).await;
    let scan = scan(&world.pharmacy, 0);
    let desk = desk_of(&world.pharmacy, settings());
    let running: Vec<_> = (0..8)
        .map(|_| {
            let (desk, scan) = (desk.clone(), scan.clone());
            tokio::spawn(async move { desk.dispense(&scan, &key("same"), NOW_MS).await })
        })
        .collect();
    let before = world.executed_of(&world.pharmacy);
    let mut first = 0;
    for one in running {
        let done = one.await.unwrap().unwrap();
        assert!(done.is_final);
        first += usize::from(!done.is_repeated);
    }
    assert_eq!(first, 1);
    assert!(world.executed_of(&world.pharmacy) <= before + 1);
    desk.close().await;
}

#[test]
fn a_key_is_a_short_text_without_blanks() {
    for wrong in ["", "a b", "ä", &"k".repeat(129)] {
        assert!(RequestKey::new("counter-1", wrong).is_err(), "{wrong}");
    }
    assert!(RequestKey::new("counter 1", &"k".repeat(128)).is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recall_reaches_the_alarms_and_a_cleared_one_leaves_them() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let scan = scan(&world.pharmacy, 0);
    let desk = desk_of(&world.pharmacy, settings());
    let target = Target::Lot {
        gtin: None,
        lot: "L7".to_owned(),
    };
    let kind = FlagKind::RecallClass1;
    let raised = world.maker.flag(&target, kind).await.unwrap();
    let alarms = until(|| async {
        let alarms = desk.alarms().await.unwrap();
        (!alarms.flags.is_empty()).then_some(alarms)
    })
    .await;
    assert_eq!(alarms.flags[0].packs.len(), 3);
    let verified = desk.verify(&scan, NOW_MS).await.unwrap();
    assert_eq!(verified.causes, [Cause::Flagged { kind }]);
    let dispensed = desk.dispense(&scan, &key("a"), NOW_MS).await;
    assert_eq!(refusal(dispensed), "NotFit");
    world.maker.clear(raised[0].number).await.unwrap();
    until(|| async {
        let alarms = desk.alarms().await.unwrap();
        alarms.flags.is_empty().then_some(())
    })
    .await;
    desk.dispense(&scan, &key("a"), NOW_MS).await.unwrap();
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stolen_pack_and_a_stolen_unit_are_found_in_stock() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let scan = scan(&world.pharmacy, 1);
    let desk = desk_of(&world.pharmacy, settings());
    let target = Target::Pack(scan.clone());
    world
        .wholesaler
        .flag(&target, FlagKind::Stolen)
        .await
        .unwrap();
    let alarms = until(|| async {
        let alarms = desk.alarms().await.unwrap();
        (!alarms.flags.is_empty()).then_some(alarms)
    })
    .await;
    let pulled: Vec<_> = alarms.flags[0]
        .packs
        .iter()
        .map(|label| label.bracketed())
        .collect();
    assert_eq!(pulled, [scan]);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_desk_does_the_book_has() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scans = scans(&world, 2);
    let desk = desk_of(&world.pharmacy, settings());
    desk.dispense(&scans[0], &key("a"), NOW_MS).await.unwrap();
    let evidence = desk.provenance(&scans[1]).await.unwrap();
    assert_eq!(evidence.label().unwrap().bracketed(), scans[1]);
    desk.close().await;
    drop(desk);
    let partner = World::reopened(&world.pharmacy);
    let tag = Label::scan(&scans[0]).unwrap().label.tag();
    let pack = partner.book().pack(tag).unwrap().unwrap();
    assert_eq!((pack.state, pack.left_ms), (PackState::Left, NOW_MS));
}
