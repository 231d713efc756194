//! Reports of theft and loss: of a count that differs, and of packs that were stolen.

use crate::support::{GTIN, NOW_MS, World, refusal, scan};
use serde_json::{Value, json};
use theriac_contracts::codes::{DiscrepancyOutcome, ExitKind, Role};
use theriac_gateway::book::Form;
use theriac_gateway::packs::{
    Moved, commit_report,
    loss::{Basis, Facts, LossReport},
};

const PHARMACY: usize = 3;

fn facts() -> Value {
    json!({
        "format": "theriac-loss-facts/1",
        "registrant": {
            "name": "Example Pharmacy", "address": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701", "county": "Sangamon",
            "phone": "555-0100", "deaNumber": "BP1234563", "business": "pharmacy",
        },
        "discovered": "2026-11-23", "kind": "employee-pilferage",
        "police": { "reported": true, "department": "Springfield Police", "phone": "555-0199", "reportNumber": "26-1123" },
        "lossesIn24Months": 0, "purchaseValue": 120, "measures": "a second lock",
        "products": { (GTIN): { "tradeName": "Examplin", "substance": "oxycodone hydrochloride", "strength": "5 mg", "form": "tablet", "unitsInPack": 100 } },
        "signedBy": { "name": "A. Pharmacist", "title": "pharmacist in charge", "date": "2026-11-23" },
    })
}

fn read(facts: &Value) -> Facts {
    Facts::read(facts.to_string().as_bytes()).unwrap()
}

#[tokio::test]
async fn a_discrepancy_is_reported_with_its_window_and_its_explanation_commits_to_the_report() {
    let mut world = World::start().await;
    let [counter, witness, third] = [
        world.enrol(PHARMACY, Role::Pharmacist).await,
        world.enrol(PHARMACY, Role::Nurse).await,
        world.enrol(PHARMACY, Role::Pharmacist).await,
    ];
    let cabinet = world.pharmacy.open_cabinet(None).await.unwrap();
    world
        .pharmacy
        .record_moved(cabinet, GTIN, Moved::Received(50))
        .await
        .unwrap();
    let count = world.pharmacy.prepare_count(cabinet, GTIN, 47).unwrap();
    let signed = witness.witness_count(&count).await.unwrap();
    let number = counter
        .enter_count(&count, &signed)
        .await
        .unwrap()
        .discrepancy
        .unwrap();

    let report = world
        .pharmacy
        .report_discrepancy((number, GTIN, 47), read(&facts()))
        .await
        .unwrap();
    let [item] = report.items.as_slice() else {
        panic!("one item, got {:?}", report.items);
    };
    assert_eq!(
        (item.packs, item.quantity, item.strength.as_str()),
        (3, 300, "5 mg")
    );
    assert_eq!(item.ndc, None, "the product has no National Drug Code");
    let Basis::Discrepancy {
        counter: who,
        witness: other,
        outcome,
        ..
    } = &report.basis
    else {
        panic!("a discrepancy, got {:?}", report.basis);
    };
    assert_eq!((*who, *other), (counter.address(), witness.address()));
    assert_eq!(outcome, &None);
    let text = report.to_json();
    assert_eq!(LossReport::read(text.as_bytes()).unwrap(), report);

    let opening = commit_report(text.as_bytes());
    third
        .explain_discrepancy(number, DiscrepancyOutcome::Theft, opening.commitment)
        .await
        .unwrap();
    let told = third.discrepancy(number).await.unwrap();
    assert_eq!(told.document, opening.commitment);
    let after = world
        .pharmacy
        .report_discrepancy((number, GTIN, 47), read(&facts()))
        .await
        .unwrap();
    assert!(
        matches!(after.basis, Basis::Discrepancy { outcome: Some(word), .. } if word == "theft")
    );
    for (gtin, counted) in [(GTIN, 50), (GTIN, 51), (GTIN, -1), ("04012345999990", 47)] {
        let none = world
            .pharmacy
            .report_discrepancy((number, gtin, counted), read(&facts()))
            .await;
        assert_eq!(refusal(none), "NoLoss", "{gtin} {counted}");
    }
}

