//! From the registration to the lock.

use crate::support::{World, correction, form, refusal, value};
use theriac_contracts::codes::{ErasureBasis, Meaning, MissedReason, QueryState};
use theriac_evidence::trial::Body;
use theriac_gateway::trials::{Error, NewMiss, Party, Signing};

async fn data_manager(world: &World) -> Party {
    let folder = world.folder.path().join("data-manager");
    let mut party = Party::begin(world.data_manager.clone(), &folder)
        .await
        .unwrap();
    let card = party.card().unwrap();
    let file = world.file();
    let mut sponsor = World::reopened(&world.sponsor).await;
    sponsor.send_copy(&card, 0, &file).await.unwrap();
    party.receive(&std::fs::read(file).unwrap()).await.unwrap();
    party
}

#[tokio::test]
async fn a_study_goes_from_consent_to_lock_and_nothing_is_captured_after() {
    let mut world = World::start().await;
    let first = world.signed_subject(1, "01-001").await;
    let second = world.signed_subject(2, "02-001").await;
    assert_eq!((first, second), (1, 2));
    let mut manager = data_manager(&world).await;
    manager.lock().await.unwrap();
    let study = manager.study().unwrap();
    let sums = manager.client().trial_sums(study).await.unwrap();
    assert_eq!((sums.subjects, sums.items, sums.nulls), (2, 10, 2));
    let site = &mut world.sites[0].party;
    let late = site.correct(&[correction(1, 2, "SYSBP", "100")]).await;
    assert_eq!(refusal(late), "StudyLocked");
    assert_eq!(site.standing(1, 2).unwrap().items["SYSBP"].value, "112");
    assert_eq!(site.book().waiting().unwrap(), []);
}

#[tokio::test]
async fn the_lock_waits_for_what_is_missing_open_or_unsigned() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let mut manager = data_manager(&world).await;
    let forms = World::whole(slot);
    world.sites[0].party.capture(&forms[..2]).await.unwrap();
    assert_eq!(refusal(manager.lock().await), "DataMissing");
    let miss = NewMiss {
        slot,
        cell: 2,
        reason_code: MissedReason::Declined.code(),
        reason: "did not come".to_owned(),
    };
    world.sites[0].party.miss(&[miss]).await.unwrap();
    let copy = world.send_to_sponsor(1).await;
    world.sponsor.receive(&copy).await.unwrap();
    assert_eq!(refusal(manager.lock().await), "SignaturesMissing");
    world.sign(1, slot).await;
    // The data manager has no key of the subject in her own book; the sponsor's book asks.
    world.grant_data_manager_to_sponsor().await;
    let query = world
        .sponsor
        .open_query((slot, 1), "is the pulse not known?")
        .await
        .unwrap();
    assert_eq!(refusal(manager.lock().await), "QueriesOpen");
    let site = &mut world.sites[0].party;
    site.move_query(query, QueryState::Answered, "no, the device broke")
        .await
        .unwrap();
    world
        .sponsor
        .move_query(query, QueryState::Closed, "")
        .await
        .unwrap();
    manager.lock().await.unwrap();
}

/// She gets no values, asks by position, and her words reach the site of the subject alone.
#[tokio::test]
async fn a_data_manager_asks_from_a_book_that_holds_no_values() {
    let mut world = World::start().await;
    let slot = world.signed_subject(1, "01-001").await;
    world.signed_subject(2, "02-001").await;
    for site in [1, 2] {
        let copy = world.send_to_sponsor(site).await;
        world.sponsor.receive(&copy).await.unwrap();
    }
    let mut manager = data_manager(&world).await;
    assert_eq!(manager.book().subjects().unwrap(), []);
    assert_eq!(manager.book().forms_of(slot, 1).unwrap(), []);
    assert_eq!(refusal(manager.position("01-001")), "SubjectUnknown");
    assert_eq!(refusal(manager.position("3")), "SubjectUnknown");
    assert_eq!(manager.position("1").unwrap(), slot);
    let words = "is the pulse not known?";
    let query = manager.open_query((slot, 1), words).await.unwrap();
    let sponsors = |party: &Party| party.book().parties().unwrap()[0].clone();
    for (place, is_asked) in [(0, true), (1, false)] {
        let before = sponsors(&world.sites[place].party);
        let card = world.sites[place].party.card().unwrap();
        let file = world.file();
        manager.send_copy(&card, 0, &file).await.unwrap();
        let site = &mut world.sites[place].party;
        site.receive(&std::fs::read(file).unwrap()).await.unwrap();
        // Keys of subjects go on to the sponsor's book, not to hers.
        assert_eq!(sponsors(site), before);
        let texts = site.texts(slot).unwrap();
        let is_there = texts.iter().any(|(_, text)| text == words.as_bytes());
        assert_eq!(is_there, is_asked);
    }
    let site = &mut world.sites[0].party;
    site.move_query(query, QueryState::Answered, "no, the device broke")
        .await
        .unwrap();
    manager
        .move_query(query, QueryState::Closed, "")
        .await
        .unwrap();
    assert_eq!(manager.texts(slot).unwrap().len(), 2);
    site.erase(slot, ErasureBasis::Unlawful, "void")
        .await
        .unwrap();
    manager.sync().await.unwrap();
    assert_eq!(manager.texts(slot).unwrap(), []);
}

