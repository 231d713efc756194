//! A prescription from the physician over the patient's wallet to two pharmacies: each fill is taken once, whatever breaks off.

use crate::support::{GTIN, NOW_MS, World, of_lot, refusal, scan, send};
use alloy_primitives::B256;
use serde_json::{Value, json};
use theriac_contracts::codes::{PrescriptionStatus, Role};
use theriac_gateway::book::Form;
use theriac_gateway::packs::{
    Error, Filled, Moved, NewFilling, Partner,
    book::FillState,
    prescriptions::{KeyFile, Offer, Prescribing, PrescriptionFile, offer, standing},
};
use theriac_sdk::Client;

const PHARMACY: usize = 3;
const CHEMIST: usize = 4;
const HOSPITAL: usize = 6;

/// A patient with a prescription of 30 tablets, three times, and two pharmacists with packs.
struct Ward {
    world: World,
    physician: Client,
    patient: Client,
    file: PrescriptionFile,
    pharmacist: Partner,
    chemist: Partner,
}

fn request(world: &World) -> Value {
    let day = |ms: u64| theriac_gateway::packs::clock::utc(ms)[..10].to_owned();
    let now_ms = world.seconds() * 1_000;
    json!({
        "resourceType": "MedicationRequest", "id": "rx-7", "status": "active", "intent": "order",
        "medicationCodeableConcept": { "coding": [{ "system": "https://www.gs1.org/gtin", "code": GTIN }] },
        "subject": { "reference": "Patient/p1", "display": "Jane Doe" },
        "dispenseRequest": {
            "quantity": { "value": 30, "unit": "tablet" }, "numberOfRepeatsAllowed": 2,
            "validityPeriod": { "start": day(now_ms), "end": day(now_ms + 90 * 86_400_000) },
        },
    })
}

/// A pharmacist's partner with a book of her own, and packs in it.
async fn pharmacist(world: &mut World, organisation: usize, lot: &str) -> Partner {
    let client = world.enrol(organisation, Role::Pharmacist).await;
    let folder = world.file(lot);
    let mut partner = Partner::begin(client, &folder, "4012345000023")
        .await
        .unwrap();
    world.lot(lot, 8).await;
    let path = world.folder.path().to_owned();
    send(&mut world.maker, &mut partner, (of_lot(lot, 4), &path)).await;
    partner
}

async fn ward() -> Ward {
    let mut world = World::start().await;
    let physician = world.enrol(HOSPITAL, Role::Physician).await;
    let patient = world.enrol(HOSPITAL, Role::Patient).await;
    let request = request(&world);
    let file = prescribed(&physician, &patient, &request).await;
    let filler = pharmacist(&mut world, PHARMACY, "L7").await;
    let chemist = pharmacist(&mut world, CHEMIST, "L8").await;
    Ward {
        world,
        physician,
        patient,
        file,
        pharmacist: filler,
        chemist,
    }
}

async fn prescribed(physician: &Client, patient: &Client, request: &Value) -> PrescriptionFile {
    let key = KeyFile::fresh(patient).await.unwrap();
    let key = KeyFile::read(key.to_json().as_bytes()).unwrap();
    let prescribing = Prescribing::prepare(&request.to_string(), &key, NOW_MS).unwrap();
    prescribing.enter(physician).await.unwrap();
    PrescriptionFile::read(prescribing.file.to_json().as_bytes()).unwrap()
}

impl Ward {
    async fn offer(&self, to: &Partner) -> Offer {
        let pharmacist = to.client().address();
        let offer = offer(&self.patient, &self.file, (pharmacist, None))
            .await
            .unwrap();
        Offer::read(offer.to_json().as_bytes()).unwrap()
    }

    async fn left(&self) -> (u8, i64) {
        let remaining = standing(&self.patient, &self.file).await.unwrap().remaining;
        (remaining.fills, remaining.amount)
    }
}

async fn fill(partner: &mut Partner, offer: &Offer, scans: &[String]) -> Result<Filled, Error> {
    let new = NewFilling {
        offer,
        scans,
        cabinet: None,
        substitute: false,
        now_ms: NOW_MS,
    };
    partner.fill(new).await
}

