//! Care at the command line against a network of four processes: a prescription that is filled once, a delivery with exceptions, a recall that
//! is acknowledged, a theft that is reported.

mod cluster;

use cluster::{
    Cluster,
    desk::{Desk, admin, person, receive, ship, text},
};
use serde_json::{Value, json};
use std::fs;

const MEMBERS: [&str; 4] = [
    "Maker:manufacturer",
    "Pharmacy:pharmacy",
    "Chemist:pharmacy",
    "Clinic:clinic",
];
const GTIN: &str = "04012345123456";

struct Town {
    maker: Desk,
    pharmacist: Desk,
    chemist: Desk,
    physician: Desk,
    patient: Desk,
}

impl Town {
    fn begin(cluster: &Cluster) -> Self {
        let town = Self {
            maker: admin(cluster, 1),
            pharmacist: person(cluster, 2, "pharmacist"),
            chemist: person(cluster, 3, "pharmacist"),
            physician: person(cluster, 4, "physician"),
            patient: person(cluster, 4, "patient"),
        };
        town.maker.json(&format!("pack product {GTIN} --claim"));
        for (desk, gln) in [
            (&town.maker, "4012345000009"),
            (&town.pharmacist, "4012345000023"),
            (&town.chemist, "4012345000030"),
        ] {
            desk.json(&format!("pack card --out card.json --gln {gln}"));
        }
        let line = format!("pack commission --gtin {GTIN} --lot L7 --expiry 751100 --count 12");
        town.maker.json(&line);
        for (desk, name) in [(&town.pharmacist, "first"), (&town.chemist, "second")] {
            let package = ship(&town.maker, desk, ("--lot L7 --count 4", name));
            assert_eq!(receive(desk, &package)["packs"], 4);
        }
        town
    }

    /// A prescription of two fills, of which each is taken by one pharmacy.
    fn prescribe_and_fill(&self) {
        self.patient.json("pack prescription key --out key.json");
        write(&self.physician, "request.json", &request());
        let key = self.patient.folder.join("key.json");
        let file = self.patient.folder.join("prescription.json");
        let [key, file] = [key, file].map(|path| path.display().to_string());
        let line = format!("pack prescribe request.json --for '{key}' --out '{file}'");
        assert_eq!(self.physician.json(&line)["fills"], 2);
        let again = format!("pack prescribe request.json --for '{key}' --out again.json");
        assert_eq!(self.physician.refused(&again), "KeyUsed");
        assert!(!self.physician.folder.join("again.json").exists());

        let [here, there] = [self.offer(&self.pharmacist), self.offer(&self.chemist)];
        let scan = self.pharmacist.scans().remove(0);
        let fill = format!("pack fill '{here}' '{scan}' --out dispense.json");
        assert_eq!(self.pharmacist.json(&fill)["amount"], 30);
        let dispense = fs::read(self.pharmacist.folder.join("dispense.json")).expect("a file");
        let dispense: Value = serde_json::from_slice(&dispense).expect("JSON");
        assert_eq!(
            dispense["authorizingPrescription"][0]["reference"],
            "MedicationRequest/rx-7"
        );
        let scan = self.chemist.scans().remove(0);
        let fill = format!("pack fill '{there}' '{scan}' --out dispense.json");
        assert_eq!(self.chemist.refused(&fill), "FillTaken");
        assert_eq!(self.chemist.scans().len(), 4);

        let shown = self
            .patient
            .json("pack prescription show prescription.json");
        assert_eq!(
            (&shown["fillsLeft"], &shown["left"]),
            (&1.into(), &30.into())
        );
        let key = text(&shown["current"]);
        self.physician
            .json(&format!("pack prescription cancel {key}"));
        let there = self.offer(&self.chemist);
        let fill = format!("pack fill '{there}' '{scan}' --out dispense.json");
        assert_eq!(self.chemist.refused(&fill), "PrescriptionCancelled");
    }

    /// The patient's offer to a pharmacist; its file.
    fn offer(&self, to: &Desk) -> String {
        let account = to.client().address();
        let file = to.folder.join(format!(
            "offer-{}.json",
            fs::read_dir(&to.folder).expect("a folder").count()
        ));
        let file = file.display().to_string();
        self.patient.json(&format!(
            "pack prescription offer prescription.json --to {account} --out '{file}'"
        ));
        file
    }

