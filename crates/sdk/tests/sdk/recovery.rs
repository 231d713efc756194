//! A lost key is recovered by its guardians, a stolen one is frozen, a delegate acts, and a key is handed over.

use crate::support::{Network, Someone, document};
use alloy_primitives::{Address, B256};
use theriac_contracts::{
    Refusal,
    codes::{
        DelegationKind, EntryKind, Kind, Kinds, Protection, Purpose, Purposes, RecoveryStatus,
        RequestStatus, Role,
    },
};
use theriac_sdk::{
    Error,
    access::NewRequest,
    delegation::NewDelegate,
    records::NewRecord,
    recovery::{NewGuardians, RecoveryEvent},
};

const DELAY: u64 = 7 * 86_400;

struct Story {
    network: Network,
    doctor: Someone,
    patient: Someone,
    /// Enrolled nowhere.
    new: Someone,
    nurse: Someone,
    chart: B256,
    /// With direct protection.
    record: B256,
    sealed: B256,
}

impl Story {
    /// A doctor of the hospital has added two records to the patient's chart; her guardians are a nurse, the clinic and the insurer.
    async fn begin() -> Self {
        let network = Network::start().await;
        let doctor = network.enrol(&network.hospital, Role::Physician).await;
        let patient = network.enrol(&network.hospital, Role::Patient).await;
        let nurse = network.enrol(&network.clinic, Role::Nurse).await;
        let new = network.stranger();
        let controller = patient.account.address();
        let chart = doctor.client.open_chart(controller).await.unwrap().chart;
        let bytes = document("potassium 4.1");
        let direct = NewRecord {
            chart,
            patient: Some(controller),
            kind: Kind::Laboratory,
            protection: Protection::Direct,
            document: &bytes,
        };
        let sealed = NewRecord {
            protection: Protection::Sealed,
            ..direct
        };
        let record = doctor.client.add_record(direct).await.unwrap().record;
        let sealed = doctor.client.add_record(sealed).await.unwrap().record;
        let accounts = [&nurse, &network.clinic, &network.insurer];
        let guardians = NewGuardians {
            accounts: accounts.map(|one| one.account.address()).to_vec(),
            threshold: 2,
            delay: DELAY,
        };
        patient.client.set_guardians(guardians).await.unwrap();
        Self {
            network,
            doctor,
            patient,
            new,
            nurse,
            chart,
            record,
            sealed,
        }
    }

    fn old(&self) -> Address {
        self.patient.account.address()
    }

    fn successor(&self) -> Address {
        self.new.account.address()
    }

    fn pass(&self, seconds: u64) {
        self.network.ledger.lock().unwrap().host.time_ms += seconds * 1_000;
    }

    async fn propose_and_approve(&self) {
        let (old, new) = (self.old(), self.successor());
        let nurse = &self.nurse.client;
        nurse.propose_successor(old, new).await.unwrap();
        let clinic = &self.network.clinic.client;
        clinic.approve_successor(old, new).await.unwrap();
    }

    async fn status(&self) -> RecoveryStatus {
        let found = self.nurse.client.recovery(self.old()).await.unwrap();
        RecoveryStatus::from_code(found.unwrap().status).unwrap()
    }

    /// A doctor of the clinic asks for the record with direct protection.
    async fn asked(&self) -> (Someone, B256) {
        self.asked_for(self.record).await
    }