#[tokio::test]
async fn a_fill_is_taken_once_and_the_dispensing_is_written() {
    let mut ward = ward().await;
    let [here, there] = [
        ward.offer(&ward.pharmacist).await,
        ward.offer(&ward.chemist).await,
    ];
    let scan_here = scan(&ward.pharmacist, 0);
    let filled = fill(&mut ward.pharmacist, &here, &[scan_here.clone()])
        .await
        .unwrap();
    let document: Value = serde_json::from_str(&filled.document).unwrap();
    assert_eq!(
        document["quantity"],
        json!({ "value": 30, "unit": "tablet" })
    );
    assert_eq!(
        document["authorizingPrescription"][0]["reference"],
        "MedicationRequest/rx-7"
    );
    assert_eq!(document["whenHandedOver"], "2026-11-23T08:00:00.000Z");
    let gone = ward.pharmacist.dispense(&scan_here, NOW_MS).await;
    assert_eq!(refusal(gone), "AlreadyDispensed");

    let scan_there = scan(&ward.chemist, 0);
    let second = fill(&mut ward.chemist, &there, &[scan_there.clone()]).await;
    assert_eq!(refusal(second), "FillTaken");
    assert_eq!(ward.chemist.book().held().unwrap().len(), 4);
    assert_eq!(ward.chemist.book().fill(there.fill.key).unwrap(), None);

    assert_eq!(ward.left().await, (2, 60));
    let there = ward.offer(&ward.chemist).await;
    fill(&mut ward.chemist, &there, &[scan_there])
        .await
        .unwrap();
    let last = ward.offer(&ward.pharmacist).await;
    let scan_here = scan(&ward.pharmacist, 0);
    fill(&mut ward.pharmacist, &last, &[scan_here])
        .await
        .unwrap();
    assert_eq!(ward.left().await, (0, 0));
    let pharmacist = ward.pharmacist.client().address();
    let nothing = offer(&ward.patient, &ward.file, (pharmacist, None)).await;
    assert_eq!(refusal(nothing), "NothingLeft");
}

#[tokio::test]
async fn the_same_offer_again_gives_the_same_document_and_no_second_fill() {
    let mut ward = ward().await;
    let offer = ward.offer(&ward.pharmacist).await;
    let scans = [scan(&ward.pharmacist, 0), scan(&ward.pharmacist, 1)];
    let first = fill(&mut ward.pharmacist, &offer, &scans).await.unwrap();
    let again = fill(&mut ward.pharmacist, &offer, &[]).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(ward.pharmacist.book().held().unwrap().len(), 2);
    assert_eq!(ward.left().await.0, 2);
}

/// The ledger takes the fill, and the process dies before it learns that: nothing was dispensed, and the same offer goes on.
#[tokio::test]
async fn a_fill_that_became_final_unseen_is_completed_with_its_packs() {
    let mut ward = ward().await;
    let offer = ward.offer(&ward.pharmacist).await;
    let scans = [scan(&ward.pharmacist, 0)];
    ward.world.break_off_after_submit(true);
    assert!(fill(&mut ward.pharmacist, &offer, &scans).await.is_err());
    ward.world.break_off_after_submit(false);
    let mut pharmacist = World::reopened(&ward.pharmacist);
    let state = pharmacist
        .book()
        .fill(offer.fill.key)
        .unwrap()
        .unwrap()
        .state;
    assert_eq!(state, FillState::Taking);
    let filled = fill(&mut pharmacist, &offer, &[]).await.unwrap();
    assert_eq!(filled.packs.len(), 1);
    let state = pharmacist
        .book()
        .fill(offer.fill.key)
        .unwrap()
        .unwrap()
        .state;
    assert_eq!(state, FillState::Dispensed);
    assert_eq!(ward.left().await, (2, 60));
}

/// Between verifying and dispensing, another enters an exit for the pack: the fill is taken, and is completed with another pack.
#[tokio::test]
async fn a_fill_whose_pack_is_refused_stays_the_pharmacists_and_takes_another_pack() {
    let mut ward = ward().await;
    let offer = ward.offer(&ward.pharmacist).await;
    let scans = [scan(&ward.pharmacist, 0), scan(&ward.pharmacist, 1)];
    // The fill is final, and nobody knows; then the pack leaves elsewhere.
    ward.world.break_off_after_submit(true);
    assert!(
        fill(&mut ward.pharmacist, &offer, &scans[..1])
            .await
            .is_err()
    );
    ward.world.break_off_after_submit(false);
    let tag = ward
        .pharmacist
        .book()
        .packs_of_fill(offer.fill.key)
        .unwrap()[0]
        .tag;
    let nullifier = theriac_contracts::packs::nullifier(8_421, tag);
    let undo = vec![B256::repeat_byte(9)];
    let chemist = ward.chemist.client();
    chemist.dispense_packs(vec![nullifier], undo).await.unwrap();

    let refused = fill(&mut ward.pharmacist, &offer, &[]).await;
    assert_eq!(refusal(refused), "AlreadyDispensed");
    let known = ward
        .pharmacist
        .book()
        .fill(offer.fill.key)
        .unwrap()
        .unwrap();
    assert_eq!(known.state, FillState::Taken);
    assert_eq!(ward.pharmacist.book().held().unwrap().len(), 4);
    let filled = fill(&mut ward.pharmacist, &offer, &scans[1..])
        .await
        .unwrap();
    assert_eq!(filled.packs.len(), 1);
    assert_eq!(ward.left().await, (2, 60));
}

