//! The store: what is acknowledged is there after a crash, and nothing else is.

use super::network::blob;
use crate::{ContentId, Limits, Store, StoreError, Usage};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use theriac_envelope::CHUNK_BYTES;

const LIMITS: Limits = Limits {
    blob_bytes: 4 << 20,
    total_bytes: 8 << 20,
};

fn open() -> (TempDir, Store) {
    let directory = TempDir::new().expect("a directory");
    let store = Store::open(directory.path(), LIMITS).expect("opens");
    (directory, store)
}

fn file_of(directory: &Path, id: &ContentId) -> PathBuf {
    let name = id.to_string();
    directory
        .join("blobs")
        .join(&name[..2])
        .join(&name[2..4])
        .join(name)
}

fn files_in(directory: PathBuf) -> usize {
    std::fs::read_dir(directory).expect("a directory").count()
}

#[test]
fn what_was_put_is_there_when_the_store_is_opened_again() {
    let (directory, store) = open();
    let mut expected = Vec::new();
    for (mark, length) in [(1, 1), (2, CHUNK_BYTES), (3, CHUNK_BYTES + 1)] {
        let bytes = blob(mark, length);
        let id = ContentId::of(&bytes);
        store.put(&id, &bytes).expect("stored");
        store.put(&id, &bytes).expect("stored already");
        expected.push((id, length as u64));
    }
    expected.sort();
    let usage = Usage {
        blobs: 3,
        shards: 0,
        bytes: 2 * CHUNK_BYTES as u64 + 2,
        reserved_bytes: 0,
    };
    assert_eq!(store.usage(), usage);
    drop(store);
    let store = Store::open(directory.path(), LIMITS).expect("opens");
    assert_eq!(
        (store.usage(), store.list().expect("lists")),
        (usage, expected)
    );
    assert_eq!(files_in(directory.path().join("partial")), 0);
}

#[test]
fn a_crash_between_temporary_file_and_rename_leaves_no_half_blob() {
    let (directory, store) = open();
    let bytes = blob(1, CHUNK_BYTES + 10);
    let id = ContentId::of(&bytes);
    let mut upload = store.begin(&id, bytes.len() as u64).expect("begins");
    upload.write(0, &bytes[..CHUNK_BYTES]).expect("written");
    // A crash runs no destructor.
    std::mem::forget(upload);
    assert_eq!(files_in(directory.path().join("partial")), 1);
    drop(store);
    let store = Store::open(directory.path(), LIMITS).expect("opens");
    assert!(!store.has(&id).expect("looks"));
    assert_eq!(store.usage(), Usage::default());
    assert_eq!(files_in(directory.path().join("partial")), 0);
    store.put(&id, &bytes).expect("stored");
}

#[test]
fn an_upload_that_is_given_up_leaves_neither_file_nor_reservation() {
    let (directory, store) = open();
    let id = ContentId::of(b"never finished");
    let upload = store.begin(&id, 3 << 20).expect("begins");
    assert_eq!(store.usage().reserved_bytes, 3 << 20);
    drop(upload);
    assert_eq!(store.usage(), Usage::default());
    assert_eq!(files_in(directory.path().join("partial")), 0);
}

#[test]
fn bytes_with_another_id_or_length_are_not_stored() {
    let (_directory, store) = open();
    let id = ContentId::of(b"one");
    assert!(matches!(store.put(&id, b"two"), Err(StoreError::Mismatch)));
    let mut short = store.begin(&ContentId::of(b"on"), 3).expect("begins");
    short.write(0, b"on").expect("written");
    assert!(matches!(short.finish(), Err(StoreError::Mismatch)));
    assert_eq!(
        (store.usage(), store.list().expect("lists")),
        (Usage::default(), Vec::new())
    );
}

