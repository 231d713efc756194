//! What breaks off between book and ledger is lost by neither and done twice by neither.

use crate::support::{World, correction, definition, form, refusal, value};
use theriac_evidence::trial::FIRST_EXTRA;
use theriac_gateway::trials::{FORMS_TOGETHER, NewForm, Settled, definition::Visit};

/// A study of one subject with forms for more transactions than go together.
async fn wide() -> (World, Vec<NewForm>) {
    let mut study = definition();
    let visit = |number: u32| Visit {
        name: format!("VISIT {number}"),
        forms: (0..255).map(|form| format!("F{form}")).collect(),
    };
    study.visits = (0..3).map(visit).collect();
    let mut world = World::start_with(study).await;
    let slot = world.consent(1, "01-001").await;
    let cells = 0..(5 * FORMS_TOGETHER + 7) as u32;
    let forms = cells.map(|cell| form(slot, cell, vec![value("N", &cell.to_string())]));
    let forms = forms.collect();
    (world, forms)
}

#[tokio::test]
async fn many_transactions_are_on_their_way_at_once_and_their_entries_come_in_the_order_of_the_forms()
 {
    let (mut world, forms) = wide().await;
    let before = world.ledger.lock().unwrap().executed.len();
    let site = &mut world.sites[0].party;
    let entered = site.capture(&forms).await.unwrap();
    let cells = entered.iter().map(|logged| match logged.body().unwrap() {
        theriac_evidence::trial::Body::Captured(body) => body.cell,
        other => panic!("{other:?}"),
    });
    assert!(cells.eq(forms.iter().map(|form| form.cell)));
    let executed = world.ledger.lock().unwrap().executed.len();
    assert_eq!(executed - before, 6);
    assert_eq!(site.book().waiting().unwrap(), []);
    assert_eq!(site.compare().await.unwrap(), []);
}

/// The process dies while four transactions are on their way, all of which become final.
#[tokio::test]
async fn transactions_that_broke_off_together_are_found_and_none_is_sent_again() {
    let (mut world, forms) = wide().await;
    world.break_off_after_submit(true);
    let site = &mut world.sites[0].party;
    assert!(site.capture(&forms).await.is_err());
    world.break_off_after_submit(false);
    let mut site = World::reopened(&world.sites[0].party).await;
    let waiting = site.book().waiting().unwrap().len();
    assert!((1..=4).contains(&waiting), "{waiting}");
    let settled = site.settle_all().await.unwrap();
    let done = |(_, settled): &(_, Settled)| matches!(settled, Settled::Done(entries) if entries.len() == FORMS_TOGETHER);
    assert!(settled.iter().all(done));
    let rest = &forms[waiting * FORMS_TOGETHER..];
    site.capture(rest).await.unwrap();
    assert_eq!(site.compare().await.unwrap(), []);
    let captured = site.book().log_of_kind(7).unwrap();
    assert_eq!(captured.len(), forms.len());
}

#[tokio::test]
async fn a_refused_transaction_among_others_leaves_nothing_and_the_others_are_in_the_book() {
    let (mut world, mut forms) = wide().await;
    let faulty = FORMS_TOGETHER + 5;
    forms[faulty].cell = 900_000;
    let site = &mut world.sites[0].party;
    assert_eq!(refusal(site.capture(&forms).await), "CellUnknown");
    assert_eq!(site.book().waiting().unwrap(), []);
    site.sync().await.unwrap();
    assert_eq!(site.compare().await.unwrap(), []);
    let slot = forms[0].slot;
    let is_there = |cell: usize| !site.book().forms_of(slot, cell as u32).unwrap().is_empty();
    assert!(is_there(0) && !is_there(FORMS_TOGETHER));
    assert!(!is_there(5 * FORMS_TOGETHER));
}

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

#[tokio::test]
async fn forms_outside_the_schedule_follow_one_another_over_transactions() {
    let mut world = World::start().await;
    let slots = [
        world.consent(1, "01-001").await,
        world.consent(1, "01-002").await,
    ];
    let cells = FIRST_EXTRA..FIRST_EXTRA + FORMS_TOGETHER as u32 + 20;
    let of = |slot: u32| {
        cells
            .clone()
            .map(move |cell| form(slot, cell, vec![value("N", "1")]))
    };
    let forms: Vec<_> = slots.into_iter().flat_map(of).collect();
    let entered = world.sites[0].party.capture(&forms).await.unwrap();
    assert_eq!(entered.len(), forms.len());
}
