//! Several nodes: one that is down, lies, forgets sessions or breaks off costs nothing that was acknowledged.

use crate::support::{Fault, Network, Node, document};
use std::sync::{Arc, Mutex, atomic::Ordering};
use theriac_contracts::codes::{Kind, Protection, Purpose, Role};
use theriac_envelope::ContentId;
use theriac_sdk::{
    Client, Error, ErrorKind, Transferred, account::LoginRefusal, records::NewRecord,
    seals::Emergency,
};

/// An address at which nothing listens.
async fn nowhere() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn the_next_node_is_asked_where_one_cannot_be_reached() {
    let network = Network::start().await;
    let (down, up) = (nowhere().await, network.nodes[0].address.clone());
    let client = Client::new(&[&down, &up], Some(network.hospital.account.clone())).unwrap();
    assert_eq!(client.organisations().await.unwrap().len(), 3);
    let id = client.put_blob(b"blob".to_vec()).await.unwrap();
    assert_eq!(client.get_blob(id).await.unwrap(), b"blob");
    let alone = Client::new(&[&down], Some(network.hospital.account.clone())).unwrap();
    assert_eq!(
        alone.organisations().await.unwrap_err().kind(),
        ErrorKind::Unreachable
    );
    assert_eq!(
        alone.put_blob(b"blob".to_vec()).await.unwrap_err().kind(),
        ErrorKind::Unreachable
    );
}

