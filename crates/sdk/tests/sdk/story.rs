//! The story of a record: added, requested, approved by the patient's key, opened, denied, revoked, logged.

use crate::support::{Network, Someone, document};
use alloy_primitives::{B256, U256};
use theriac_contracts::{
    Refusal,
    codes::{Effect, EntryKind, Kind, Kinds, Protection, Purpose, RequestStatus, Role},
};
use theriac_sdk::{
    Error,
    access::{NewGrant, NewRequest, Rule},
    account::RequestKeys,
    records::NewRecord,
};

struct Story {
    network: Network,
    doctor: Someone,
    patient: Someone,
    chart: B256,
    record: B256,
}

impl Story {
    /// A doctor of the hospital has added a record to a chart of the patient.
    async fn begin() -> Self {
        let network = Network::start().await;
        let doctor = network.enrol(&network.hospital, Role::Physician).await;
        let patient = network.enrol(&network.hospital, Role::Patient).await;
        let chart = doctor
            .client
            .open_chart(patient.account.address())
            .await
            .unwrap()
            .chart;
        let mut story = Self {
            network,
            doctor,
            patient,
            chart,
            record: B256::ZERO,
        };
        story.record = story.add(Kind::Laboratory, "potassium 4.1").await;
        story
    }

    async fn add(&self, kind: Kind, text: &str) -> B256 {
        let (patient, document) = (Some(self.patient.account.address()), document(text));
        let new = NewRecord {
            chart: self.chart,
            patient,
            kind,
            protection: Protection::Direct,
            document: &document,
        };
        self.doctor.client.add_record(new).await.unwrap().record
    }

