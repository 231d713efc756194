//! A record of three versions is erased in a network of real processes, with one member away meanwhile.

mod bucket;
mod cluster;

use alloy_primitives::B256;
use bucket::Bucket;
use cluster::Cluster;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use theriac_contracts::codes::{Kind, Protection, Role};
use theriac_envelope::ContentId;
use theriac_sdk::{Client, Error, account::Account, directory::NewPerson, records::NewRecord};

const PATIENCE: Duration = Duration::from_secs(60);
/// Traces of a version: three of its ciphertext, two of its wrap.
const TRACES: usize = 5;

struct Case {
    patient: Client,
    author: Client,
    record: B256,
    /// Ciphertext and wrap of each version.
    blobs: Vec<B256>,
    /// Stretches of ciphertexts and wraps, 16 bytes each, from every piece.
    traces: Vec<[u8; 16]>,
}

/// A patient, and a document of hers that is large enough to be coded, in three versions.
async fn record(admin: Client, patient: Client) -> Result<Case, Error> {
    let account = patient.address();
    let person = NewPerson {
        account,
        role: Role::Patient,
        expiry: 0,
        name: "a patient",
        licence: None,
    };
    admin.enrol(person).await?;
    patient.publish_key().await?;
    let chart = patient.open_chart(account).await?.chart;
    let text = "potassium 4.1 ".repeat(5_000);
    let document =
        format!(r#"{{"resourceType":"Observation","status":"final","valueString":"{text}"}}"#);
    let new = NewRecord {
        chart,
        patient: Some(account),
        kind: Kind::Laboratory,
        protection: Protection::Direct,
        document: document.as_bytes(),
    };
    let record = admin.add_record(new).await?.record;
    let mut case = Case {
        patient,
        author: admin,
        record,
        blobs: Vec::new(),
        traces: Vec::new(),
    };
    case.note_newest_version().await?;
    for _ in 0..2 {
        let amended = case.author.amend_record(record, document.as_bytes());
        amended.await?;
        case.note_newest_version().await?;
    }
    Ok(case)
}

impl Case {
    async fn note_newest_version(&mut self) -> Result<(), Error> {
        let found = self.author.record(self.record).await?;
        let ciphertext = self.author.get_blob(ContentId(found.contentId.0)).await?;
        let wrap = self.author.get_blob(ContentId(found.wrapId.0)).await?;
        let trace = |bytes: &[u8], at: usize| -> [u8; 16] {
            bytes[at..at + 16].try_into().expect("16 bytes")
        };
        let half = ciphertext.len() / 2;
        self.blobs.extend([found.contentId, found.wrapId]);
        self.traces.extend([
            trace(&ciphertext, 100),
            trace(&ciphertext, half - 100),
            trace(&ciphertext, half + 100),
            trace(&wrap, 100),
            trace(&wrap, wrap.len() - 16),
        ]);
        Ok(())
    }
}

/// Which of the traces any file below the folder holds.
fn on_disk(folder: &Path, traces: &[[u8; 16]]) -> Vec<usize> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(on_disk(&path, traces));
            continue;
        }
        // A file may go while the node runs.
        let bytes = std::fs::read(&path).unwrap_or_default();
        for window in bytes.windows(16) {
            found.extend(traces.iter().position(|trace| trace == window));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Members that signed for each blob; empty where the order is not carried out.
fn signed(erasure: &Value) -> usize {
    let blobs = erasure["blobs"].as_array().map_or(0, Vec::len);
    let receipts = erasure["receipts"].as_array().map_or(0, Vec::len);
    receipts.checked_div(blobs).unwrap_or(0)
}

async fn wait_for_receipts(client: &Client, record: B256, members: usize) -> Value {
    let begun = Instant::now();
    loop {
        let answer = client.erasure(record).await;
        let failed = answer.as_ref().err().map(ToString::to_string);
        let erasure = answer.unwrap_or_default();
        if signed(&erasure) == members {
            return erasure;
        }
        assert!(begun.elapsed() < PATIENCE, "{erasure} {failed:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// A member that was started again gives nothing until it has caught up.
async fn wait_for_blob(client: &Client, id: B256) -> Vec<u8> {
    let begun = Instant::now();
    loop {
        match client.get_blob(ContentId(id.0)).await {
            Ok(blob) => return blob.to_vec(),
            Err(error) => assert!(begun.elapsed() < PATIENCE, "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[test]
fn every_member_erases_one_that_was_away_before_it_serves_again() {
    let mut cluster = Cluster::found();
    cluster.start_all();
    let patient = cluster.client_of(Arc::new(Account::generate()));
    let case = cluster
        .block_on(record(cluster.admin_at(&[0, 1, 2]), patient))
        .expect("a record");
    let id = case.record;
    let held: BTreeSet<_> = (0..4)
        .flat_map(|index| on_disk(&cluster.vault(index), &case.traces))
        .collect();
    for version in 0..3 {
        let of_version = TRACES * version..TRACES * (version + 1);
        let found: Vec<_> = of_version.filter(|trace| held.contains(trace)).collect();
        // Of four members one may be late with its piece.
        assert!(
            found.len() >= 3,
            "pieces and wrap of each version: {found:?}"
        );
    }
    cluster.kill(3);
    cluster.block_on(async {
        case.author.withdraw_record(id).await.expect("withdrawn");
        case.patient.erase_record(id).await.expect("ordered");
    });
    let erasure = cluster.block_on(wait_for_receipts(&case.author, id, 3));
    assert_eq!(erasure["members"], "0x4");
    let named: BTreeSet<B256> =
        serde_json::from_value(erasure["blobs"].clone()).expect("content ids");
    let expected: BTreeSet<B256> = case.blobs.iter().copied().collect();
    assert_eq!(named, expected);
    for index in 0..3 {
        assert_eq!(on_disk(&cluster.folder(index), &case.traces), [0; 0]);
    }
    assert_ne!(on_disk(&cluster.folder(3), &case.traces), [0; 0]);
    cluster.restart(3, false);
    cluster.block_on(wait_for_receipts(&case.author, id, 4));
    assert_eq!(on_disk(&cluster.folder(3), &case.traces), [0; 0]);
    let back = cluster.admin_at(&[3]);
    for blob in &case.blobs {
        let gone = cluster.block_on(back.get_blob(ContentId(blob.0)));
        assert!(
            matches!(gone, Err(Error::Node { code: 410, .. })),
            "{gone:?}"
        );
    }
    let evidence = cluster.block_on(case.author.record_evidence(id));
    cluster.verify(&evidence.expect("the proof that it was there"));
}

#[test]
fn a_member_whose_vault_lies_in_a_bucket_serves_from_it_and_erases_there() {
    let bucket = Bucket::start();
    let mut cluster = Cluster::found();
    bucket.configure(&cluster.folder(0));
    cluster.start_all();
    let patient = cluster.client_of(Arc::new(Account::generate()));
    let case = cluster
        .block_on(record(cluster.admin_at(&[0]), patient))
        .expect("a record");
    let id = case.record;
    assert_ne!(on_disk(&bucket.folder(), &case.traces), [0; 0]);
    assert_eq!(on_disk(&cluster.folder(0), &case.traces), [0; 0]);
    cluster.kill(0);
    cluster.restart(0, false);
    let wrap = cluster.block_on(wait_for_blob(&cluster.admin_at(&[0]), case.blobs[1]));
    assert_eq!(wrap[100..116], case.traces[3]);
    cluster.block_on(async {
        case.author.withdraw_record(id).await.expect("withdrawn");
        case.patient.erase_record(id).await.expect("ordered");
    });
    cluster.block_on(wait_for_receipts(&case.author, id, 4));
    assert_eq!(on_disk(&bucket.folder(), &case.traces), [0; 0]);
}
