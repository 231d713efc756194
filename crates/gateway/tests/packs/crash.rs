//! What breaks off between book and ledger is lost by neither and done twice by neither.

use crate::support::{NOW_MS, World, new_packs, of_lot, scan};
use theriac_contracts::codes::ExitKind;
use theriac_gateway::packs::{
    NewShipment, Papers, Settled,
    book::{Entry, PackState},
    label::Label,
};

/// Counts what the ledger executed of an account.
fn executed(world: &World, account: alloy_primitives::Address) -> usize {
    let ledger = world.ledger.lock().unwrap();
    ledger
        .executed
        .iter()
        .filter(|(sender, _)| *sender == account)
        .count()
}

#[tokio::test]
async fn an_entry_that_was_not_sent_is_sent_later() {
    let mut world = World::start().await;
    world.node_is(false);
    assert!(world.maker.commission(new_packs("L7", 3)).await.is_err());
    let mut maker = World::reopened(&world.maker);
    assert_eq!(maker.book().waiting().unwrap().len(), 1);
    assert_eq!(maker.book().held().unwrap(), []);
    world.node_is(true);
    let settled = maker.settle_all().await.unwrap();
    assert!(matches!(settled[..], [(_, Settled::Done)]));
    assert_eq!(maker.book().held().unwrap().len(), 3);
}

/// The process dies after the ledger took the entry and before the book knows.
#[tokio::test]
async fn an_entry_that_became_final_unseen_is_not_sent_again() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let scan = scan(&world.pharmacy, 0);
    let tag = Label::scan(&scan).unwrap().label.tag();
    let account = world.pharmacy.book().owner().account;
    world.break_off_after_submit(true);
    assert!(world.pharmacy.dispense(&scan, NOW_MS).await.is_err());
    world.break_off_after_submit(false);
    let sent = executed(&world, account);
    let mut pharmacy = World::reopened(&world.pharmacy);
    let state = |partner: &theriac_gateway::packs::Partner| {
        partner.book().pack(tag).unwrap().unwrap().state
    };
    assert_eq!(state(&pharmacy), PackState::Leaving);
    let settled = pharmacy.settle_all().await.unwrap();
    assert!(matches!(settled[..], [(_, Settled::Done)]));
    assert_eq!(state(&pharmacy), PackState::Left);
    assert_eq!(executed(&world, account), sent);
    pharmacy.undo(&scan, NOW_MS).await.unwrap();
}

#[tokio::test]
async fn a_shipment_that_broke_off_is_finished_with_the_same_keys() {
    let mut world = World::start().await;
    world.lot("L7", 4).await;
    let file = world.file("shipment.theriac");
    let card = world.pharmacy.card().unwrap();
    let new = NewShipment {
        to: &card,
        selection: of_lot("L7", 2),
        into: None,
        papers: Papers::default(),
        file: &file,
        now_ms: NOW_MS,
    };
    world.break_off_after_submit(true);
    assert!(world.maker.ship(new).await.is_err());
    world.break_off_after_submit(false);
    assert!(!file.exists());
    let mut maker = World::reopened(&world.maker);
    maker.settle_all().await.unwrap();
    assert_eq!(maker.write_packages().await.unwrap(), [file.clone()]);
    assert!(maker.write_packages().await.unwrap().is_empty());
    let package = std::fs::read(&file).unwrap();
    let receipt = world
        .pharmacy
        .receive(&package, None, NOW_MS)
        .await
        .unwrap();
    assert_eq!((receipt.packs.len(), receipt.exceptions.len()), (2, 0));
    assert_eq!(maker.book().held().unwrap().len(), 2);
}

#[tokio::test]
async fn what_the_ledger_refuses_leaves_the_book_as_it_was() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let pack = world.wholesaler.book().held().unwrap()[0].clone();
    // A wholesaler does not dispense.
    let refused = world
        .wholesaler
        .dispense(&pack.label.bracketed(), NOW_MS)
        .await;
    assert_eq!(crate::support::refusal(refused), "NotADispenser");
    assert_eq!(
        world.wholesaler.book().pack(pack.tag).unwrap().unwrap(),
        pack
    );
    assert_eq!(world.wholesaler.book().waiting().unwrap(), []);
    let scan = pack.label.bracketed();
    world
        .wholesaler
        .decommission(&scan, ExitKind::Sample, NOW_MS)
        .await
        .unwrap();
    let waiting = world.wholesaler.book().waiting().unwrap();
    assert!(
        !waiting
            .iter()
            .any(|one| matches!(one.entry, Entry::Leave { .. }))
    );
}
