//! Neither side has the only copy: what is altered or lost is named, and comes back.

use crate::support::{World, refusal};
use rusqlite::Connection;
use theriac_gateway::trials::{Party, copy::Fault};

fn database(party: &Party) -> Connection {
    Connection::open(party.book().folder().join("trial.sqlite")).unwrap()
}

async fn copied() -> (World, u32) {
    let mut world = World::start().await;
    let slot = world.signed_subject(1, "01-001").await;
    let copy = world.send_to_sponsor(1).await;
    let taken = world.sponsor.receive(&copy).await.unwrap();
    assert_eq!((taken.forms, taken.differences.len()), (3, 0));
    (world, slot)
}

#[tokio::test]
async fn the_sponsors_copy_reads_as_the_sites() {
    let (mut world, slot) = copied().await;
    assert_eq!(world.sponsor.compare().await.unwrap(), []);
    let theirs = world.sites[0].party.standing(slot, 1).unwrap();
    assert_eq!(world.sponsor.standing(slot, 1).unwrap(), theirs);
    assert_eq!(theirs.items["SYSBP"].value, "118");
}

#[tokio::test]
async fn each_way_to_alter_a_copy_is_named_and_the_sites_copy_restores_it() {
    let (mut world, slot) = copied().await;
    let altered = "UPDATE forms SET sealed = zeroblob(60) WHERE cell = 1";
    let moved = "UPDATE forms SET root = zeroblob(32) WHERE cell = 1";
    let invented = "UPDATE forms SET entry = 999 WHERE cell = 1";
    let deleted = "DELETE FROM forms WHERE cell = 1";
    for (change, faults) in [
        (altered, vec![Fault::Unreadable]),
        (moved, vec![Fault::OtherRoot]),
        (invented, vec![Fault::NotEntered, Fault::Missing]),
        (deleted, vec![Fault::Missing]),
    ] {
        assert_eq!(database(&world.sponsor).execute(change, []).unwrap(), 1);
        let found = world.sponsor.compare().await.unwrap();
        let told: Vec<_> = found.iter().map(|one| one.fault).collect();
        assert_eq!(told, faults, "{change}");
        assert!(found.iter().all(|one| (one.slot, one.cell) == (slot, 1)));
        let copy = world.send_to_sponsor(1).await;
        let mended = world.sponsor.mend(&copy).await.unwrap();
        assert_eq!((mended.forms, mended.differences.len()), (1, 0), "{change}");
        let standing = world.sponsor.standing(slot, 1).unwrap();
        assert_eq!(standing.items["SYSBP"].value, "118");
    }
}

/// Who has the book's own key can encrypt another value; the ledger's root gives it away.
#[tokio::test]
async fn a_value_that_is_encrypted_anew_does_not_lead_to_the_root() {
    let (mut world, _) = copied().await;
    let connection = database(&world.sponsor);
    // The form of cell 2 with the bytes, and the root, of that of cell 1 is of another place.
    let swap = "UPDATE forms SET sealed = (SELECT sealed FROM forms WHERE cell = 1) WHERE cell = 2";
    assert_eq!(connection.execute(swap, []).unwrap(), 1);
    let found = world.sponsor.compare().await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].cell, found[0].fault), (2, Fault::Unreadable));
}

#[tokio::test]
async fn a_book_that_was_lost_comes_back_from_the_sponsors_copy() {
    let (mut world, slot) = copied().await;
    let copy = world.send_to_site(1).await;
    let client = world.sites[0].party.client().clone();
    let before = world.sites[0].party.standing(slot, 1).unwrap();
    std::fs::remove_dir_all(world.sites[0].party.book().folder()).unwrap();
    let folder = world.folder.path().join("again");
    let mut again = Party::restore(client, &folder, &copy).await.unwrap();
    assert_eq!(again.compare().await.unwrap(), []);
    assert_eq!(again.standing(slot, 1).unwrap(), before);
    assert_eq!(again.slot("01-001").unwrap(), slot);
    // It is the same book: subjects' keys that are wrapped to it from now on open too.
    let next = World::whole(slot + 1);
    world.sites[0].party = again;
    assert_eq!(world.consent(1, "01-002").await, slot + 1);
    world.sites[0].party.capture(&next).await.unwrap();
}

#[tokio::test]
async fn a_package_is_for_its_receiver_and_its_study_alone() {
    let (mut world, _) = copied().await;
    let copy = world.send_to_sponsor(1).await;
    assert!(world.sites[1].party.receive(&copy).await.is_err());
    let mut short = copy.clone();
    short.truncate(copy.len() / 2);
    assert!(world.sponsor.receive(&short).await.is_err());
    assert_eq!(world.sponsor.compare().await.unwrap(), []);
}

#[tokio::test]
async fn a_site_that_withheld_a_form_from_the_copy_is_seen() {
    let mut world = World::start().await;
    world.signed_subject(1, "01-001").await;
    database(&world.sites[0].party)
        .execute("DELETE FROM forms WHERE cell = 2", [])
        .unwrap();
    let copy = world.send_to_sponsor(1).await;
    world.sponsor.receive(&copy).await.unwrap();
    let found = world.sponsor.compare().await.unwrap();
    assert_eq!((found.len(), found[0].fault), (1, Fault::Missing));
    assert_eq!(found[0].cell, 2);
    let _ = refusal::<()>;
}
