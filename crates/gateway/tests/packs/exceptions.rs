//! Exceptions of a delivery from the scan to their end, and the packs that are kept apart meanwhile.

use crate::support::{EXPIRY, GTIN, NOW_MS, World, of_lot, refusal, send, ship};
use serde_json::{Value, json};
use theriac_gateway::packs::{
    Cause, Partner, Receipt,
    book::{Outcome, Selection},
    exceptions::{Against, Number, Reporter, State, Subject},
    label::Label,
};
use theriac_standards::epcis::exceptions::{check_report, read_report};

const REPORTER: Reporter<'_> = Reporter {
    gln: "4012345000023",
    email: "goods@pharmacy.example",
    order: "P1",
    now_ms: NOW_MS,
};

/// A delivery of four packs: the first is there, the second has another lot on it, two are not there, and one more is.
async fn delivered(world: &mut World) -> (Receipt, Vec<Label>) {
    world.lot("L7", 4).await;
    let folder = world.folder.path().to_owned();
    let package = ship(
        &mut world.maker,
        &world.pharmacy,
        (of_lot("L7", 4), &folder),
    )
    .await
    .unwrap();
    let labels = world.maker.book().lots_of_number("L7").unwrap();
    let packs = world.maker.book().packs_of_lot(labels[0].root).unwrap();
    let labels: Vec<_> = packs.iter().map(|pack| pack.label).collect();
    let scans = [
        labels[0].bracketed(),
        format!("(01){GTIN}(21){}(10)L8(17){EXPIRY}", labels[1].serial()),
        format!("(01){GTIN}(21)ZZ(10)L7(17){EXPIRY}"),
    ];
    let receipt = world
        .pharmacy
        .receive(&package, Some(&scans), NOW_MS)
        .await
        .unwrap();
    (receipt, labels)
}

fn states(partner: &Partner) -> Vec<(&'static str, &'static str)> {
    let all = partner.book().exceptions().unwrap();
    all.iter()
        .map(|one| (one.found.subject.word(), one.state.word()))
        .collect()
}

fn numbers(partner: &Partner) -> Vec<i64> {
    partner
        .book()
        .exceptions()
        .unwrap()
        .iter()
        .map(|one| one.number)
        .collect()
}

/// The sender's response to a report: everything is accepted, but the first item.
fn response(report: &str, gln: &str) -> Value {
    let report: Value = serde_json::from_str(report).unwrap();
    let kinds = report["exceptions"].as_object().unwrap();
    let items = kinds.values().flat_map(|list| list.as_array().unwrap());
    let items: Vec<_> = items
        .enumerate()
        .map(|(place, item)| {
            json!({
                "exception_item_uuid": item["exception_item_uuid"],
                "resolution_response": if place == 0 { "Reject" } else { "Accept" },
                "alternative_resolution": { "alternative_resolution": "Credit account", "follow_up": null },
            })
        })
        .collect();
    json!({
        "message_uuid": "b0059655-5998-5f66-8613-e117b80ee862", "exception_case_uuid": report["exception_case_uuid"],
        "timestamp": 1_795_420_900, "po_number": report["po_number"], "response_items": items,
        "sender_information": { "gln": gln, "email": "orders@maker.example" },
    })
}

#[tokio::test]
async fn a_delivery_opens_exceptions_whose_packs_are_kept_apart() {
    let mut world = World::start().await;
    let (receipt, labels) = delivered(&mut world).await;
    assert_eq!(receipt.exceptions.len(), 4);
    let expected = [
        ("misaligned", "opened"),
        ("product without data", "opened"),
        ("data without product", "opened"),
        ("data without product", "opened"),
    ];
    assert_eq!(states(&world.pharmacy), expected);
    let fit = world
        .pharmacy
        .verify(&labels[0].bracketed(), NOW_MS)
        .await
        .unwrap();
    assert!(fit.is_fit(), "{:?}", fit.causes);
    for label in &labels[1..] {
        let apart = world
            .pharmacy
            .verify(&label.bracketed(), NOW_MS)
            .await
            .unwrap();
        assert!(
            matches!(apart.causes[..], [Cause::InException { .. }]),
            "{:?}",
            apart.causes
        );
        let offline = world
            .pharmacy
            .verify_offline(&label.bracketed(), NOW_MS)
            .unwrap();
        assert!(matches!(offline.causes[..], [Cause::InException { .. }]));
        let dispensed = world.pharmacy.dispense(&label.bracketed(), NOW_MS).await;
        assert_eq!(refusal(dispensed), "NotFit");
    }
    let folder = world.folder.path().to_owned();
    let named = Selection::Tags(vec![labels[1].tag()]);
    let refused = ship(&mut world.pharmacy, &world.chemist, (named, &folder)).await;
    assert_eq!(refusal(refused), "KeptApart");
    let receipt = send(
        &mut world.pharmacy,
        &mut world.chemist,
        (Selection::All, &folder),
    )
    .await;
    assert_eq!(receipt.packs, [labels[0]]);
}