#[tokio::test]
async fn a_client_logs_in_once_and_again_when_its_token_has_expired() {
    let network = Network::start().await;
    let (node, client) = (&network.nodes[0], &network.hospital.client);
    client.organisations().await.unwrap();
    client.validators().await.unwrap();
    assert_eq!(node.state.logins.load(Ordering::Relaxed), 1);
    node.forget_tokens();
    client.organisations().await.unwrap();
    assert_eq!(node.state.logins.load(Ordering::Relaxed), 2);
    node.forget_tokens();
    client.put_blob(b"blob".to_vec()).await.unwrap();
    assert_eq!(node.state.logins.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn a_challenge_that_names_another_node_is_not_signed() {
    let network = Network::start().await;
    let node = &network.nodes[0];
    node.set(Fault::ForeignChallenge);
    let client = Client::new(&[&node.address], Some(network.hospital.account.clone())).unwrap();
    let error = client.organisations().await.unwrap_err();
    assert!(matches!(error, Error::Login(LoginRefusal::AnotherNode)));
    assert_eq!(node.state.logins.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_file_goes_out_and_comes_back_with_progress_and_a_wrong_one_is_not_kept() {
    let network = Network::start().await;
    let (node, client) = (&network.nodes[0], &network.hospital.client);
    let folder = tempfile::tempdir().unwrap();
    let (out, back) = (folder.path().join("out"), folder.path().join("back"));
    let bytes: Vec<u8> = (0..3_000_000u32).map(|at| (at % 251) as u8).collect();
    std::fs::write(&out, &bytes).unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = seen.clone();
    let transferred: Transferred = Arc::new(move |done, total| {
        noted.lock().unwrap().push((done, total));
    });
    let content = client.put_blob_file(&out, &transferred).await.unwrap();
    assert_eq!(
        (content.id, content.length),
        (ContentId::of(&bytes), 3_000_000)
    );
    // The second time the node has forgotten the login.
    node.forget_tokens();
    client.put_blob_file(&out, &transferred).await.unwrap();
    let length = client
        .get_blob_file(content.id, &back, &transferred)
        .await
        .unwrap();
    assert_eq!((length, std::fs::read(&back).unwrap()), (3_000_000, bytes));
    let seen = seen.lock().unwrap().clone();
    assert!(seen.len() > 30, "in many steps: {}", seen.len());
    assert_eq!(seen.last(), Some(&(3_000_000, 3_000_000)));
    let again = client.get_blob_file(content.id, &back, &transferred).await;
    assert!(
        matches!(again, Err(Error::File { .. })),
        "nothing is overwritten"
    );
    std::fs::remove_file(&back).unwrap();
    for node in &network.nodes {
        node.set(Fault::AltersBlobs);
    }
    let altered = client.get_blob_file(content.id, &back, &transferred).await;
    assert!(matches!(altered, Err(Error::BlobAltered(id)) if id == content.id));
    assert!(!back.exists());
}

#[tokio::test]
async fn blobs_that_a_node_alters_or_lost_come_from_the_next_one() {
    let network = Network::start().await;
    let client = &network.hospital.client;
    let id = client.put_blob(b"ciphertext".to_vec()).await.unwrap();
    for fault in [Fault::AltersBlobs, Fault::LosesBlobs] {
        network.nodes[0].set(fault);
        assert_eq!(client.get_blob(id).await.unwrap(), b"ciphertext");
    }
    network.nodes[0].set(Fault::AltersBlobs);
    network.nodes[1].set(Fault::LosesBlobs);
    assert!(matches!(client.get_blob(id).await, Err(Error::BlobAltered(altered)) if altered == id));
    network.nodes[0].set(Fault::LosesBlobs);
    assert!(matches!(client.get_blob(id).await, Err(Error::BlobAbsent(absent)) if absent == id));
    assert!(matches!(
        client.get_blob(ContentId([7; 32])).await,
        Err(Error::BlobAbsent(_))
    ));
}

#[tokio::test]
async fn a_transaction_whose_node_breaks_off_is_executed_once() {
    let network = Network::start().await;
    network.nodes[0].set(Fault::BreaksOffAfterSubmit);
    let patient = network.enrol(&network.hospital, Role::Patient).await;
    patient
        .client
        .open_chart(patient.account.address())
        .await
        .unwrap();
    assert_eq!(patient.client.charts().await.unwrap().len(), 1);
    let executed = network.ledger.lock().unwrap().executed.clone();
    let own: Vec<_> = executed
        .iter()
        .filter(|(sender, _)| *sender == patient.account.address())
        .collect();
    assert_eq!(own.len(), 2, "the key and the chart, each once");
}

#[tokio::test]
async fn transactions_sent_at_the_same_time_have_nonces_without_gaps() {
    let network = Network::start().await;
    let doctor = network.enrol(&network.hospital, Role::Physician).await;
    let patient = network.enrol(&network.hospital, Role::Patient).await;
    let address = patient.account.address();
    let charts = futures::future::try_join_all((0..20).map(|_| doctor.client.open_chart(address)))
        .await
        .unwrap();
    assert_eq!(charts.len(), 20);
    let executed = network.ledger.lock().unwrap().executed.clone();
    let nonces: Vec<_> = executed
        .iter()
        .filter(|(sender, _)| *sender == doctor.account.address())
        .map(|(_, nonce)| *nonce)
        .collect();
    assert_eq!(nonces, (0..21).collect::<Vec<_>>());
}

#[tokio::test]
async fn two_clients_of_one_account_do_not_end_each_other() {
    let network = Network::start().await;
    let patient = network.enrol(&network.hospital, Role::Patient).await;
    let nodes: Vec<&Node> = network.nodes.iter().collect();
    let other = patient.again(&nodes);
    let address = patient.account.address();
    for _ in 0..3 {
        patient.client.open_chart(address).await.unwrap();
        other.client.open_chart(address).await.unwrap();
    }
    assert_eq!(patient.client.charts().await.unwrap().len(), 6);
}

#[tokio::test]
async fn lists_longer_than_a_page_are_read_whole() {
    let network = Network::start().await;
    let patient = network.enrol(&network.hospital, Role::Patient).await;
    for _ in 0..101 {
        patient
            .client
            .open_chart(patient.account.address())
            .await
            .unwrap();
    }
    assert_eq!(patient.client.charts().await.unwrap().len(), 101);
}

#[tokio::test]
async fn flows_can_be_spawned_on_a_runtime_of_many_threads() {
    let network = Network::start().await;
    let patient = network.enrol(&network.hospital, Role::Patient).await;
    let doctor = network.enrol(&network.hospital, Role::Physician).await;
    let (client, address) = (doctor.client.clone(), patient.account.address());
    let added = tokio::spawn(async move {
        let chart = client.open_chart(address).await?.chart;
        let document = document("spawned");
        client
            .add_record(NewRecord {
                chart,
                patient: Some(address),
                kind: Kind::Other,
                protection: Protection::Direct,
                document: &document,
            })
            .await?;
        client.records(chart).await
    });
    assert_eq!(added.await.unwrap().unwrap().len(), 1);
}

#[tokio::test]
async fn a_node_that_names_another_key_is_found_out_before_anything_is_wrapped() {
    let network = Network::start().await;
    let doctor = network.enrol(&network.hospital, Role::Physician).await;
    let patient = network.enrol(&network.hospital, Role::Patient).await;
    let chart = doctor
        .client
        .open_chart(patient.account.address())
        .await
        .unwrap()
        .chart;
    let blobs = network.ledger.lock().unwrap().blobs.len();
    network.nodes[0].set(Fault::LiesAboutPeople);
    let document = document("secret");
    let new = NewRecord {
        chart,
        patient: Some(patient.account.address()),
        kind: Kind::Other,
        protection: Protection::Direct,
        document: &document,
    };
    let error = doctor.client.add_record(new).await.unwrap_err();
    assert!(matches!(error, Error::NodesDisagree));
    assert_eq!(error.kind(), ErrorKind::NotVerified);
    assert_eq!(
        network.ledger.lock().unwrap().blobs.len(),
        blobs,
        "nothing was wrapped or stored"
    );
}

#[tokio::test]
async fn nodes_behind_do_not_tell_a_new_party_that_she_is_none() {
    let network = Network::start().await;
    let nurse = network.enrol(&network.hospital, Role::Nurse).await;
    let doctor = network.enrol(&network.hospital, Role::Physician).await;
    let patient = network.enrol(&network.hospital, Role::Patient).await;
    let chart = doctor
        .client
        .open_chart(patient.account.address())
        .await
        .unwrap()
        .chart;
    let document = document("penicillin");
    let new = NewRecord {
        chart,
        patient: Some(patient.account.address()),
        kind: Kind::Allergy,
        protection: Protection::Sealed,
        document: &document,
    };
    let record = doctor.client.add_record(new).await.unwrap().record;
    let third = Node::start(&network.ledger).await;
    let nodes = [&network.nodes[0], &network.nodes[1], &third];
    let addresses = nodes.map(|node| node.address.as_str());
    let client = Client::new(&addresses, Some(nurse.account.clone())).unwrap();
    for node in &nodes[1..] {
        node.state.behind.store(3, Ordering::Relaxed);
        node.set(Fault::Behind);
    }
    let emergency = Emergency {
        chart,
        records: &[record],
        purpose: Purpose::BreakTheGlass,
        reason: "unconscious",
    };
    let opened = client.break_glass(emergency, &nurse.keys).await.unwrap();
    assert_eq!(*opened.documents[0].bytes, document);
    let caught_up = |node: &&Node| node.state.behind.load(Ordering::Relaxed) == 0;
    assert!(nodes[1..].iter().all(caught_up));
}
