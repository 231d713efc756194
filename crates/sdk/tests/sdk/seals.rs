//! Sealed records: opened by the keepers under a grant, by rule and in an emergency; keepers that lie, are down or refuse.

use crate::support::{Network, Someone, document};
use alloy_primitives::B256;
use theriac_contracts::{
    Refusal,
    codes::{
        Effect, EntryKind, Kind, Kinds, Protection, Purpose, RequestStatus, ReviewOutcome, Role,
    },
};
use theriac_sdk::{
    Error,
    access::{NewRequest, Rule},
    records::NewRecord,
    seals::{Emergency, Fault},
};

struct Ward {
    network: Network,
    doctor: Someone,
    patient: Someone,
    chart: B256,
}

impl Ward {
    async fn begin() -> Self {
        let network = Network::start().await;
        let doctor = network.enrol(&network.hospital, Role::Physician).await;
        let patient = network.enrol(&network.hospital, Role::Patient).await;
        let controller = patient.account.address();
        let chart = doctor.client.open_chart(controller).await.unwrap().chart;
        Self {
            network,
            doctor,
            patient,
            chart,
        }
    }

    async fn add(&self, kind: Kind, text: &str) -> B256 {
        self.add_with(Protection::Sealed, kind, text).await
    }

    async fn add_with(&self, protection: Protection, kind: Kind, text: &str) -> B256 {
        let document = document(text);
        let new = NewRecord {
            chart: self.chart,
            patient: Some(self.patient.account.address()),
            kind,
            protection,
            document: &document,
        };
        self.doctor.client.add_record(new).await.unwrap().record
    }

    async fn reader(&self) -> Someone {
        self.network
            .enrol(&self.network.clinic, Role::Physician)
            .await
    }

    async fn permit(&self, effect: Effect) {
        let rule = Rule {
            effect: effect.code(),
            role: Role::Physician.code(),
            purpose: Purpose::Treatment.code(),
            ..Default::default()
        };
        let set = self
            .patient
            .client
            .set_rule(self.chart, Some(0), rule)
            .await;
        set.unwrap();
    }

    fn keepers(&self, change: impl FnOnce(&mut crate::support::Keepers)) {
        change(&mut self.network.ledger.lock().unwrap().keepers);
    }
}

fn refusal<T>(outcome: Result<T, Error>) -> Refusal {
    match outcome {
        Err(Error::Refused(refusal)) => refusal,
        Err(other) => panic!("expected a refusal, got {other:?}"),
        Ok(_) => panic!("expected a refusal, got success"),
    }
}

#[tokio::test]
async fn a_sealed_record_opens_under_a_grant_as_any_other_and_needs_no_wrap() {
    let ward = Ward::begin().await;
    let record = ward.add(Kind::Laboratory, "potassium 4.1").await;
    let reader = ward.reader().await;
    let ask = NewRequest {
        chart: ward.chart,
        record: Some(record),
        purpose: Purpose::Treatment,
        kinds: Kinds::default(),
        reason: "second opinion",
        expiry: ward.network.in_seconds(3_600),
    };
    let asked = reader
        .client
        .request_access(ask, &reader.keys)
        .await
        .unwrap();
    assert_eq!(asked.status, RequestStatus::Pending);
    let early = reader
        .client
        .open(asked.request, record, &reader.keys)
        .await;
    assert_eq!(refusal(early), Refusal::NotYetGranted);
    ward.patient.client.approve(asked.request).await.unwrap();
    let opened = reader
        .client
        .open(asked.request, record, &reader.keys)
        .await
        .unwrap();
    assert_eq!(*opened.document.bytes, document("potassium 4.1"));
    ward.patient.client.revoke(asked.request).await.unwrap();
    let late = reader
        .client
        .open(asked.request, record, &reader.keys)
        .await;
    assert_eq!(refusal(late), Refusal::GrantRevoked);
    let own = ward.patient.client.read_record(record).await.unwrap();
    assert_eq!(*own.bytes, document("potassium 4.1"));
    let log = ward.patient.client.chart_log(ward.chart).await.unwrap();
    assert!(
        log.iter()
            .any(|entry| entry.kind == EntryKind::SealedOpened)
    );
}

#[tokio::test]
async fn a_request_that_a_rule_admitted_opens_without_the_patient() {
    let ward = Ward::begin().await;
    let record = ward.add(Kind::Laboratory, "sodium 140").await;
    ward.permit(Effect::Permit).await;
    let reader = ward.reader().await;
    let ask = NewRequest {
        chart: ward.chart,
        record: Some(record),
        purpose: Purpose::Treatment,
        kinds: Kinds::default(),
        reason: "",
        expiry: ward.network.in_seconds(3_600),
    };
    let asked = reader
        .client
        .request_access(ask, &reader.keys)
        .await
        .unwrap();
    assert_eq!(asked.status, RequestStatus::Admitted);
    let opened = reader
        .client
        .open(asked.request, record, &reader.keys)
        .await
        .unwrap();
    assert_eq!(*opened.document.bytes, document("sodium 140"));
}