#[tokio::test]
async fn a_pack_that_comes_back_leaves_its_fill_open_for_another() {
    let mut ward = ward().await;
    let offer = ward.offer(&ward.pharmacist).await;
    let scans = [scan(&ward.pharmacist, 0), scan(&ward.pharmacist, 1)];
    fill(&mut ward.pharmacist, &offer, &scans[..1])
        .await
        .unwrap();
    ward.pharmacist.undo(&scans[0], NOW_MS).await.unwrap();
    let known = ward
        .pharmacist
        .book()
        .fill(offer.fill.key)
        .unwrap()
        .unwrap();
    assert_eq!(known.state, FillState::Taken);
    let filled = fill(&mut ward.pharmacist, &offer, &scans[1..])
        .await
        .unwrap();
    assert_eq!(filled.packs[0].bracketed(), scans[1]);
    assert_eq!(ward.left().await, (2, 60));
}

#[tokio::test]
async fn a_cabinet_learns_of_the_packs_of_a_fill_and_of_none_that_was_refused() {
    let mut ward = ward().await;
    let cabinet = ward.pharmacist.open_cabinet(None).await.unwrap();
    let offer = ward.offer(&ward.pharmacist).await;
    let scans = [scan(&ward.pharmacist, 0), scan(&ward.pharmacist, 1)];
    let new = NewFilling {
        offer: &offer,
        scans: &scans,
        cabinet: Some(cabinet),
        substitute: false,
        now_ms: NOW_MS,
    };
    assert_eq!(refusal(ward.pharmacist.fill(new).await), "AmountsWrong");
    assert_eq!(ward.left().await, (3, 90));
    ward.pharmacist
        .record_moved(cabinet, GTIN, Moved::Received(4))
        .await
        .unwrap();
    ward.pharmacist.fill(new).await.unwrap();
    let stock = |partner: &Partner| partner.book().cabinet_item(cabinet, GTIN).unwrap().stock;
    assert_eq!(stock(&ward.pharmacist), 2);

    let taken = ward.offer(&ward.pharmacist).await;
    let to_chemist = ward.offer(&ward.chemist).await;
    let scan_there = scan(&ward.chemist, 0);
    fill(&mut ward.chemist, &to_chemist, &[scan_there])
        .await
        .unwrap();
    let scans = [scan(&ward.pharmacist, 0)];
    let new = NewFilling {
        offer: &taken,
        scans: &scans,
        ..new
    };
    assert_eq!(refusal(ward.pharmacist.fill(new).await), "FillTaken");
    assert_eq!(stock(&ward.pharmacist), 2);
    assert_eq!(ward.pharmacist.book().waiting().unwrap(), []);
}

#[tokio::test]
async fn an_offer_that_is_not_what_was_prescribed_is_refused_before_anything_is_taken() {
    let mut ward = ward().await;
    let offer = ward.offer(&ward.pharmacist).await;
    let scans = [scan(&ward.pharmacist, 0)];
    let with = |from: &str, to: &str| {
        let text = offer.to_json();
        let changed = text.replacen(from, to, 1);
        assert_ne!(text, changed, "{from}");
        Offer::read(changed.as_bytes()).unwrap()
    };
    let cases = [
        (with("\"amount\":30", "\"amount\":29"), "NotAsPrescribed"),
        (with("\"amount\":30", "\"amount\":31"), "AmountAboveOrder"),
        (with("Jane Doe", "John Doe"), "NotAsPrescribed"),
        (with("\"chainId\":8421", "\"chainId\":1"), "OtherNetwork"),
    ];
    for (changed, code) in cases {
        let refused = fill(&mut ward.pharmacist, &changed, &scans).await;
        assert_eq!(refusal(refused), code);
    }
    let scan_there = [scan(&ward.chemist, 0)];
    let foreign = fill(&mut ward.chemist, &offer, &scan_there).await;
    assert_eq!(refusal(foreign), "NotForYou");
    assert_eq!(
        refusal(fill(&mut ward.pharmacist, &offer, &[]).await),
        "NoPacks"
    );
    let twice = [scans[0].clone(), scans[0].clone()];
    assert_eq!(
        refusal(fill(&mut ward.pharmacist, &offer, &twice).await),
        "SerialTwice"
    );
    assert_eq!(ward.left().await, (3, 90));
}