    /// Two of four packs are not there; the case goes to the maker and to its end.
    fn settle_exceptions(&self) {
        let package = ship(
            &self.maker,
            &self.pharmacist,
            ("--lot L7 --count 4", "third"),
        );
        let line = format!(
            "pack receive '{}' --scanned scans.txt --report report.json --email goods@pharmacy.example --order P-7 --ordered {GTIN}=5",
            package.display()
        );
        fs::write(self.pharmacist.folder.join("scans.txt"), "\n").expect("a file");
        let receipt = self.pharmacist.json(&line);
        assert_eq!(
            (
                receipt["exceptions"].as_array().map(Vec::len),
                &receipt["counts"]
            ),
            (Some(4), &1.into())
        );
        let listed = self.pharmacist.json("pack exceptions list");
        let listed = listed["exceptions"].as_array().expect("a list");
        assert!(
            listed.iter().all(|one| one["state"] == "reported"),
            "{listed:?}"
        );
        for one in listed {
            let number = &one["number"];
            self.pharmacist
                .json(&format!("pack exceptions resolve {number} --release"));
            let again = format!("pack exceptions withdraw {number}");
            assert_eq!(self.pharmacist.refused(&again), "NotInState");
        }
        let case = text(&listed[0]["case"]);
        let line = format!(
            "pack exceptions report --closed {case} --out closed.json --email goods@pharmacy.example --order P-7"
        );
        self.pharmacist.json(&line);
    }

    fn recall_and_acknowledge(&self) {
        self.maker.json("pack recall --lot L7 --class 1");
        self.pharmacist.json("pack watch");
        let task = &self.pharmacist.json("pack recall list")["recalls"][0];
        assert_eq!(task["toPull"], 7);
        let scan = text(&task["packs"][0]);
        self.pharmacist.json(&format!("pack recall pull '{scan}'"));
        self.pharmacist.json("pack recall not-found L7");
        let card = self.maker.folder.join("card.json").display().to_string();
        let ack = self.maker.folder.join("ack.theriac").display().to_string();
        self.pharmacist
            .json(&format!("pack recall ack L7 --to '{card}' --out '{ack}'"));
        let status = self.maker.json(&format!("pack recall status L7 '{ack}'"));
        let counts = ["pulled", "notFound", "dispensed"].map(|name| status[name].clone());
        assert_eq!(counts, [1, 6, 1].map(Value::from));
        assert_eq!(status["open"][0]["organisation"], 3);
    }

    fn report_a_theft(&self) {
        let scan = self.chemist.scans().remove(0);
        self.chemist
            .json(&format!("pack decommission '{scan}' --as stolen"));
        write(&self.chemist, "facts.json", &facts());
        let line = format!("pack loss report facts.json --pack '{scan}' --out loss.json");
        let report = self.chemist.json(&line);
        assert_eq!(report["items"][0]["quantity"], 100);
        let entered = self.chemist.json("pack loss commit loss.json");
        assert!(text(&entered["salt"]).starts_with("0x"));
    }
}

fn write(desk: &Desk, name: &str, value: &Value) {
    fs::write(desk.folder.join(name), value.to_string()).expect("a file");
}

/// An order of 30 tablets, twice, that counts this year.
fn request() -> Value {
    let seconds = std::time::UNIX_EPOCH
        .elapsed()
        .expect("it is later")
        .as_millis();
    let day = |ms: u128| theriac_gateway::packs::clock::utc(ms as u64)[..10].to_owned();
    json!({
        "resourceType": "MedicationRequest", "id": "rx-7", "status": "active", "intent": "order",
        "medicationCodeableConcept": { "coding": [{ "system": "https://www.gs1.org/gtin", "code": GTIN }] },
        "subject": { "reference": "Patient/p1" },
        "dispenseRequest": {
            "quantity": { "value": 30, "unit": "tablet" }, "numberOfRepeatsAllowed": 1,
            "validityPeriod": { "start": day(seconds), "end": day(seconds + 90 * 86_400_000) },
        },
    })
}

fn facts() -> Value {
    json!({
        "format": "theriac-loss-facts/1", "discovered": "2026-11-23", "kind": "night-break-in",
        "registrant": {
            "name": "Example Pharmacy", "address": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701", "county": "Sangamon",
            "phone": "555-0100", "deaNumber": "BP1234563", "business": "pharmacy",
        },
        "police": { "reported": false }, "lossesIn24Months": 0, "measures": "a second lock",
        "products": { (GTIN): { "tradeName": "Examplin", "substance": "oxycodone hydrochloride", "strength": "5 mg", "form": "tablet", "unitsInPack": 100 } },
        "signedBy": { "name": "A. Pharmacist", "title": "pharmacist in charge", "date": "2026-11-23" },
    })
}

#[test]
fn a_prescription_a_delivery_a_recall_and_a_theft_come_to_their_ends() {
    let mut cluster = Cluster::found_of(&MEMBERS);
    cluster.start_all();
    let town = Town::begin(&cluster);
    town.prescribe_and_fill();
    town.settle_exceptions();
    town.recall_and_acknowledge();
    town.report_a_theft();
}