#[tokio::test]
async fn exceptions_are_reported_answered_and_resolved_as_one_case() {
    let mut world = World::start().await;
    let (_, labels) = delivered(&mut world).await;
    let all = numbers(&world.pharmacy);
    let reported = world.pharmacy.report_exceptions(&all, &REPORTER).unwrap();
    let report = read_report(reported.message.as_bytes()).unwrap();
    assert_eq!(check_report(&report), []);
    let listed = report.exceptions.value().unwrap();
    assert_eq!(listed.missing_product.value().unwrap().len(), 2);
    assert_eq!(listed.missing_product_data.value().unwrap().len(), 1);
    assert_eq!(listed.data_misalignment.value().unwrap().len(), 1);

    let again = world
        .pharmacy
        .report_exceptions(&all[..1], &REPORTER)
        .unwrap();
    assert_eq!(again.case, reported.case);
    let value = |text: &str| serde_json::from_str::<Value>(text).unwrap()["exceptions"].clone();
    assert_eq!(
        value(&again.message),
        value(&reported.message),
        "the same items in the same case"
    );

    let text = response(&again.message, "4012345000009").to_string();
    let answered = world.pharmacy.answer_exceptions(text.as_bytes()).unwrap();
    assert_eq!(answered.answers.len(), 4);
    let words: Vec<_> = answered
        .answers
        .iter()
        .map(|(_, words)| words.as_str())
        .collect();
    assert!(
        words.contains(&"rejected, offers: credit account"),
        "{words:?}"
    );
    assert!(
        states(&world.pharmacy)
            .iter()
            .all(|(_, state)| *state == "answered")
    );

    for number in &all[..3] {
        let closed = world
            .pharmacy
            .resolve_exception(*number, Outcome::Released)
            .unwrap();
        assert_eq!(closed.last_of_case, None);
    }
    assert_eq!(
        refusal(world.pharmacy.closing_report(&reported.case, &REPORTER)),
        "NotInState"
    );
    let last = world
        .pharmacy
        .resolve_exception(all[3], Outcome::KeptOut)
        .unwrap();
    assert_eq!(last.last_of_case.as_ref(), Some(&reported.case));
    let closing = world
        .pharmacy
        .closing_report(&reported.case, &REPORTER)
        .unwrap();
    let closing = read_report(closing.as_bytes()).unwrap();
    assert_eq!(check_report(&closing), []);
    assert!(closing.case_resolved);

    let mut fit = 0;
    for label in &labels {
        fit += usize::from(
            world
                .pharmacy
                .verify(&label.bracketed(), NOW_MS)
                .await
                .unwrap()
                .is_fit(),
        );
    }
    assert_eq!(fit, 3, "one pack was kept out");
    let folder = world.folder.path().to_owned();
    let back = send(
        &mut world.pharmacy,
        &mut world.maker,
        (Selection::All, &folder),
    )
    .await;
    assert_eq!(back.packs.len(), 4, "what was kept out may go back");
}

#[tokio::test]
async fn an_answer_must_be_of_the_case_of_the_partner_and_in_time() {
    let mut world = World::start().await;
    delivered(&mut world).await;
    let all = numbers(&world.pharmacy);
    let reported = world.pharmacy.report_exceptions(&all, &REPORTER).unwrap();
    let answer = |world: &mut World, value: &Value| {
        let outcome = world
            .pharmacy
            .answer_exceptions(value.to_string().as_bytes());
        refusal(outcome)
    };
    let good = response(&reported.message, "4012345000009");
    let foreign = response(&reported.message, "4012345000016");
    assert_eq!(answer(&mut world, &foreign), "NotThePartner");
    let mut other = good.clone();
    other["exception_case_uuid"] = json!("c2a57e9f-3d54-5767-a9d1-82b08b3e7d61");
    assert_eq!(answer(&mut world, &other), "CaseUnknown");
    let mut invented = good.clone();
    invented["response_items"][0]["exception_item_uuid"] =
        json!("ed86b24e-987e-5eb3-bb05-5d335c4da093");
    assert_eq!(answer(&mut world, &invented), "ResponseFaulty");
    assert_eq!(answer(&mut world, &json!({})), "ResponseFaulty");
    for number in all {
        world.pharmacy.withdraw_exception(number).unwrap();
    }
    assert_eq!(answer(&mut world, &good), "NotInState");
    assert!(
        states(&world.pharmacy)
            .iter()
            .all(|(_, state)| *state == "withdrawn")
    );
}