    fn ask(&self) -> NewRequest<'static> {
        NewRequest {
            chart: self.chart,
            record: Some(self.record),
            purpose: Purpose::Treatment,
            kinds: Kinds::default(),
            reason: "second opinion",
            expiry: self.network.in_seconds(3_600),
        }
    }

    /// A doctor of the clinic has asked for the record.
    async fn asked(&self) -> (Someone, B256) {
        let reader = self
            .network
            .enrol(&self.network.clinic, Role::Physician)
            .await;
        let requested = reader
            .client
            .request_access(self.ask(), &reader.keys)
            .await
            .unwrap();
        assert_eq!(requested.status, RequestStatus::Pending);
        (reader, requested.request)
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
async fn a_record_travels_from_its_author_to_a_reader_whom_the_patient_approved() {
    let story = Story::begin().await;
    let (reader, request) = story.asked().await;
    assert_eq!(
        refusal(
            reader
                .client
                .open(request, story.record, &reader.keys)
                .await
        ),
        Refusal::NotYetGranted
    );
    let fields = story.patient.client.approval_fields(request).await.unwrap();
    assert_eq!(
        (fields.organisation.as_str(), fields.purpose.as_str()),
        ("Hill Clinic", "TREAT")
    );
    story.patient.client.approve(request).await.unwrap();
    let opened = reader
        .client
        .open(request, story.record, &reader.keys)
        .await
        .unwrap();
    assert_eq!(*opened.document.bytes, document("potassium 4.1"));
    let nurse = story
        .network
        .enrol(&story.network.clinic, Role::Nurse)
        .await;
    assert_eq!(
        refusal(nurse.client.open(request, story.record, &nurse.keys).await),
        Refusal::NotTheGrantee
    );
    story.patient.client.revoke(request).await.unwrap();
    assert_eq!(
        refusal(
            reader
                .client
                .open(request, story.record, &reader.keys)
                .await
        ),
        Refusal::GrantRevoked
    );
    let log = story.patient.client.chart_log(story.chart).await.unwrap();
    let kinds: Vec<_> = log.iter().map(|entry| entry.kind).collect();
    assert_eq!(
        kinds,
        [
            EntryKind::Requested,
            EntryKind::Approved,
            EntryKind::Opened,
            EntryKind::Revoked
        ]
    );
    assert!(
        log.iter()
            .enumerate()
            .all(|(index, entry)| entry.sequence == index as u64)
    );
}

#[tokio::test]
async fn the_patient_reads_her_own_record_without_an_entry() {
    let story = Story::begin().await;
    let read = story
        .patient
        .client
        .read_record(story.record)
        .await
        .unwrap();
    assert_eq!(*read.bytes, document("potassium 4.1"));
    assert!(
        story
            .patient
            .client
            .chart_log(story.chart)
            .await
            .unwrap()
            .is_empty()
    );
    let author = story.doctor.client.read_record(story.record).await;
    assert_eq!(refusal(author), Refusal::NotTheController);
}

#[tokio::test]
async fn nothing_of_the_document_is_in_the_vault() {
    let story = Story::begin().await;
    let ledger = story.network.ledger.lock().unwrap();
    assert!(ledger.blobs.len() >= 4, "two keys, content and wrap");
    for blob in ledger.blobs.values() {
        assert!(!blob.windows(9).any(|window| window == b"potassium"));
    }
}

#[tokio::test]
async fn a_malformed_document_is_refused_before_anything_is_sent() {
    let story = Story::begin().await;
    let counts = || {
        let ledger = story.network.ledger.lock().unwrap();
        (ledger.blobs.len(), ledger.executed.len())
    };
    let before = counts();
    let new = NewRecord {
        chart: story.chart,
        patient: None,
        kind: Kind::Other,
        protection: Protection::Direct,
        document: b"{\"resourceType\":",
    };
    let outcome = story.doctor.client.add_record(new).await;
    assert_eq!(outcome.unwrap_err().code(), Some("DocumentNotJson"));
    assert_eq!(counts(), before);
}

#[tokio::test]
async fn a_record_that_its_author_signed_is_registered_by_a_gateway() {
    let story = Story::begin().await;
    let gateway = story
        .network
        .enrol(&story.network.hospital, Role::Gateway)
        .await;
    let (patient, document) = (Some(story.patient.account.address()), document("relayed"));
    let new = NewRecord {
        chart: story.chart,
        patient,
        kind: Kind::Plan,
        protection: Protection::Direct,
        document: &document,
    };
    let signed = story
        .doctor
        .client
        .sign_record(new, story.network.in_seconds(60))
        .await
        .unwrap();
    let mut tampered = signed.clone();
    tampered.kind = Kind::Claim.code();
    assert_eq!(
        refusal(gateway.client.relay_record(&tampered).await),
        Refusal::NotSignedByAuthor
    );
    let added = gateway.client.relay_record(&signed).await.unwrap();
    let entry = story.patient.client.record(added.record).await.unwrap();
    assert_eq!(entry.author, story.doctor.account.address());
    assert_eq!(
        *story
            .patient
            .client
            .read_record(added.record)
            .await
            .unwrap()
            .bytes,
        document
    );
    assert_eq!(
        refusal(gateway.client.relay_record(&signed).await),
        Refusal::NonceNotNext
    );
}

#[tokio::test]
async fn a_signed_approval_counts_whoever_relays_it_and_only_once() {
    let story = Story::begin().await;
    let (reader, request) = story.asked().await;
    let approval = story
        .patient
        .client
        .prepare_approval(request)
        .await
        .unwrap();
    let text = serde_json::to_string(&approval).unwrap();
    let approval = serde_json::from_str(&text).unwrap();
    reader.client.relay_approval(&approval).await.unwrap();
    assert!(
        reader
            .client
            .open(request, story.record, &reader.keys)
            .await
            .is_ok()
    );
    assert_eq!(
        refusal(reader.client.relay_approval(&approval).await),
        Refusal::RequestDecided
    );
}

#[tokio::test]
async fn an_approval_that_is_tampered_with_or_meant_for_another_request_is_refused() {
    let story = Story::begin().await;
    let (reader, request) = story.asked().await;
    let other = reader
        .client
        .request_access(story.ask(), &reader.keys)
        .await
        .unwrap()
        .request;
    let approval = story
        .patient
        .client
        .prepare_approval(request)
        .await
        .unwrap();
    let mut tampered = approval.clone();
    tampered.wrap = B256::repeat_byte(9);
    assert_eq!(
        refusal(reader.client.relay_approval(&tampered).await),
        Refusal::NotSignedByController
    );
    let mut renumbered = approval.clone();
    renumbered.nonce += U256::ONE;
    assert_eq!(
        refusal(reader.client.relay_approval(&renumbered).await),
        Refusal::NotSignedByController
    );
    let mut replayed = approval.clone();
    replayed.request = other;
    assert_eq!(
        refusal(reader.client.relay_approval(&replayed).await),
        Refusal::NotSignedByController
    );
    assert_eq!(
        refusal(reader.client.approve(request).await),
        Refusal::NotTheController
    );
}

#[tokio::test]
async fn the_patient_denies_and_her_rules_decide_at_once() {
    let story = Story::begin().await;
    let (reader, request) = story.asked().await;
    story.patient.client.deny(request).await.unwrap();
    assert_eq!(
        refusal(
            reader
                .client
                .open(request, story.record, &reader.keys)
                .await
        ),
        Refusal::RequestDenied
    );
    assert_eq!(
        refusal(story.patient.client.approve(request).await),
        Refusal::RequestDecided
    );

    let rule = |effect: Effect, role: Role| Rule {
        effect: effect.code(),
        role: role.code(),
        ..Rule::default()
    };
    let (deny, permit) = (
        rule(Effect::Deny, Role::InsurerAgent),
        rule(Effect::Permit, Role::Physician),
    );
    assert_eq!(
        story
            .patient
            .client
            .set_rule(story.chart, None, deny)
            .await
            .unwrap(),
        0
    );
    assert_eq!(
        story
            .patient
            .client
            .set_rule(story.chart, None, permit)
            .await
            .unwrap(),
        1
    );
    let agent = story
        .network
        .enrol(&story.network.insurer, Role::InsurerAgent)
        .await;
    let ask = NewRequest {
        purpose: Purpose::Payment,
        ..story.ask()
    };
    let denied = agent.client.request_access(ask, &agent.keys).await.unwrap();
    assert_eq!(denied.status, RequestStatus::Denied);
    let admitted = reader
        .client
        .request_access(story.ask(), &reader.keys)
        .await
        .unwrap();
    assert_eq!(admitted.status, RequestStatus::Admitted);
    story
        .patient
        .client
        .approve(admitted.request)
        .await
        .unwrap();
    let opened = reader
        .client
        .open(admitted.request, story.record, &reader.keys)
        .await
        .unwrap();
    assert_eq!(*opened.document.bytes, document("potassium 4.1"));
}

#[tokio::test]
async fn a_grant_given_unasked_opens_with_the_published_key() {
    let story = Story::begin().await;
    let reader = story
        .network
        .enrol(&story.network.clinic, Role::Physician)
        .await;
    let new = NewGrant {
        chart: story.chart,
        grantee: reader.account.address(),
        record: Some(story.record),
        kinds: Kinds::default(),
        purpose: Purpose::Treatment,
        expiry: story.network.in_seconds(3_600),
    };
    let granted = story.patient.client.grant(new).await.unwrap();
    assert_eq!(granted.records, 1);
    let opened = reader
        .client
        .open(granted.grant, story.record, &reader.keys)
        .await
        .unwrap();
    assert_eq!(*opened.document.bytes, document("potassium 4.1"));
}

#[tokio::test]
async fn a_request_by_kinds_opens_every_record_of_these_kinds_and_no_other() {
    let story = Story::begin().await;
    let (second, other) = (
        story.add(Kind::Laboratory, "sodium 139").await,
        story.add(Kind::Imaging, "x-ray").await,
    );
    let reader = story
        .network
        .enrol(&story.network.clinic, Role::Physician)
        .await;
    let ask = NewRequest {
        record: None,
        kinds: Kind::Laboratory.bit(),
        ..story.ask()
    };
    let request = reader
        .client
        .request_access(ask, &reader.keys)
        .await
        .unwrap()
        .request;
    story.patient.client.approve(request).await.unwrap();
    for (record, text) in [(story.record, "potassium 4.1"), (second, "sodium 139")] {
        let opened = reader
            .client
            .open(request, record, &reader.keys)
            .await
            .unwrap();
        assert_eq!(*opened.document.bytes, document(text));
    }
    assert_eq!(
        refusal(reader.client.open(request, other, &reader.keys).await),
        Refusal::RecordNotCovered
    );
}

#[tokio::test]
async fn an_amended_record_needs_a_new_grant() {
    let story = Story::begin().await;
    let (reader, request) = story.asked().await;
    story.patient.client.approve(request).await.unwrap();
    let amended = story
        .doctor
        .client
        .amend_record(story.record, &document("potassium 4.4"))
        .await
        .unwrap();
    assert_eq!(amended.version, 2);
    assert!(matches!(
        reader
            .client
            .open(request, story.record, &reader.keys)
            .await,
        Err(Error::NotWrapped)
    ));
    let again = reader
        .client
        .request_access(story.ask(), &reader.keys)
        .await
        .unwrap()
        .request;
    story.patient.client.approve(again).await.unwrap();
    let opened = reader
        .client
        .open(again, story.record, &reader.keys)
        .await
        .unwrap();
    assert_eq!(*opened.document.bytes, document("potassium 4.4"));
}

#[tokio::test]
async fn another_process_opens_with_the_same_folder_and_none_other_does() {
    let story = Story::begin().await;
    let (reader, request) = story.asked().await;
    story.patient.client.approve(request).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let without = RequestKeys::beside(&elsewhere.path().join("doctor.json"));
    let outcome = reader.client.open(request, story.record, &without).await;
    assert!(matches!(outcome, Err(Error::RequestKey(_))));
    let log = story.patient.client.chart_log(story.chart).await.unwrap();
    assert!(
        log.iter().all(|entry| entry.kind != EntryKind::Opened),
        "nothing is entered that cannot be read"
    );
    let later = reader.again(&[&story.network.nodes[1]]);
    assert!(
        later
            .client
            .open(request, story.record, &later.keys)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn who_is_enrolled_nowhere_is_refused_by_name() {
    let story = Story::begin().await;
    let stranger = story.network.stranger();
    assert_eq!(
        refusal(
            stranger
                .client
                .request_access(story.ask(), &stranger.keys)
                .await
        ),
        Refusal::NotEnrolled
    );
    let nobody = theriac_sdk::Client::new(&[&story.network.nodes[0].address], None).unwrap();
    assert!(matches!(
        nobody.chart_log(story.chart).await,
        Err(Error::LoginNeeded)
    ));
    let nurse = story
        .network
        .enrol(&story.network.clinic, Role::Nurse)
        .await;
    assert_eq!(
        refusal(nurse.client.chart_log(story.chart).await),
        Refusal::NotAParty
    );
}