#[tokio::test]
async fn several_records_open_by_rule_at_once_and_a_denial_is_in_the_log() {
    let ward = Ward::begin().await;
    let records = [
        ward.add(Kind::Laboratory, "one").await,
        ward.add(Kind::Imaging, "two").await,
        ward.add(Kind::Plan, "three").await,
    ];
    let reader = ward.reader().await;
    let open = |records: Vec<B256>| {
        let (client, chart) = (reader.client.clone(), ward.chart);
        async move {
            client
                .open_sealed(chart, &records, Purpose::Treatment, None)
                .await
        }
    };
    assert_eq!(
        refusal(open(records.to_vec()).await),
        Refusal::OpeningDenied
    );
    ward.permit(Effect::Permit).await;
    let opened = open(records.to_vec()).await.unwrap();
    assert_eq!(opened.opening, 1, "the denied opening was number 0");
    for (text, read) in ["one", "two", "three"].iter().zip(&opened.documents) {
        assert_eq!(*read.bytes, document(text));
    }
    let direct = ward
        .add_with(Protection::Direct, Kind::Other, "direct")
        .await;
    assert_eq!(refusal(open(vec![direct]).await), Refusal::RecordNotSealed);
    ward.permit(Effect::Deny).await;
    assert_eq!(
        refusal(open(records.to_vec()).await),
        Refusal::OpeningDenied
    );
    let log = ward.patient.client.chart_log(ward.chart).await.unwrap();
    let denied = log
        .iter()
        .filter(|entry| entry.kind == EntryKind::OpeningDenied);
    assert_eq!(denied.count(), 2);
}

#[tokio::test]
async fn an_amended_record_has_a_new_seal_and_opens_in_its_new_version() {
    let ward = Ward::begin().await;
    let record = ward.add(Kind::Laboratory, "first").await;
    ward.permit(Effect::Permit).await;
    let amended = ward
        .doctor
        .client
        .amend_record(record, &document("second"))
        .await
        .unwrap();
    assert_eq!(amended.version, 2);
    let reader = ward.reader().await;
    let opened = reader
        .client
        .open_sealed(ward.chart, &[record], Purpose::Treatment, None)
        .await
        .unwrap();
    assert_eq!(*opened.documents[0].bytes, document("second"));
}

#[tokio::test]
async fn a_sealed_record_that_its_author_signed_is_registered_by_a_gateway() {
    let ward = Ward::begin().await;
    let gateway = ward
        .network
        .enrol(&ward.network.hospital, Role::Gateway)
        .await;
    let document = document("relayed");
    let new = NewRecord {
        chart: ward.chart,
        patient: Some(ward.patient.account.address()),
        kind: Kind::Plan,
        protection: Protection::Sealed,
        document: &document,
    };
    let deadline = ward.network.in_seconds(60);
    let signed = ward.doctor.client.sign_record(new, deadline).await.unwrap();
    let mut tampered = signed.clone();
    tampered.seal = Some((B256::repeat_byte(1), B256::repeat_byte(2)));
    let refused = gateway.client.relay_record(&tampered).await;
    assert_eq!(refusal(refused), Refusal::NotSignedByAuthor);
    let added = gateway.client.relay_record(&signed).await.unwrap();
    ward.permit(Effect::Permit).await;
    let reader = ward.reader().await;
    let opened = reader
        .client
        .open_sealed(ward.chart, &[added.record], Purpose::Treatment, None)
        .await
        .unwrap();
    assert_eq!(*opened.documents[0].bytes, document);
}

#[tokio::test]
async fn a_keeper_that_lies_is_named_and_the_record_opens_without_it() {
    let ward = Ward::begin().await;
    let record = ward.add(Kind::Laboratory, "honest").await;
    ward.permit(Effect::Permit).await;
    let reader = ward.reader().await;
    let records = [record];
    let open = || {
        reader
            .client
            .open_sealed(ward.chart, &records, Purpose::Treatment, None)
    };
    let opened = open().await.unwrap();
    assert!(opened.bad.is_empty());
    ward.keepers(|keepers| keepers.liars = [1].into());
    let opened = open().await.unwrap();
    assert_eq!(*opened.documents[0].bytes, document("honest"));
    let liar = ward.network.ledger.lock().unwrap().keepers.name(1);
    assert!(!opened.bad.is_empty());
    for bad in &opened.bad {
        assert_eq!((bad.keeper, bad.fault), (liar.0, Fault::WrongPartial));
    }
    ward.keepers(|keepers| keepers.liars = [1, 2].into());
    let Err(Error::KeepersMissing { got, needed, .. }) = open().await else {
        panic!("two liars of four leave no quorum");
    };
    assert_eq!((got, needed), (2, 3));
}

