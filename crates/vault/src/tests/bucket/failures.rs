//! A bucket that refuses, is away, is silent, loses parts or keeps versions: named, in bounded time, and nothing acknowledged.

use super::server::{Manner, Server, key};
use crate::tests::network::blob;
use crate::{
    Bucket, BucketConfig, BucketError, BucketKey, Limits, Objects as _, Store, StoreError,
    Tombstone,
};
use std::error::Error as _;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use theriac_envelope::ContentId;

const PATIENCE: Duration = Duration::from_millis(500);
/// A few steps of three times the patience, and a slow machine.
const BOUND: Duration = Duration::from_secs(30);

fn impatient(server: &Server) -> BucketConfig {
    BucketConfig {
        patience: PATIENCE,
        ..server.config("node-1")
    }
}

fn store(directory: &Path, config: &BucketConfig) -> Store {
    let bucket = Bucket::connect(config, &key()).expect("configured");
    Store::open_with(directory, Limits::default(), Arc::new(bucket)).expect("opens")
}

pub(super) fn told(error: &io::Error) -> BucketError {
    let told = error.get_ref().and_then(|told| told.downcast_ref());
    *told.unwrap_or_else(|| panic!("{error} is not the bucket's"))
}

fn of_store<T>(outcome: Result<T, StoreError>) -> BucketError {
    match outcome {
        Err(StoreError::Disk { source, .. }) => told(&source),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was acknowledged"),
    }
}

fn staged(scratch: &TempDir, length: usize) -> std::path::PathBuf {
    let staged = scratch.path().join("staged");
    std::fs::write(&staged, vec![7; length]).expect("written");
    staged
}

#[test]
fn a_wrong_key_is_a_named_failure_and_nothing_is_acknowledged() {
    let server = Server::start();
    let directory = TempDir::new().expect("a directory");
    let right = store(directory.path(), &server.config("node-1"));
    let bytes = blob(1, 100);
    let id = ContentId::of(&bytes);
    right.put(&id, &bytes).expect("stored");
    let unknown = BucketKey {
        id: "AKIDNOBODY".to_owned(),
        ..key()
    };
    let wrong = BucketKey {
        secret: "another-secret".to_owned().into(),
        ..key()
    };
    for wrong in [unknown, wrong] {
        let bucket = Bucket::connect(&server.config("node-1"), &wrong).expect("configured");
        let scratch = TempDir::new().expect("a directory");
        for length in [10, 9 << 20] {
            let staged = staged(&scratch, length);
            let put = bucket.publish(&staged, "blobs/ab/cd/abcd");
            let error = put.expect_err("refused");
            assert_eq!(told(&error), BucketError::KeyRefused);
            assert!(staged.exists(), "what is not taken stays");
            let text = format!("{error} {error:?} {:?}", error.source());
            for secret in [&wrong.id, wrong.secret.as_str(), "Signature", "<"] {
                assert!(!text.contains(secret), "{text}");
            }
        }
        let name = format!(
            "blobs/{}/{}/{id}",
            &id.to_string()[..2],
            &id.to_string()[2..4]
        );
        let asked = [
            bucket.read(&name, 0, 10).map(drop),
            bucket.length(&name).map(drop),
            bucket.list("blobs").map(drop),
            bucket.remove(&name).map(drop),
        ];
        for answer in asked {
            assert_eq!(told(&answer.expect_err("refused")), BucketError::KeyRefused);
        }
        let config = server.config("node-1");
        let opened = Bucket::open(&config, &wrong, ("me", &scratch.path().join("owner")));
        assert_eq!(
            told(&opened.err().expect("refused")),
            BucketError::KeyRefused
        );
    }
    assert_eq!(server.files().len(), 1);
    assert!(right.holds(&id).expect("untouched"));
}

#[test]
fn a_bucket_that_is_away_is_told_soon_and_works_when_it_is_back() {
    let mut server = Server::start();
    let directory = TempDir::new().expect("a directory");
    let store = store(directory.path(), &impatient(&server));
    let (first, second) = (blob(1, 100), blob(2, 100));
    let ids = [ContentId::of(&first), ContentId::of(&second)];
    store.put(&ids[0], &first).expect("stored");
    server.stop();
    let begun = Instant::now();
    assert_eq!(of_store(store.put(&ids[1], &second)), BucketError::Away);
    assert_eq!(of_store(store.get(&ids[0])), BucketError::Away);
    assert_eq!(of_store(store.list()), BucketError::Away);
    let receipt = Some(Tombstone {
        time: 5,
        signature: [9; 64],
    });
    let erased = store.erase_with(&ids[0], receipt);
    assert_eq!(of_store(erased), BucketError::Away);
    assert_eq!(store.tombstone(&ids[0]).expect("looks"), None);
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    assert_eq!((store.usage().blobs, store.usage().reserved_bytes), (1, 0));
    server.come_back();
    assert!(!store.has(&ids[1]).expect("looks"));
    store.put(&ids[1], &second).expect("stored");
    assert_eq!(store.get(&ids[1]).expect("reads"), Some(second));
    // The erasure was marked before the bucket was asked, and ends now.
    assert!(store.is_erased(&ids[0]).expect("looks"));
    assert!(store.erase_with(&ids[0], receipt).expect("erased"));
    assert_eq!(store.tombstone(&ids[0]).expect("looks"), receipt);
    assert_eq!(server.files().len(), 1);
}