    async fn asked_for(&self, record: B256) -> (Someone, B256) {
        let clinic = &self.network.clinic;
        let reader = self.network.enrol(clinic, Role::Physician).await;
        let ask = NewRequest {
            chart: self.chart,
            record: Some(record),
            purpose: Purpose::Treatment,
            kinds: Kinds::default(),
            reason: "second opinion",
            expiry: self.network.in_seconds(30 * 86_400),
        };
        let requested = reader.client.request_access(ask, &reader.keys).await;
        (reader, requested.unwrap().request)
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
async fn guardians_move_the_control_of_a_lost_key_after_the_delay() {
    let story = Story::begin().await;
    let (_, request) = story.asked().await;
    assert!(
        story
            .nurse
            .client
            .recovery(story.old())
            .await
            .unwrap()
            .is_none()
    );
    story.propose_and_approve().await;
    let anyone = &story.doctor.client;
    let early = anyone.execute_recovery(story.old()).await;
    assert_eq!(refusal(early), Refusal::DelayNotOver);
    story.pass(DELAY);
    let executed = anyone.execute_recovery(story.old()).await.unwrap();
    assert_eq!(
        (executed.successor, executed.charts),
        (story.successor(), 1)
    );
    let again = anyone.execute_recovery(story.old()).await.unwrap();
    assert!(again.transaction.is_zero(), "nothing is left to do");

    let new = &story.new.client;
    assert_eq!(new.charts().await.unwrap()[0].id, story.chart);
    assert!(story.patient.client.charts().await.unwrap().is_empty());
    let denied = story.patient.client.deny(request).await;
    assert_eq!(refusal(denied), Refusal::NotTheController);
    new.deny(request).await.unwrap();
    let log = new.chart_log(story.chart).await.unwrap();
    let kinds: Vec<_> = log.iter().map(|entry| entry.kind).collect();
    assert_eq!(
        kinds,
        [
            EntryKind::Requested,
            EntryKind::ControlMoved,
            EntryKind::Denied
        ]
    );
}

#[tokio::test]
async fn recovery_moves_no_data_key_and_an_amended_record_opens_to_the_new_one() {
    let story = Story::begin().await;
    story.propose_and_approve().await;
    story.pass(DELAY);
    story
        .doctor
        .client
        .execute_recovery(story.old())
        .await
        .unwrap();
    let new = &story.new.client;
    assert!(matches!(
        new.read_record(story.record).await,
        Err(Error::Wrap(_))
    ));
    let bytes = document("potassium 4.4");
    let unpublished = story.doctor.client.amend_record(story.record, &bytes).await;
    assert!(matches!(unpublished, Err(Error::NoPublishedKey)));
    new.publish_key().await.unwrap();
    story
        .doctor
        .client
        .amend_record(story.record, &bytes)
        .await
        .unwrap();
    assert_eq!(*new.read_record(story.record).await.unwrap().bytes, bytes);
}

#[tokio::test]
async fn sealed_records_open_to_the_new_key_and_no_longer_to_the_old_one() {
    let story = Story::begin().await;
    let open = |who: &Someone| {
        let client = who.client.clone();
        let (chart, sealed) = (story.chart, [story.sealed]);
        let purpose = Purpose::PatientRequested;
        async move { client.open_sealed(chart, &sealed, purpose, None).await }
    };
    let before = open(&story.patient).await.unwrap();
    assert_eq!(*before.documents[0].bytes, document("potassium 4.1"));
    story.propose_and_approve().await;
    story.pass(DELAY);
    story
        .doctor
        .client
        .execute_recovery(story.old())
        .await
        .unwrap();
    let after = open(&story.new).await.unwrap();
    assert_eq!(*after.documents[0].bytes, document("potassium 4.1"));
    assert_eq!(refusal(open(&story.patient).await), Refusal::KeyReplaced);
}

#[tokio::test]
async fn the_old_key_vetoes_and_all_guardians_overcome_it() {
    let story = Story::begin().await;
    story.propose_and_approve().await;
    story.pass(DELAY);
    let patient = &story.patient.client;
    patient.veto_recovery().await.unwrap();
    assert_eq!(
        refusal(patient.veto_recovery().await),
        Refusal::VetoesUsedUp
    );
    let anyone = &story.doctor.client;
    let missing = anyone.execute_recovery(story.old()).await;
    assert_eq!(refusal(missing), Refusal::ApprovalsMissing);
    let insurer = &story.network.insurer.client;
    let (old, new) = (story.old(), story.successor());
    insurer.approve_successor(old, new).await.unwrap();
    story.pass(DELAY);
    anyone.execute_recovery(old).await.unwrap();
    assert_eq!(story.status().await, RecoveryStatus::Executed);
}

#[tokio::test]
async fn guardians_freeze_a_stolen_key_and_set_it_free_again() {
    let story = Story::begin().await;
    let (_, request) = story.asked().await;
    story.propose_and_approve().await;
    for guardian in [&story.nurse, &story.network.insurer] {
        guardian.client.freeze_key(story.old()).await.unwrap();
    }
    let patient = &story.patient.client;
    assert_eq!(refusal(patient.deny(request).await), Refusal::KeyFrozen);
    assert_eq!(refusal(patient.veto_recovery().await), Refusal::KeyFrozen);
    for guardian in [&story.nurse, &story.network.insurer] {
        guardian.client.cancel_recovery(story.old()).await.unwrap();
    }
    assert_eq!(story.status().await, RecoveryStatus::Cancelled);
    patient.deny(request).await.unwrap();
}

#[tokio::test]
async fn who_guards_sees_whom_and_what_happens() {
    let story = Story::begin().await;
    let wards = story.nurse.client.wards().await.unwrap();
    assert_eq!(wards, [story.old()]);
    let (current, next) = story.patient.client.guardians(story.old()).await.unwrap();
    assert_eq!((current.threshold, current.delay), (2, DELAY));
    assert!(next.is_none());
    let stranger = story.doctor.client.guardians(story.old()).await;
    assert_eq!(refusal(stranger), Refusal::NotConcerned);
    let one = NewGuardians {
        accounts: vec![story.doctor.account.address()],
        threshold: 1,
        delay: DELAY,
    };
    story.patient.client.set_guardians(one).await.unwrap();
    let (_, next) = story.patient.client.guardians(story.old()).await.unwrap();
    assert_eq!(next.unwrap().0.threshold, 1);
    story.propose_and_approve().await;
    let events = story.patient.client.recovery_events(0).await.unwrap();
    let expected = |event: &RecoveryEvent| match event {
        RecoveryEvent::GuardiansSet { .. } => "set",
        RecoveryEvent::Proposed { .. } => "proposed",
        RecoveryEvent::Approved { .. } => "approved",
        RecoveryEvent::AnnouncementDropped => "dropped",
        RecoveryEvent::Running { .. } => "running",
        _ => "another",
    };
    let told: Vec<_> = events.iter().map(|(_, event)| expected(event)).collect();
    assert_eq!(
        told,
        [
            "set", "set", "approved", "proposed", "dropped", "approved", "running"
        ]
    );
    assert!(events.iter().all(|(account, _)| *account == story.old()));
}

/// The nurse as proxy for laboratory results and treatment, for a day.
fn proxy(story: &Story) -> NewDelegate {
    NewDelegate {
        chart: story.chart,
        delegate: story.nurse.account.address(),
        kind: DelegationKind::Proxy,
        kinds: Kind::Laboratory.bit(),
        purposes: [Purpose::Treatment].into_iter().collect::<Purposes>(),
        from: 0,
        until: story.network.in_seconds(86_400),
        majority: 0,
    }
}

#[tokio::test]
async fn a_proxy_decides_within_her_scope_and_is_dismissed() {
    let story = Story::begin().await;
    let (patient, nurse) = (&story.patient.client, &story.nurse.client);
    let (_, request) = story.asked().await;
    let before = nurse.deny(request).await;
    assert_eq!(refusal(before), Refusal::NotTheController);
    patient.appoint_delegate(proxy(&story)).await.unwrap();
    let mandates = nurse.mandates().await.unwrap();
    assert!(mandates.len() == 1 && mandates[0].inForce);
    let asked = nurse.access_requests(story.chart).await.unwrap();
    assert_eq!(asked[0].id, request);
    // With direct protection the proxy has no wrap from which to make one for the reader.
    let approved = nurse.approve(request).await;
    assert!(matches!(approved, Err(Error::DirectProtection)));
    nurse.deny(request).await.unwrap();
    let found = patient.access_request(request).await.unwrap();
    assert_eq!(found.status, RequestStatus::Denied.code());
    let log = patient.chart_log(story.chart).await.unwrap();
    let delegate = story.nurse.account.address();
    assert_eq!(log.last().unwrap().actor, delegate);

    patient
        .dismiss_delegate(story.chart, delegate)
        .await
        .unwrap();
    assert!(nurse.mandates().await.unwrap().is_empty());
    let (_, request) = story.asked().await;
    let after = nurse.deny(request).await;
    assert_eq!(refusal(after), Refusal::NotTheController);
}

#[tokio::test]
async fn a_proxy_approves_and_reads_sealed_records() {
    let story = Story::begin().await;
    let (patient, nurse) = (&story.patient.client, &story.nurse.client);
    patient.appoint_delegate(proxy(&story)).await.unwrap();
    let (reader, request) = story.asked_for(story.sealed).await;
    let approval = nurse.prepare_approval(request).await.unwrap();
    assert_eq!(approval.delegate, Some(story.nurse.account.address()));
    // Whoever brings it.
    reader.client.relay_approval(&approval).await.unwrap();
    let opened = reader
        .client
        .open(request, story.sealed, &reader.keys)
        .await
        .unwrap();
    assert_eq!(*opened.document.bytes, document("potassium 4.1"));
    let own = nurse
        .open_sealed(story.chart, &[story.sealed], Purpose::Treatment, None)
        .await
        .unwrap();
    assert_eq!(*own.documents[0].bytes, document("potassium 4.1"));
}

#[tokio::test]
async fn a_key_is_handed_over_after_the_guardians_delay() {
    let story = Story::begin().await;
    let deadline = story.network.in_seconds(30 * 86_400);
    let (old, new) = (&story.patient.client, &story.new.client);
    let signed = new
        .sign_succession(old, story.old(), deadline)
        .await
        .unwrap();
    let text = serde_json::to_string(&signed).unwrap();
    let signed = serde_json::from_str(&text).unwrap();
    let announced = old.hand_over(&signed, new).await.unwrap();
    assert!(announced.announced.is_some());
    story.pass(DELAY);
    assert!(
        old.hand_over(&signed, new)
            .await
            .unwrap()
            .announced
            .is_none()
    );
    assert_eq!(new.charts().await.unwrap()[0].id, story.chart);
    let mut forged = signed.clone();
    forged.deadline += 1;
    assert_eq!(
        refusal(old.hand_over(&forged, new).await),
        Refusal::KeyReplaced
    );
}