#[tokio::test]
async fn another_product_is_handed_out_only_where_that_may_be() {
    let mut ward = ward().await;
    let other = GTIN.replacen("04012345123456", "04012345123463", 1);
    let mut order = request(&ward.world);
    order["medicationCodeableConcept"]["coding"][0]["code"] = json!(other);
    let scans = [scan(&ward.pharmacist, 0)];
    for (allowed, substitute, code) in [
        (json!(true), false, Some("OtherProduct")),
        (json!(false), true, Some("SubstitutionForbidden")),
        (json!(true), true, None),
    ] {
        order["substitution"] = json!({ "allowedBoolean": allowed });
        ward.file = prescribed(&ward.physician, &ward.patient, &order).await;
        let offer = ward.offer(&ward.pharmacist).await;
        let new = NewFilling {
            offer: &offer,
            scans: &scans,
            cabinet: None,
            substitute,
            now_ms: NOW_MS,
        };
        let outcome = ward.pharmacist.fill(new).await;
        match code {
            Some(code) => assert_eq!(refusal(outcome), code),
            None => {
                let document: Value = serde_json::from_str(&outcome.unwrap().document).unwrap();
                assert_eq!(document["substitution"]["wasSubstituted"], true);
            }
        }
    }
}

#[tokio::test]
async fn a_wallet_finds_what_is_left_with_its_key_and_the_physicians_file_alone() {
    let mut ward = ward().await;
    let chemist = ward.chemist.client().address();
    let part = offer(&ward.patient, &ward.file, (chemist, Some(10)))
        .await
        .unwrap();
    let scan_there = [scan(&ward.chemist, 0)];
    fill(&mut ward.chemist, &part, &scan_there).await.unwrap();
    assert_eq!(ward.left().await, (2, 80));
    let above = offer(&ward.patient, &ward.file, (chemist, Some(31))).await;
    assert_eq!(refusal(above), "AmountAboveOrder");
    let other = ward.world.enrol(HOSPITAL, Role::Patient).await;
    assert_eq!(
        refusal(standing(&other, &ward.file).await),
        "NotYourPrescription"
    );
    let altered = ward.file.to_json().replace("Jane Doe", "John Doe");
    let altered = PrescriptionFile::read(altered.as_bytes()).unwrap();
    assert_eq!(
        refusal(standing(&ward.patient, &altered).await),
        "NotAsPrescribed"
    );
}

#[tokio::test]
async fn a_cancelled_prescription_is_not_filled() {
    let mut ward = ward().await;
    let offer = ward.offer(&ward.pharmacist).await;
    ward.physician
        .cancel_prescription(ward.file.key)
        .await
        .unwrap();
    let scans = [scan(&ward.pharmacist, 0)];
    let refused = fill(&mut ward.pharmacist, &offer, &scans).await;
    assert_eq!(refusal(refused), "PrescriptionCancelled");
    assert_eq!(ward.pharmacist.book().held().unwrap().len(), 4);
    let standing = standing(&ward.patient, &ward.file).await.unwrap();
    assert_eq!(
        standing.prescription.status,
        PrescriptionStatus::Cancelled.code()
    );
}

/// The patient's account, key and name are nowhere in what the ledger was told.
#[tokio::test]
async fn nothing_of_the_patient_is_on_the_ledger() {
    let mut ward = ward().await;
    let offer = ward.offer(&ward.pharmacist).await;
    let scans = [scan(&ward.pharmacist, 0)];
    fill(&mut ward.pharmacist, &offer, &scans).await.unwrap();
    let ledger = ward.world.ledger.lock().unwrap();
    let patient = ward.patient.address();
    assert!(ledger.executed.iter().all(|(sender, _)| *sender != patient));
    let told = format!("{:?} {:?}", ledger.host.logs(), ledger.receipts).to_lowercase();
    assert!(told.contains(&format!("{:x}", ward.file.key)));
    for secret in [ward.file.salt, ward.file.blinding, ward.file.id] {
        assert!(!told.contains(&format!("{secret:x}")));
    }
}
