//! Shards are damaged in every way that a disk knows: nothing wrong is given out, and a look at the disk alone finds it.

use super::network::blob;
use crate::coding::{Coding, Outline, Piece, Stripe, restore};
use crate::holder::finish;
use crate::store::Placement;
use crate::wire::ShardName;
use crate::{Limits, Store, StoreError};
use bytes::Bytes;
use std::path::PathBuf;
use tempfile::TempDir;
use theriac_envelope::{CHUNK_BYTES, ContentId, ContentTree};

const MEMBERS: u8 = 4;

/// xorshift64*: a fixed sequence, so that a failure repeats.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// One blob over the disks of four members.
struct Spread {
    outline: Outline,
    coding: Coding,
    bytes: Bytes,
    /// Each piece as it should be, by member and stripe.
    truth: Vec<Vec<Piece>>,
    files: Vec<(PathBuf, Vec<u8>)>,
}

fn spread(stores: &[(TempDir, Store)], bytes: Bytes) -> Spread {
    let id = ContentId::of(&bytes);
    let tree = ContentTree::of(&bytes);
    let outline = Outline::of(id, bytes.len() as u64, tree.leaves().as_flattened()).expect("own");
    let coding = Coding::over(MEMBERS.into()).expect("members");
    let mut truth = vec![Vec::new(); MEMBERS.into()];
    for (stripe, chunk) in (0..).zip(bytes.chunks(CHUNK_BYTES)) {
        let coded = Stripe::of(&id, coding, stripe, chunk);
        for (index, bytes) in (0..).zip(coded.pieces) {
            let table = coded.table.clone();
            truth[usize::from(index)].push(Piece {
                index,
                table,
                bytes,
            });
        }
    }
    let placement = Placement {
        epoch: 0,
        members: vec![1; 32 * usize::from(MEMBERS)].into(),
    };
    let mut files = Vec::new();
    for ((directory, store), (index, pieces)) in stores.iter().zip((0..).zip(&truth)) {
        let shard = ShardName { coding, index };
        let mut upload = store.begin_shard(&id, shard).expect("begins");
        for (stripe, piece) in (0..).zip(pieces) {
            upload.write(stripe, piece).expect("written");
        }
        finish(upload, &outline, &placement).expect("durable");
        let name = id.to_string();
        let path = directory.path().join("shards").join(&name[..2]);
        let path = path.join(&name[2..4]).join(format!("{name}.4.2.{index}"));
        let whole = std::fs::read(&path).expect("there");
        files.push((path, whole));
    }
    Spread {
        outline,
        coding,
        bytes,
        truth,
        files,
    }
}

/// A damaged copy of a file; by chance it may be the same.
fn damage(random: &mut Random, file: &[u8], others: &[&[u8]]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    let length = bytes.len();
    match random.below(7) {
        0 => bytes[random.below(length)] ^= 1 << random.below(8),
        1 => bytes.truncate(random.below(length)),
        2 => bytes = others[random.below(others.len())].to_vec(),
        3 => {
            // Two stretches change places.
            let size = 1 + random.below(length / 3);
            let (one, two) = (random.below(length / 2 - size / 2), length - size);
            for offset in 0..size {
                bytes.swap(one + offset, two + offset);
            }
        }
        4 => {
            let (start, size) = (random.below(length), 1 + random.below(4_096));
            let end = length.min(start + size);
            bytes[start..end].fill(0);
        }
        5 => bytes.extend((0..1 + random.below(100)).map(|_| 0u8)),
        _ => {
            // A stretch of another shard at the same place.
            let other = others[random.below(others.len())];
            let shared = length.min(other.len());
            let start = random.below(shared);
            let end = shared.min(start + 1 + random.below(shared));
            bytes[start..end].copy_from_slice(&other[start..end]);
        }
    }
    bytes
}

/// What a scrub sees of a shard: whether all is as it was written.
fn is_found_intact(store: &Store, id: &ContentId, shard: ShardName, stripes: u32) -> bool {
    matches!(store.examine_shard(id, shard), Ok(Some(_)))
        && (0..stripes).all(|stripe| matches!(store.piece(id, shard, stripe), Ok(Some(_))))
}

