//! Content ids: one shape for every length, and every chunk provable alone.

use crate::support::{SeededRng, document};
use sha2::{Digest, Sha256};
use theriac_envelope::{CHUNK_BYTES, ChunkPath, ContentHasher, ContentId, ContentTree, PathError};

/// The definition of RFC 6962, section 2.1, written down as it stands there.
fn merkle_tree_hash(chunks: &[&[u8]]) -> Vec<u8> {
    if let [chunk] = chunks {
        return Sha256::digest([&[0], *chunk].concat()).to_vec();
    }
    let mut split = 1;
    while split * 2 < chunks.len() {
        split *= 2;
    }
    let (left, right) = (
        merkle_tree_hash(&chunks[..split]),
        merkle_tree_hash(&chunks[split..]),
    );
    Sha256::digest([vec![1], left, right].concat()).to_vec()
}

fn defined_id(bytes: &[u8]) -> ContentId {
    let chunks: Vec<_> = if bytes.is_empty() {
        vec![bytes]
    } else {
        bytes.chunks(CHUNK_BYTES).collect()
    };
    let length = (bytes.len() as u64).to_be_bytes();
    let parts = [
        &[2],
        b"theriac/content/v1".as_slice(),
        &length,
        &merkle_tree_hash(&chunks),
    ];
    ContentId(Sha256::digest(parts.concat()).into())
}

fn sizes() -> impl Iterator<Item = usize> {
    let around = |count: usize| [count * CHUNK_BYTES, count * CHUNK_BYTES + 1];
    [0, 1, CHUNK_BYTES - 1]
        .into_iter()
        .chain((1..=7).flat_map(around))
}

#[test]
fn an_id_is_what_the_definition_says() {
    for size in sizes() {
        let bytes = document(size);
        assert_eq!(ContentId::of(&bytes), defined_id(&bytes), "{size}");
        assert_eq!(
            ContentTree::of(&bytes).content().id,
            defined_id(&bytes),
            "{size}"
        );
    }
}

#[test]
fn an_id_does_not_depend_on_how_the_bytes_come() {
    let bytes = document(3 * CHUNK_BYTES + 17);
    let mut rng = SeededRng::new(5);
    for _ in 0..5 {
        let mut hasher = ContentHasher::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let (piece, later) = rest.split_at(rest.len().min(rng.below(700_000) as usize));
            hasher.update(piece);
            rest = later;
        }
        let content = hasher.finish();
        assert_eq!(
            (content.id, content.length),
            (ContentId::of(&bytes), bytes.len() as u64)
        );
    }
}

#[test]
fn a_chunk_is_never_taken_for_a_node_nor_a_blob_for_its_tree() {
    let bytes = document(2 * CHUNK_BYTES);
    let leaves: Vec<u8> = bytes
        .chunks(CHUNK_BYTES)
        .flat_map(|chunk| Sha256::digest([&[0], chunk].concat()))
        .collect();
    assert_ne!(ContentId::of(&leaves), ContentId::of(&bytes));
    assert_ne!(
        ContentId::of(&[1u8].iter().chain(&leaves).copied().collect::<Vec<_>>()),
        ContentId::of(&bytes)
    );
    assert_ne!(ContentId::of(&[]), ContentId::of(&[0]));
}

#[test]
fn every_chunk_is_proven_by_its_path_and_by_no_other() {
    for size in sizes() {
        let bytes = document(size);
        let tree = ContentTree::of(&bytes);
        let id = tree.content().id;
        let count = size.div_ceil(CHUNK_BYTES).max(1) as u32;
        let chunk = |index: u32| {
            &bytes[index as usize * CHUNK_BYTES..size.min((index as usize + 1) * CHUNK_BYTES)]
        };
        for index in 0..count {
            let path = tree.path(index).expect("a path");
            assert_eq!(path.verify(&id, chunk(index)), Ok(()), "{size}: {index}");
            assert_eq!(ChunkPath::decode(&path.encode()), Ok(path.clone()));
            let mut altered = chunk(index).to_vec();
            let Some(byte) = altered.first_mut() else {
                continue;
            };
            *byte ^= 1;
            assert_eq!(
                path.verify(&id, &altered),
                Err(PathError::Mismatch { index })
            );
        }
        assert_eq!(tree.path(count), None);
    }
}

/// Offsets in the encoding of a path.
const INDEX: usize = 1;
const LENGTH: usize = 5;
const COUNT: usize = 13;

#[test]
fn a_path_with_another_index_length_or_height_is_refused() {
    let bytes = document(5 * CHUNK_BYTES);
    let tree = ContentTree::of(&bytes);
    let id = tree.content().id;
    let chunk = &bytes[CHUNK_BYTES..2 * CHUNK_BYTES];
    let good = tree.path(1).expect("a path").encode();
    let verdict = |encoded: &[u8]| {
        ChunkPath::decode(encoded)
            .expect("decodes")
            .verify(&id, chunk)
    };
    let with = |offset: usize, value: &[u8]| {
        let mut encoded = good.clone();
        encoded[offset..offset + value.len()].copy_from_slice(value);
        encoded
    };
    assert_eq!(verdict(&good), Ok(()));
    assert_eq!(
        verdict(&with(INDEX, &0u32.to_be_bytes())),
        Err(PathError::Mismatch { index: 0 })
    );
    assert_eq!(
        verdict(&with(INDEX, &4u32.to_be_bytes())),
        Err(PathError::PathLength { index: 4 })
    );
    assert_eq!(
        verdict(&with(INDEX, &5u32.to_be_bytes())),
        Err(PathError::NoSuchChunk {
            index: 5,
            chunks: 5
        })
    );
    let longer = (5 * CHUNK_BYTES as u64 + 1).to_be_bytes();
    assert_eq!(
        verdict(&with(LENGTH, &longer)),
        Err(PathError::Mismatch { index: 1 })
    );
    let shorter = (CHUNK_BYTES as u64 + 9).to_be_bytes();
    let expected = PathError::ChunkLength {
        index: 1,
        expected: 9,
        got: CHUNK_BYTES,
    };
    assert_eq!(verdict(&with(LENGTH, &shorter)), Err(expected));
    let mut low = with(COUNT, &[2]);
    low.truncate(good.len() - 32);
    assert_eq!(verdict(&low), Err(PathError::PathLength { index: 1 }));
    let high = [with(COUNT, &[4]), vec![0; 32]].concat();
    assert_eq!(verdict(&high), Err(PathError::PathLength { index: 1 }));
}

#[test]
fn a_path_decodes_only_within_its_bounds() {
    let good = ContentTree::of(&document(CHUNK_BYTES + 1))
        .path(0)
        .expect("a path")
        .encode();
    (0..good.len()).for_each(|end| assert!(ChunkPath::decode(&good[..end]).is_err()));
    assert!(ChunkPath::decode(&[good.as_slice(), &[0]].concat()).is_err());
    let mut too_many = good.clone();
    too_many[COUNT] = 17;
    too_many.extend([0; 16 * 32]);
    assert!(ChunkPath::decode(&too_many).is_err());
    let mut too_long = good;
    too_long[LENGTH..COUNT].copy_from_slice(&((64u64 << 30) + 1).to_be_bytes());
    assert!(ChunkPath::decode(&too_long).is_err());
}
