//! Without a node the book answers, what is dispensed waits in it, and collisions are told when a node is there again.

use crate::{
    desk::guess,
    support::{NOW_MS, World, desk_of, dispense_all, key, refusal, scan, settings, until},
};
use theriac_contracts::codes::ExitKind;
use theriac_gateway::packs::{Custody, book::PackState, desk::Desk, label::Label};

async fn is_empty(desk: &Desk) -> Option<()> {
    let queue = desk.queue().await.unwrap();
    queue.entries.is_empty().then_some(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_dispensed_without_a_node_is_entered_when_one_is_back() {
    let mut world = World::start().await;
    world.supplied("L7", 12).await;
    let scans: Vec<_> = (0..12).map(|place| scan(&world.pharmacy, place)).collect();
    let desk = desk_of(&world.pharmacy, settings());
    world.node_is_away(true);
    let verified = desk.verify(&scans[0], NOW_MS).await.unwrap();
    assert!(verified.is_fit());
    assert_eq!(verified.custody, Custody::NotChecked);
    assert!(!verified.unchecked.is_empty() && !desk.is_linked());
    for done in dispense_all(&desk, &scans[..10]).await {
        let done = done.unwrap();
        assert!(!done.is_final && !done.unchecked.is_empty(), "{done:?}");
    }
    let again = desk.dispense(&scans[3], &key("request-3"), NOW_MS).await;
    let again = again.unwrap();
    assert!(again.is_repeated && !again.is_final);
    let other = desk.dispense(&scans[3], &key("other"), NOW_MS).await;
    assert_eq!(refusal(other), "NotFit");
    let queue = desk.queue().await.unwrap();
    let packs: usize = queue.entries.iter().map(|entry| entry.packs.len()).sum();
    assert_eq!((packs, queue.is_linked), (10, false));
    let before = world.executed_of(&world.pharmacy);
    world.node_is_away(false);
    until(|| is_empty(&desk)).await;
    // What waited goes together.
    assert!(world.executed_of(&world.pharmacy) - before <= 2);
    let again = desk.dispense(&scans[3], &key("request-3"), NOW_MS).await;
    assert!(again.unwrap().is_final);
    assert_eq!(world.pharmacy.book().held().unwrap().len(), 2);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collision_is_told_and_the_others_are_entered() {
    let mut world = World::start().await;
    world.supplied("L7", 8).await;
    let scans: Vec<_> = (0..8).map(|place| scan(&world.pharmacy, place)).collect();
    let desk = desk_of(&world.pharmacy, settings());
    world.node_is_away(true);
    desk.verify(&scans[0], NOW_MS).await.unwrap();
    for done in dispense_all(&desk, &scans).await {
        assert!(!done.unwrap().is_final);
    }
    desk.close().await;
    drop(desk);
    world.node_is_away(false);
    guess(&world, &scans[5]).await;
    // The process ended in between.
    let desk = desk_of(&world.pharmacy, settings());
    until(|| is_empty(&desk)).await;
    let alarms = desk.alarms().await.unwrap();
    assert_eq!(alarms.collisions.len(), 1);
    let collision = &alarms.collisions[0];
    assert_eq!(collision.label.bracketed(), scans[5]);
    assert_eq!(collision.kept.code, "AlreadyDispensed");
    assert_eq!((collision.kept.organisation, collision.kept.kind), (4, 1));
    let held = world.pharmacy.book().held().unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].label.bracketed(), scans[5]);
    desk.close().await;
}

/// The node takes the entry and is gone before it answers.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exit_whose_answer_was_lost_is_entered_once() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scan = scan(&world.pharmacy, 0);
    let desk = desk_of(&world.pharmacy, settings());
    let before = world.executed_of(&world.pharmacy);
    world.break_off_after_submit(true);
    let done = desk.dispense(&scan, &key("a"), NOW_MS).await.unwrap();
    assert!(!done.is_final);
    world.break_off_after_submit(false);
    until(|| is_empty(&desk)).await;
    assert_eq!(world.executed_of(&world.pharmacy), before + 1);
    let again = desk.dispense(&scan, &key("a"), NOW_MS).await.unwrap();
    assert!(again.is_final && again.is_repeated);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queued_exit_that_became_final_unseen_is_no_collision() {
    let mut world = World::start().await;
    world.supplied("L7", 1).await;
    let scan = scan(&world.pharmacy, 0);
    let desk = desk_of(&world.pharmacy, settings());
    let before = world.executed_of(&world.pharmacy);
    world.node_is_away(true);
    let queued = desk.dispense(&scan, &key("a"), NOW_MS).await.unwrap();
    assert!(!queued.is_final);
    // A node is back, takes the entry, and is gone before it answers; then the process ends.
    world.break_off_after_submit(true);
    until(|| async { (world.executed_of(&world.pharmacy) > before).then_some(()) }).await;
    desk.close().await;
    drop(desk);
    world.break_off_after_submit(false);
    let desk = desk_of(&world.pharmacy, settings());
    until(|| is_empty(&desk)).await;
    assert_eq!(desk.alarms().await.unwrap().collisions, []);
    assert_eq!(world.executed_of(&world.pharmacy), before + 1);
    assert_eq!(world.pharmacy.book().held().unwrap(), []);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_that_another_process_left_is_settled_at_the_start() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scans = [0, 1].map(|place| scan(&world.pharmacy, place));
    world.node_is(false);
    assert!(world.pharmacy.dispense(&scans[0], NOW_MS).await.is_err());
    assert!(world.pharmacy.contest(&scans[1]).await.is_err());
    world.node_is(true);
    let desk = desk_of(&world.pharmacy, settings());
    until(|| is_empty(&desk)).await;
    let tag = Label::scan(&scans[0]).unwrap().label.tag();
    let pack = world.pharmacy.book().pack(tag).unwrap().unwrap();
    assert_eq!(pack.state, PackState::Left);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pack_may_be_locked_without_a_node_and_not_undone() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scans = [0, 1].map(|place| scan(&world.pharmacy, place));
    let desk = desk_of(&world.pharmacy, settings());
    desk.dispense(&scans[0], &key("a"), NOW_MS).await.unwrap();
    world.node_is_away(true);
    assert!(desk.undo(&scans[0], &key("b"), NOW_MS).await.is_err());
    let locked = (&key("c"), NOW_MS);
    let locked = desk.decommission(&scans[1], ExitKind::Locked, locked).await;
    assert!(!locked.unwrap().is_final);
    world.node_is_away(false);
    until(|| is_empty(&desk)).await;
    desk.close().await;
}