fn one_round(random: &mut Random, stores: &[(TempDir, Store)], blobs: &[Spread]) {
    let target = random.below(blobs.len());
    let member = random.below(MEMBERS.into());
    let blob = &blobs[target];
    let id = blob.outline.content().id;
    let (path, whole) = &blob.files[member];
    let others: Vec<&[u8]> = blobs
        .iter()
        .flat_map(|blob| &blob.files)
        .filter(|(other, _)| other != path)
        .map(|(_, bytes)| &bytes[..])
        .collect();
    let damaged = damage(random, whole, &others);
    if damaged == *whole {
        return;
    }
    std::fs::write(path, &damaged).expect("damaged");
    let shard = ShardName {
        coding: blob.coding,
        index: member as u8,
    };
    let store = &stores[member].1;
    let stripes = blob.outline.stripes();
    // As a node would read it that has the end of the file in memory still, then as a scrub does.
    for stripe in 0..stripes {
        let piece = match store.piece(&id, shard, stripe) {
            Ok(piece) => piece,
            Err(StoreError::Damaged) => None,
            Err(error) => panic!("{error}"),
        };
        if let Some(piece) = &piece {
            assert_eq!(*piece, blob.truth[member][stripe as usize]);
        }
        let other = (member + 1 + random.below(3)) % 4;
        let mut pieces = vec![blob.truth[other][stripe as usize].clone()];
        pieces.extend(piece);
        if let Some(chunk) = restore(&blob.outline, (blob.coding, stripe), &pieces) {
            let start = stripe as usize * CHUNK_BYTES;
            assert_eq!(chunk, blob.bytes.slice(start..start + chunk.len()));
        }
    }
    assert!(!is_found_intact(store, &id, shard, stripes), "not found");
    std::fs::write(path, whole).expect("restored");
    let _ = std::fs::remove_dir_all(stores[member].0.path().join("quarantine"));
    std::fs::create_dir(stores[member].0.path().join("quarantine")).expect("created");
    assert!(
        is_found_intact(store, &id, shard, stripes),
        "not whole again"
    );
}

#[test]
fn damaged_shards_never_give_a_wrong_byte_and_are_always_found() {
    let rounds = match std::env::var_os("THERIAC_LONG") {
        Some(_) => 100_000,
        None => 5_000,
    };
    let open = |_| {
        let directory = TempDir::new().expect("a directory");
        let store = Store::open(directory.path(), Limits::default()).expect("opens");
        (directory, store)
    };
    let stores: Vec<_> = (0..MEMBERS).map(open).collect();
    let blobs = [
        spread(&stores, blob(1, 17_001)),
        spread(&stores, blob(2, 17_001)),
        spread(&stores, blob(3, CHUNK_BYTES + 40_000)),
    ];
    let mut random = Random(0x7468_6572_6961_6321);
    for _ in 0..rounds {
        // The large one less often: it costs most of the time.
        let some = if random.below(10) == 0 {
            &blobs[..]
        } else {
            &blobs[..2]
        };
        one_round(&mut random, &stores, some);
    }
}

#[test]
fn pieces_that_a_liar_makes_up_never_give_a_wrong_byte() {
    let rounds = match std::env::var_os("THERIAC_LONG") {
        Some(_) => 100_000,
        None => 5_000,
    };
    let bytes = blob(1, 3_000);
    let id = ContentId::of(&bytes);
    let tree = ContentTree::of(&bytes);
    let outline = Outline::of(id, 3_000, tree.leaves().as_flattened()).expect("own");
    let mut random = Random(99);
    for round in 0..rounds {
        let members = 4 + round % 7;
        let coding = Coding::over(members).expect("members");
        let stripe = Stripe::of(&id, coding, 0, &bytes);
        let mut pieces: Vec<_> = (0..)
            .zip(stripe.pieces)
            .map(|(index, bytes)| Piece {
                index,
                table: stripe.table.clone(),
                bytes,
            })
            .collect();
        // More than f may lie here: then there may be no answer, but never a wrong one.
        for _ in 0..random.below(members) {
            let place = random.below(members);
            let mut wrong = pieces[place].bytes.to_vec();
            let at = random.below(wrong.len());
            wrong[at] ^= 1 + random.below(255) as u8;
            pieces[place].bytes = wrong.into();
            if random.below(2) == 0 {
                pieces[place].index = random.below(members) as u8;
            }
        }
        let count = random.below(members + 1);
        if let Some(chunk) = restore(&outline, (coding, 0), &pieces[..count]) {
            assert_eq!(chunk, bytes);
        }
    }
}