#[tokio::test]
async fn a_correction_keeps_what_was_before_and_makes_the_signature_stale() {
    let mut world = World::start().await;
    let slot = world.signed_subject(1, "01-001").await;
    let site = &mut world.sites[0].party;
    site.correct(&[correction(slot, 1, "SYSBP", "181")])
        .await
        .unwrap();
    let standing = site.standing(slot, 1).unwrap();
    let current = &standing.items["SYSBP"];
    assert_eq!((current.version, current.value.as_str()), (2, "181"));
    assert_eq!(site.book().forms_of(slot, 1).unwrap().len(), 2);
    assert_eq!(site.compare().await.unwrap(), []);
    assert_eq!(site.records().await.unwrap()[0].unsigned, 1);
    let again = site.correct(&[correction(slot, 1, "SYSBP", "181")]).await;
    assert_eq!(refusal(again), "NothingChanged");
}

#[tokio::test]
async fn a_form_is_captured_once_and_a_batch_with_a_refused_form_leaves_nothing() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let site = &mut world.sites[0].party;
    let good = form(slot, 0, vec![value("SEX", "F")]);
    let unknown = form(slot, 900, vec![value("SEX", "F")]);
    let refused = site.capture(&[good.clone(), unknown]).await;
    assert_eq!(refusal(refused), "CellUnknown");
    assert_eq!(site.book().forms_of(slot, 0).unwrap(), []);
    site.capture(&[good.clone()]).await.unwrap();
    assert_eq!(refusal(site.capture(&[good]).await), "CellCaptured");
}

#[tokio::test]
async fn another_site_neither_captures_nor_reads_a_subject() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    world.consent(2, "02-001").await;
    let other = &mut world.sites[1].party;
    let foreign = other
        .capture(&[form(slot, 0, vec![value("SEX", "F")])])
        .await;
    assert_eq!(refusal(foreign), "KeyAbsent");
}

#[tokio::test]
async fn a_log_is_read_in_parts_where_a_node_does_not_tell_all_at_once() {
    let mut world = World::start().await;
    for label in ["01-001", "01-002"] {
        world.signed_subject(1, label).await;
    }
    world.node_tells_little();
    let manager = data_manager(&world).await;
    let told = manager.client().trial(manager.study().unwrap()).await;
    assert_eq!(manager.book().log_size().unwrap(), told.unwrap().size);
}

#[tokio::test]
async fn a_book_is_not_blamed_for_a_node_that_is_behind() {
    let mut world = World::start().await;
    let behind = world.ledger.lock().unwrap().host.clone();
    world.consent(1, "01-001").await;
    let own = world.sites[0].party.book().log_size().unwrap();
    let host = std::mem::replace(&mut world.ledger.lock().unwrap().host, behind);
    let told = world.sites[0].party.sync().await;
    assert!(matches!(told, Err(Error::LogDiffers)), "{told:?}");
    world.ledger.lock().unwrap().host = host;
    world.sites[0].party.sync().await.unwrap();
    assert_eq!(world.sites[0].party.book().log_size().unwrap(), own);
}

#[tokio::test]
async fn a_signature_by_a_clock_that_is_ahead_has_the_time_of_the_ledger() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let person = &mut world.sites[0];
    let meaning = (Meaning::Responsibility, "A. Person");
    let ahead = (&person.factor, u64::MAX);
    let signed = person.party.sign(Signing::Subject(slot), meaning, ahead);
    let entry = signed.await.unwrap().remove(0);
    let Body::Signed(body) = entry.body().unwrap() else {
        panic!("another entry");
    };
    assert!(body.time <= entry.entry.time_ms && entry.entry.time_ms - body.time <= 1_000);
}

#[tokio::test]
async fn a_label_names_one_subject() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let site = &world.sites[0].party;
    assert_eq!(site.slot("01-001").unwrap(), slot);
    assert_eq!(site.slot("1").unwrap(), slot);
    assert_eq!(refusal(site.slot("01-002")), "SubjectUnknown");
    assert_eq!(site.label(slot).unwrap().as_deref(), Some("01-001"));
    let copy = world.send_to_sponsor(1).await;
    world.sponsor.receive(&copy).await.unwrap();
    assert_eq!(world.sponsor.slot("01-001").unwrap(), slot);
}
