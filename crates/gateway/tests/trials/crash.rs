//! What breaks off between book and ledger is lost by neither and done twice by neither.

use crate::support::{World, correction};
use theriac_gateway::trials::Settled;

#[tokio::test]
async fn forms_that_were_not_sent_are_sent_later_with_the_block_that_was_known_then() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    world.node_is(false);
    let forms = World::whole(slot);
    assert!(world.sites[0].party.capture(&forms).await.is_err());
    let mut site = World::reopened(&world.sites[0].party).await;
    assert_eq!(site.book().waiting().unwrap().len(), 1);
    world.node_is(true);
    let settled = site.settle_all().await.unwrap();
    assert!(matches!(&settled[..], [(_, Settled::Done(entries))] if entries.len() == 3));
    assert_eq!(site.book().waiting().unwrap(), []);
    assert_eq!(site.compare().await.unwrap(), []);
    let standing = site.standing(slot, 1).unwrap();
    assert_eq!(standing.items["SYSBP"].value, "118");
}

/// The process dies after the ledger took the entries and before the book knows.
#[tokio::test]
async fn forms_that_became_final_unseen_are_not_sent_again() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    world.break_off_after_submit(true);
    assert!(
        world.sites[0]
            .party
            .capture(&World::whole(slot))
            .await
            .is_err()
    );
    world.break_off_after_submit(false);
    let sent = world.ledger.lock().unwrap().executed.len();
    let mut site = World::reopened(&world.sites[0].party).await;
    let settled = site.settle_all().await.unwrap();
    assert!(matches!(&settled[..], [(_, Settled::Done(entries))] if entries.len() == 3));
    assert_eq!(world.ledger.lock().unwrap().executed.len(), sent);
    assert_eq!(site.compare().await.unwrap(), []);
    site.correct(&[correction(slot, 1, "SYSBP", "120")])
        .await
        .unwrap();
}

#[tokio::test]
async fn a_consent_that_became_final_unseen_keeps_its_slot_and_key() {
    let mut world = World::start().await;
    world.break_off_after_submit(true);
    let new = theriac_gateway::trials::NewConsent {
        site: 1,
        document: b"consent document",
        version: 1,
        signed: b"signed",
        participant: Default::default(),
        label: Some("01-001"),
        observed: 0,
    };
    assert!(world.sites[0].party.consent(&new).await.is_err());
    world.break_off_after_submit(false);
    let mut site = World::reopened(&world.sites[0].party).await;
    site.settle_all().await.unwrap();
    let slot = site.slot("01-001").unwrap();
    assert_eq!(slot, 1);
    site.capture(&World::whole(slot)).await.unwrap();
    assert_eq!(site.compare().await.unwrap(), []);
}
