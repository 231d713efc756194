//! A store over a bucket: whole blobs and shards, opened again, damaged and erased.

use super::server::Server;
use crate::coding::{Coding, Outline, Piece, Stripe};
use crate::holder::finish;
use crate::store::Placement;
use crate::tests::network::blob;
use crate::wire::ShardName;
use crate::{Limits, Store, StoreError, Tombstone};
use bytes::Bytes;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use theriac_envelope::{CHUNK_BYTES, ContentId, ContentTree};

/// Half of it, one shard, is put in two parts.
const LARGE: usize = 18 << 20;

fn open(directory: &Path, server: &Server, prefix: &str) -> Store {
    let bucket = Arc::new(server.bucket(prefix));
    Store::open_with(directory, Limits::default(), bucket).expect("opens")
}

/// The second shard of four, written as a member writes it.
fn put_shard(store: &Store, bytes: &Bytes) -> Result<(ContentId, ShardName), StoreError> {
    let id = ContentId::of(bytes);
    let coding = Coding::over(4).expect("members");
    let shard = ShardName { coding, index: 1 };
    let mut upload = store.begin_shard(&id, shard)?;
    for (stripe, chunk) in (0..).zip(bytes.chunks(CHUNK_BYTES)) {
        let mut coded = Stripe::of(&id, coding, stripe, chunk);
        let piece = Piece {
            index: 1,
            table: coded.table.clone(),
            bytes: coded.pieces.swap_remove(1),
        };
        upload.write(stripe, &piece)?;
    }
    let tree = ContentTree::of(bytes);
    let outline = Outline::of(id, bytes.len() as u64, tree.leaves().as_flattened());
    let placement = Placement {
        epoch: 7,
        members: vec![1; 128].into(),
    };
    finish(upload, &outline.expect("own"), &placement)?;
    Ok((id, shard))
}

fn is_intact(store: &Store, (id, shard): (ContentId, ShardName), length: usize) -> bool {
    let stripes = length.div_ceil(CHUNK_BYTES) as u32;
    matches!(store.examine_shard(&id, shard), Ok(Some(_)))
        && (0..stripes).all(|stripe| matches!(store.piece(&id, shard, stripe), Ok(Some(_))))
}

#[test]
fn a_reopened_store_has_what_was_put_into_its_bucket() {
    let server = Server::start();
    let directory = TempDir::new().expect("a directory");
    let store = open(directory.path(), &server, "node-1");
    let (small, large) = (blob(1, 12_000), blob(2, LARGE));
    let id = ContentId::of(&small);
    store.put(&id, &small).expect("stored");
    store.put(&id, &small).expect("stored already");
    let shard = put_shard(&store, &large).expect("stored");
    assert!(
        server
            .seen()
            .iter()
            .any(|line| line.contains("partNumber=2"))
    );
    let usage = store.usage();
    assert_eq!((usage.blobs, usage.shards), (1, 1));
    assert_eq!(usage.reserved_bytes, 0);
    drop(store);
    let store = open(directory.path(), &server, "node-1");
    assert_eq!(store.usage(), usage);
    assert_eq!(store.list().expect("lists"), [(id, 12_000)]);
    assert_eq!(store.get(&id).expect("reads"), Some(small));
    assert!(is_intact(&store, shard, LARGE));
    let partial = std::fs::read_dir(directory.path().join("partial"));
    assert_eq!(partial.expect("a directory").count(), 0);
}

#[test]
fn what_was_damaged_in_the_bucket_is_found_and_put_aside() {
    let server = Server::start();
    let directory = TempDir::new().expect("a directory");
    let store = open(directory.path(), &server, "node-1");
    let (small, large) = (blob(1, 12_000), blob(2, LARGE));
    let id = ContentId::of(&small);
    store.put(&id, &small).expect("stored");
    let shard = put_shard(&store, &large).expect("stored");
    for file in server.files() {
        let mut bytes = std::fs::read(&file).expect("there");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&file, bytes).expect("written");
    }
    assert!(!store.holds(&id).expect("looks"));
    assert_eq!(store.get(&id).expect("quarantined"), None);
    assert!(
        directory
            .path()
            .join("quarantine")
            .join(id.to_string())
            .exists()
    );
    assert!(!is_intact(&store, shard, LARGE));
    store.put(&id, &small).expect("stored again");
    put_shard(&store, &large).expect("stored again");
    assert!(store.holds(&id).expect("looks") && is_intact(&store, shard, LARGE));
    assert_eq!((store.usage().blobs, store.usage().shards), (1, 1));
}

#[test]
fn an_erasure_leaves_nothing_in_the_bucket_and_a_mark_on_the_node() {
    let server = Server::start();
    let directory = TempDir::new().expect("a directory");
    let store = open(directory.path(), &server, "node-1");
    let (small, large) = (blob(1, 12_000), blob(2, LARGE));
    let id = ContentId::of(&small);
    store.put(&id, &small).expect("stored");
    let (large_id, _) = put_shard(&store, &large).expect("stored");
    assert_eq!(server.files().len(), 2);
    let receipt = Tombstone {
        time: 5,
        signature: [9; 64],
    };
    assert!(store.erase(&id).expect("erased"));
    assert!(store.erase_with(&large_id, Some(receipt)).expect("erased"));
    assert!(!store.erase(&id).expect("erased already"));
    assert_eq!((server.files().len(), server.parts()), (0, 0));
    assert_eq!(store.usage(), crate::Usage::default());
    drop(store);
    let store = open(directory.path(), &server, "node-1");
    assert_eq!(store.tombstone(&large_id).expect("reads"), Some(receipt));
    assert!(matches!(store.put(&id, &small), Err(StoreError::Erased)));
    assert!(matches!(put_shard(&store, &large), Err(StoreError::Erased)));
    assert_eq!(server.files().len(), 0);
}

#[test]
fn two_nodes_in_one_bucket_see_and_erase_their_own_files_only() {
    let server = Server::start();
    let directories = [(); 2].map(|()| TempDir::new().expect("a directory"));
    let first = open(directories[0].path(), &server, "node-1");
    let second = open(directories[1].path(), &server, "node-10");
    let bytes = blob(1, 100);
    let id = ContentId::of(&bytes);
    first.put(&id, &bytes).expect("stored");
    assert!(!second.has(&id).expect("looks"));
    second.put(&id, &bytes).expect("stored");
    assert!(first.erase(&id).expect("erased"));
    assert_eq!(second.get(&id).expect("reads"), Some(bytes));
    assert_eq!(first.list().expect("lists"), []);
}

#[test]
fn a_store_over_a_bucket_works_and_ends_inside_a_runtime() {
    let server = Server::start();
    let directory = TempDir::new().expect("a directory");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let store = open(directory.path(), &server, "node-1");
    let bytes = blob(1, 100);
    let id = ContentId::of(&bytes);
    runtime.block_on(async {
        let (there, put) = (store.clone(), bytes.clone());
        // As the engine's runtime runs work that blocks: a thread for it, which drives a future.
        let handle = tokio::runtime::Handle::current();
        let work = move || handle.block_on(async move { there.put(&id, &put) });
        let stored = tokio::task::spawn_blocking(work).await;
        stored.expect("no panic").expect("stored");
        drop(store);
    });
    let store = open(directory.path(), &server, "node-1");
    assert_eq!(store.get(&id).expect("reads"), Some(bytes));
}