#[tokio::test]
async fn a_keeper_that_is_down_does_not_matter_and_two_do() {
    let ward = Ward::begin().await;
    let record = ward.add(Kind::Laboratory, "available").await;
    ward.permit(Effect::Permit).await;
    let reader = ward.reader().await;
    let records = [record];
    let open = || {
        reader
            .client
            .open_sealed(ward.chart, &records, Purpose::Treatment, None)
    };
    ward.keepers(|keepers| keepers.down = [0].into());
    assert_eq!(
        *open().await.unwrap().documents[0].bytes,
        document("available")
    );
    ward.keepers(|keepers| keepers.down = [0, 3].into());
    let error = open().await.err().expect("two answers open nothing");
    assert!(error.to_string().contains("2 said Silent"), "{error}");
    let own = ward.patient.client.read_record(record).await.unwrap();
    assert_eq!(
        *own.bytes,
        document("available"),
        "her wrap needs no keeper"
    );
}

#[tokio::test]
async fn keepers_without_a_certificate_of_the_group_key_are_not_believed() {
    let ward = Ward::begin().await;
    let record = ward.add(Kind::Laboratory, "proven").await;
    ward.permit(Effect::Permit).await;
    let reader = ward.reader().await;
    for part in ["payload", "section", "headers", "certificate"] {
        ward.keepers(|keepers| keepers.altered = Some(part));
        let fresh = reader.again(&[&ward.network.nodes[0]]);
        let opened = fresh
            .client
            .open_sealed(ward.chart, &[record], Purpose::Treatment, None)
            .await;
        assert!(
            matches!(opened.err(), Some(Error::EpochNotProven(_))),
            "{part}"
        );
    }
}

#[tokio::test]
async fn an_emergency_opens_what_the_patient_left_open_and_is_told_and_reviewed() {
    let ward = Ward::begin().await;
    let allergy = ward.add(Kind::Allergy, "penicillin").await;
    ward.add(Kind::Imaging, "not for emergencies").await;
    let nurse = ward.network.enrol(&ward.network.clinic, Role::Nurse).await;
    let officer = ward
        .network
        .enrol(&ward.network.clinic, Role::PrivacyOfficer)
        .await;
    let emergency = Emergency {
        chart: ward.chart,
        records: &[],
        purpose: Purpose::BreakTheGlass,
        reason: "unconscious",
    };
    let opened = nurse
        .client
        .break_glass(emergency, &nurse.keys)
        .await
        .unwrap();
    assert_eq!(opened.documents.len(), 1);
    assert_eq!(*opened.documents[0].bytes, document("penicillin"));
    assert_eq!(opened.documents[0].record.id, allergy);
    let clinic = theriac_contracts::OrganisationId(2);
    let owed = officer.client.open_reviews(clinic).await.unwrap();
    assert_eq!(owed.len(), 1);
    assert_eq!(owed[0].opening, opened.opening);
    assert_eq!(officer.client.overdue_reviews(clinic).await.unwrap(), 0);
    let note = Some("the emergency is documented");
    let (_, salt) = officer
        .client
        .review(opened.opening, ReviewOutcome::Justified, note)
        .await
        .unwrap();
    assert!(salt.is_some());
    assert!(
        officer
            .client
            .open_reviews(clinic)
            .await
            .unwrap()
            .is_empty()
    );
    let reviewed = officer.client.review_of(opened.opening).await.unwrap();
    assert_eq!(reviewed.outcome, ReviewOutcome::Justified.code());
    let log = ward.patient.client.chart_log(ward.chart).await.unwrap();
    assert!(log.iter().any(|entry| entry.kind == EntryKind::GlassBroken));
}

#[tokio::test]
async fn a_patient_who_forbids_emergencies_is_obeyed() {
    let ward = Ward::begin().await;
    let record = ward.add(Kind::Allergy, "penicillin").await;
    let nurse = ward.network.enrol(&ward.network.clinic, Role::Nurse).await;
    let scope = ward
        .patient
        .client
        .break_glass_scope(ward.chart)
        .await
        .unwrap();
    assert!(scope.covers(Kind::Allergy.bit()));
    ward.patient
        .client
        .set_break_glass_scope(ward.chart, Kinds(0))
        .await
        .unwrap();
    let scope = ward
        .patient
        .client
        .break_glass_scope(ward.chart)
        .await
        .unwrap();
    assert_eq!(scope, Kinds(0));
    let emergency = Emergency {
        chart: ward.chart,
        records: &[record],
        purpose: Purpose::EmergencyTreatment,
        reason: "unconscious",
    };
    let refused = nurse.client.break_glass(emergency, &nurse.keys).await;
    assert_eq!(refusal(refused), Refusal::OpeningDenied);
}