#[test]
fn a_damaged_file_is_never_given_out_and_can_be_put_again() {
    for cut in [false, true] {
        let (directory, store) = open();
        let bytes = blob(1, 2 * CHUNK_BYTES);
        let id = ContentId::of(&bytes);
        store.put(&id, &bytes).expect("stored");
        assert!(store.chunk(&id, 1).expect("reads").is_some());
        let mut damaged = bytes.to_vec();
        damaged[CHUNK_BYTES + 5] ^= 0x10;
        damaged.truncate(if cut { CHUNK_BYTES + 9 } else { damaged.len() });
        std::fs::write(file_of(directory.path(), &id), &damaged).expect("written");
        assert!(
            store
                .chunk(&id, 0)
                .expect("the first chunk is intact")
                .is_some()
        );
        assert!(matches!(store.chunk(&id, 1), Err(StoreError::Damaged)));
        assert!(store.chunk(&id, 1).expect("quarantined").is_none());
        assert_eq!(
            std::fs::read(directory.path().join("quarantine").join(id.to_string())).expect("kept"),
            damaged
        );
        store.put(&id, &bytes).expect("stored again");
        std::fs::write(file_of(directory.path(), &id), &damaged).expect("written");
        assert!(matches!(store.get(&id), Err(StoreError::Damaged)));
        assert_eq!(store.get(&id).expect("quarantined"), None);
        assert_eq!(store.usage().blobs, 0);
    }
}

#[test]
fn a_put_over_a_damaged_file_does_not_take_it_for_a_copy() {
    let (directory, store) = open();
    let bytes = blob(1, 100);
    let id = ContentId::of(&bytes);
    store.put(&id, &bytes).expect("stored");
    std::fs::write(file_of(directory.path(), &id), b"rubbish").expect("written");
    store.put(&id, &bytes).expect("stored");
    assert_eq!(store.get(&id).expect("reads"), Some(bytes));
}

#[test]
fn an_erased_blob_is_gone_and_does_not_come_back() {
    let (directory, store) = open();
    let bytes = blob(1, 100);
    let id = ContentId::of(&bytes);
    store.put(&id, &bytes).expect("stored");
    let mut late = store.begin(&id, 100).expect("begins");
    late.write(0, &bytes).expect("written");
    assert!(store.erase(&id).expect("erased"));
    assert!(!store.erase(&id).expect("erased already"));
    assert!(matches!(late.finish(), Err(StoreError::Erased)));
    assert!(matches!(store.put(&id, &bytes), Err(StoreError::Erased)));
    assert_eq!(
        (store.get(&id).expect("reads"), store.usage()),
        (None, Usage::default())
    );
    drop(store);
    let store = Store::open(directory.path(), LIMITS).expect("opens");
    assert!(matches!(store.put(&id, &bytes), Err(StoreError::Erased)));
}

#[test]
fn a_store_refuses_what_is_too_large_and_what_does_not_fit() {
    let (_directory, store) = open();
    let too_large = store
        .begin(&ContentId([1; 32]), LIMITS.blob_bytes + 1)
        .err();
    assert!(
        matches!(too_large, Some(StoreError::TooLarge { got, .. }) if got == LIMITS.blob_bytes + 1)
    );
    let first = store.begin(&ContentId([1; 32]), 4 << 20).expect("fits");
    let _second = store.begin(&ContentId([2; 32]), 4 << 20).expect("fits");
    let full = store.begin(&ContentId([3; 32]), 1).err();
    assert!(matches!(full, Some(StoreError::Full { capacity, used }) if capacity == used));
    drop(first);
    store.begin(&ContentId([3; 32]), 1).expect("fits again");
}

#[test]
fn files_that_are_not_the_stores_are_passed_over() {
    let (directory, store) = open();
    let id = ContentId::of(b"one");
    store.put(&id, b"one").expect("stored");
    let beside = file_of(directory.path(), &id).with_file_name("notes.txt");
    std::fs::write(beside, b"not a blob").expect("written");
    assert_eq!(store.list().expect("lists"), [(id, 3)]);
}