#[tokio::test]
async fn what_is_refused_in_a_state_leaves_everything_as_it_was() {
    let mut world = World::start().await;
    let subject = Subject::Damage {
        pack: format!("(01){GTIN}(21)A1(10)L7(17){EXPIRY}"),
    };
    let against = Against {
        shipment: None,
        organisation: 1,
        gln: "4012345000009",
        now_ms: NOW_MS,
    };
    let number = world.pharmacy.open_exception(subject, &against).unwrap();
    let resolve = |world: &mut World| world.pharmacy.resolve_exception(number, Outcome::Released);
    assert_eq!(refusal(resolve(&mut world)), "NotInState");
    world
        .pharmacy
        .report_exceptions(&[number], &REPORTER)
        .unwrap();
    resolve(&mut world).unwrap();
    let before = world.pharmacy.book().exception(number).unwrap().unwrap();
    assert_eq!(before.state, State::Resolved);
    assert_eq!(refusal(resolve(&mut world)), "NotInState");
    assert_eq!(
        refusal(world.pharmacy.withdraw_exception(number)),
        "NotInState"
    );
    assert_eq!(
        refusal(world.pharmacy.report_exceptions(&[number], &REPORTER)),
        "NotInState"
    );
    assert_eq!(
        refusal(world.pharmacy.withdraw_exception(99)),
        "ExceptionUnknown"
    );
    assert_eq!(
        refusal(world.pharmacy.report_exceptions(&[], &REPORTER)),
        "NothingToReport"
    );
    assert_eq!(
        world.pharmacy.book().exception(number).unwrap().unwrap(),
        before
    );
}

#[tokio::test]
async fn damage_counts_and_wrong_numbers_are_opened_by_hand_and_reported() {
    let mut world = World::start().await;
    let receipt = world.supplied("L7", 3).await;
    let pack = receipt.packs[0].bracketed();
    let against = Against {
        shipment: Some(receipt.shipment),
        organisation: receipt.organisation,
        gln: &receipt.from,
        now_ms: NOW_MS,
    };
    let mut opened = world
        .pharmacy
        .check_order(&receipt, &[(GTIN.to_owned(), 5)], NOW_MS)
        .unwrap();
    let same = world
        .pharmacy
        .check_order(&receipt, &[(GTIN.to_owned(), 3)], NOW_MS)
        .unwrap();
    assert!(same.is_empty());
    for subject in [
        Subject::Damage { pack: pack.clone() },
        Subject::MasterData {
            what: Number::Gln,
            wrong: "4012345000017".to_owned(),
            right: Some("4012345000016".to_owned()),
        },
    ] {
        opened.push(world.pharmacy.open_exception(subject, &against).unwrap());
    }
    let words: Vec<_> = states(&world.pharmacy)
        .into_iter()
        .map(|(word, _)| word)
        .collect();
    assert_eq!(words, ["underage", "damage", "master data"]);
    assert_eq!(
        refusal(world.pharmacy.dispense(&pack, NOW_MS).await),
        "NotFit"
    );
    let reported = world
        .pharmacy
        .report_exceptions(&opened, &REPORTER)
        .unwrap();
    let report = read_report(reported.message.as_bytes()).unwrap();
    assert_eq!(check_report(&report), []);
    let listed = report.exceptions.value().unwrap();
    let underage = &listed.underages.value().unwrap()[0];
    assert_eq!(
        (underage.quantity_ordered, underage.quantity_received),
        (5, 3)
    );
    assert!(listed.master_data_errors.value().is_some());
    let others = report.other_errors.value().unwrap();
    assert_eq!(others, &[format!("damaged: {pack}")]);

    let elsewhere = Against {
        organisation: 1,
        gln: "4012345000009",
        ..against
    };
    let other = world
        .pharmacy
        .open_exception(Subject::Damage { pack }, &elsewhere)
        .unwrap();
    let both = world
        .pharmacy
        .report_exceptions(&[opened[0], other], &REPORTER);
    assert_eq!(refusal(both), "SeveralPartners");
}

#[tokio::test]
async fn more_than_was_ordered_is_an_overage_of_what_is_there() {
    let mut world = World::start().await;
    let (receipt, _) = delivered(&mut world).await;
    // Four packs in the package, two of them not there, one beside it.
    world
        .pharmacy
        .check_order(&receipt, &[(GTIN.to_owned(), 2)], NOW_MS)
        .unwrap();
    let last = world.pharmacy.book().exceptions().unwrap().pop().unwrap();
    let expected = Subject::Overage {
        gtin: GTIN.to_owned(),
        ordered: 2,
        received: 3,
    };
    assert_eq!(last.found.subject, expected);
}