#[tokio::test]
async fn what_was_explained_as_no_loss_is_not_reported_as_one() {
    let mut world = World::start().await;
    let [counter, witness, third] = [
        world.enrol(PHARMACY, Role::Pharmacist).await,
        world.enrol(PHARMACY, Role::Nurse).await,
        world.enrol(PHARMACY, Role::Pharmacist).await,
    ];
    let cabinet = world.pharmacy.open_cabinet(None).await.unwrap();
    world
        .pharmacy
        .record_moved(cabinet, GTIN, Moved::Received(5))
        .await
        .unwrap();
    let count = world.pharmacy.prepare_count(cabinet, GTIN, 4).unwrap();
    let signed = witness.witness_count(&count).await.unwrap();
    let number = counter
        .enter_count(&count, &signed)
        .await
        .unwrap()
        .discrepancy
        .unwrap();
    let document = commit_report(b"it was in the other drawer").commitment;
    third
        .explain_discrepancy(number, DiscrepancyOutcome::CountingError, document)
        .await
        .unwrap();
    let none = world
        .pharmacy
        .report_discrepancy((number, GTIN, 4), read(&facts()))
        .await;
    assert_eq!(refusal(none), "NoLoss");
}

#[tokio::test]
async fn stolen_packs_are_reported_and_committed_to() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let scans = [scan(&world.pharmacy, 0), scan(&world.pharmacy, 1)];
    let early = world.pharmacy.report_packs(&scans, read(&facts()));
    assert_eq!(refusal(early), "NoLoss");
    for scan in &scans {
        world
            .pharmacy
            .decommission(scan, ExitKind::Stolen, NOW_MS)
            .await
            .unwrap();
    }
    let report = world.pharmacy.report_packs(&scans, read(&facts())).unwrap();
    assert_eq!((report.items[0].packs, report.items[0].quantity), (2, 200));
    let twice = [scans[0].clone(), scans[0].clone()];
    assert_eq!(
        refusal(world.pharmacy.report_packs(&twice, read(&facts()))),
        "SerialTwice"
    );
    assert_eq!(
        refusal(world.pharmacy.report_packs(&[], read(&facts()))),
        "NoLoss"
    );

    let opening = world.pharmacy.commit_loss(&report.to_json()).await.unwrap();
    let entered = world
        .pharmacy
        .client()
        .committed_document(opening.commitment)
        .await
        .unwrap();
    assert!(entered.is_some());
    let paper = world
        .pharmacy
        .book()
        .paper(opening.commitment)
        .unwrap()
        .unwrap();
    assert_eq!((paper.salt, paper.event), (opening.salt, report.to_json()));
    let no_report = world.pharmacy.commit_loss("{}").await;
    assert!(matches!(
        no_report,
        Err(theriac_gateway::packs::Error::Form(_))
    ));
}

#[tokio::test]
async fn each_field_that_the_kind_of_loss_asks_for_must_be_there() {
    let mut world = World::start().await;
    world.supplied("L7", 1).await;
    let scans = [scan(&world.pharmacy, 0)];
    world
        .pharmacy
        .decommission(&scans[0], ExitKind::Lost, NOW_MS)
        .await
        .unwrap();
    let way = json!({ "carrier": "Carrier", "consignee": "Clinic", "consigneeDeaNumber": "BP1234563", "received": true, "earlierLosses": 0 });
    let cases = [
        ("/kind", json!("armed-robbery"), "armedRobbery"),
        ("/kind", json!("lost-in-transit"), "inTransit"),
        ("/kind", json!("other"), "explanation"),
        (
            "/armedRobbery",
            json!({ "killed": 0, "injured": 1 }),
            "armedRobbery",
        ),
        ("/inTransit", way, "inTransit"),
        ("/police", json!({ "reported": true }), "police.department"),
        ("/discovered", json!("yesterday"), "discovered"),
        ("/products", json!({}), "products"),
    ];
    for (pointer, value, field) in cases {
        let mut changed = facts();
        changed[&pointer[1..]] = value;
        let refused = world
            .pharmacy
            .report_packs(&scans, read(&changed))
            .unwrap_err();
        assert!(refused.to_string().starts_with(field), "{field}: {refused}");
        assert_eq!(refusal::<()>(Err(refused)), "LossIncomplete");
    }
    let mut wrong = facts();
    wrong["registrant"]["deaNumber"] = json!("BP1234560");
    assert!(Facts::read(wrong.to_string().as_bytes()).is_err());
    assert!(world.pharmacy.report_packs(&scans, read(&facts())).is_ok());
}
