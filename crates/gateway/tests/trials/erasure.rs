//! Destroying a subject's key erases the data; position and counts stay.

use crate::support::{World, refusal};
use theriac_contracts::codes::ErasureBasis;

#[tokio::test]
async fn an_erased_subject_is_unreadable_in_every_book_and_still_counted() {
    let mut world = World::start().await;
    let slot = world.signed_subject(1, "01-001").await;
    let other = world.signed_subject(1, "01-002").await;
    let copy = world.send_to_sponsor(1).await;
    world.sponsor.receive(&copy).await.unwrap();
    let site = &mut world.sites[0].party;
    site.erase(slot, ErasureBasis::Unlawful, "the consent was void")
        .await
        .unwrap();
    assert_eq!(refusal(site.standing(slot, 1)), "KeyAbsent");
    assert_eq!(refusal(site.slot("01-001")), "SubjectUnknown");
    world.sponsor.sync().await.unwrap();
    assert_eq!(refusal(world.sponsor.standing(slot, 1)), "KeyAbsent");
    for party in [&mut world.sponsor, &mut world.sites[0].party] {
        assert_eq!(party.compare().await.unwrap(), []);
        let records = party.records().await.unwrap();
        assert_eq!((records.len(), records[0].items), (2, 5));
        assert_eq!(party.standing(other, 1).unwrap().items.len(), 2);
    }
}

/// No wrap of the key is left in the files of the book, free pages and log included.
#[tokio::test]
async fn no_byte_of_the_key_is_left_in_the_book() {
    let mut world = World::start().await;
    let slot = world.signed_subject(1, "01-001").await;
    let site = &mut world.sites[0].party;
    let wraps = site.book().key_wraps(slot).unwrap();
    let is_there = |folder: &std::path::Path, wrap: &[u8]| {
        let files = std::fs::read_dir(folder).unwrap();
        let mut files = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        let piece = &wrap[64..96];
        files.any(|bytes| bytes.windows(piece.len()).any(|window| window == piece))
    };
    let folder = site.book().folder().to_owned();
    assert!(is_there(&folder, &wraps[0].wrap));
    site.erase(slot, ErasureBasis::Order, "by order of a court")
        .await
        .unwrap();
    assert!(wraps.iter().all(|wrap| !is_there(&folder, &wrap.wrap)));
}

#[tokio::test]
async fn a_copy_made_before_the_erasure_brings_nothing_back() {
    let mut world = World::start().await;
    let slot = world.signed_subject(1, "01-001").await;
    let old = world.send_to_sponsor(1).await;
    let site = &mut world.sites[0].party;
    site.erase(slot, ErasureBasis::Unlawful, "void")
        .await
        .unwrap();
    world.sponsor.receive(&old).await.unwrap();
    assert_eq!(refusal(world.sponsor.standing(slot, 1)), "KeyAbsent");
}