#[test]
fn a_bucket_that_does_not_answer_is_given_up_in_bounded_time() {
    let server = Server::start();
    let directory = TempDir::new().expect("a directory");
    let config = BucketConfig {
        patience: 4 * PATIENCE,
        ..server.config("node-1")
    };
    let store = store(directory.path(), &config);
    server.behave(Manner::Silent);
    let bytes = blob(1, 100);
    let id = ContentId::of(&bytes);
    let begun = Instant::now();
    assert_eq!(of_store(store.put(&id, &bytes)), BucketError::TimedOut);
    let mut upload = store.begin(&id, 100).expect("begins");
    upload.write(0, &bytes).expect("written");
    let asked = server.seen().len();
    // While one waits for the bucket, others see what is held.
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| of_store(upload.finish()));
        while server.seen().len() == asked {
            std::thread::yield_now();
        }
        assert_eq!(store.usage().reserved_bytes, 100);
        assert!(!waiting.is_finished());
        assert_eq!(waiting.join().expect("ends"), BucketError::TimedOut);
    });
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    server.behave(Manner::Honest);
    store.put(&id, &bytes).expect("stored");
}

#[test]
fn a_file_of_which_a_part_was_lost_is_not_acknowledged_and_its_parts_are_removed() {
    let server = Server::start();
    // What is lost is told at once: patience is for the megabytes.
    let bucket = server.bucket("node-1");
    let scratch = TempDir::new().expect("a directory");
    server.behave(Manner::LosesParts);
    let staged = staged(&scratch, 30 << 20);
    let name = "shards/ab/cd/abcd.4.2.0";
    let put = bucket.publish(&staged, name);
    assert_eq!(
        told(&put.expect_err("a part was lost")),
        BucketError::Failed
    );
    assert!(staged.exists());
    assert_eq!((server.files().len(), server.parts()), (0, 0));
    let seen = server.seen();
    let of_third = seen.iter().filter(|line| line.contains("partNumber=3"));
    assert!((1..=3).contains(&of_third.count()), "repeated a few times");
    assert!(seen.iter().any(|line| line.starts_with("DELETE")));
    server.behave(Manner::Honest);
    bucket.publish(&staged, name).expect("published");
    assert_eq!(bucket.length(name).expect("looks"), Some(30 << 20));
    assert_eq!((server.files().len(), server.parts()), (1, 0));
}

#[test]
fn a_bucket_that_keeps_versions_is_not_taken() {
    let server = Server::start();
    server.behave(Manner::Versions);
    let scratch = TempDir::new().expect("a directory");
    let opened = Bucket::open(
        &server.config("node-1"),
        &key(),
        ("me", &scratch.path().join("owner")),
    );
    assert_eq!(
        told(&opened.err().expect("refused")),
        BucketError::KeepsVersions
    );
    for length in [10, 9 << 20] {
        let put = server
            .bucket("node-1")
            .publish(&staged(&scratch, length), "blobs/a");
        assert_eq!(told(&put.expect_err("refused")), BucketError::KeepsVersions);
    }
}

#[test]
fn a_prefix_is_one_nodes_alone() {
    let server = Server::start();
    let scratch = TempDir::new().expect("a directory");
    let open = |prefix, owner| {
        let scratch = scratch.path().join("owner");
        Bucket::open(&server.config(prefix), &key(), (owner, &scratch))
    };
    open("node-1", "first").expect("free");
    open("node-1", "first").expect("its own");
    open("node-2", "second").expect("free");
    for other in ["second", "firs", ""] {
        let refused = open("node-1", other).err().expect("taken");
        assert_eq!(told(&refused), BucketError::AnotherNodes);
    }
    open("node-1", "first").expect("still its own");
}

#[test]
fn a_bucket_that_is_not_there_is_named() {
    let server = Server::start();
    let directory = TempDir::new().expect("a directory");
    let config = BucketConfig {
        bucket: "another-vault".to_owned(),
        ..server.config("node-1")
    };
    let bucket = Bucket::connect(&config, &key()).expect("configured");
    let opened = Store::open_with(directory.path(), Limits::default(), Arc::new(bucket));
    assert_eq!(of_store(opened), BucketError::NotThere);
}

#[test]
fn a_service_that_gives_more_than_the_range_is_not_believed() {
    let server = Server::start();
    let bucket = server.bucket("node-1");
    let scratch = TempDir::new().expect("a directory");
    bucket
        .publish(&staged(&scratch, 1_000), "blobs/a")
        .expect("published");
    server.behave(Manner::GivesMore);
    let read = bucket.read("blobs/a", 10, 100);
    assert_eq!(
        told(&read.expect_err("not the range")),
        BucketError::TooMuch
    );
}
