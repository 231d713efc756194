//! Messages: one encoding each, bounded, and nothing else is read.

use super::network::blob;
use crate::max_message_size;
use crate::wire::{Answer, Ask, Body, Message, Refusal};
use bytes::Bytes;
use theriac_envelope::{CHUNK_BYTES, ChunkPath, ContentId, ContentTree};

fn messages() -> Vec<Message> {
    let bytes = blob(1, CHUNK_BYTES + 3);
    let tree = ContentTree::of(&bytes);
    let id = tree.content().id;
    let path = tree.path(1).expect("a path");
    let chunk = bytes.slice(CHUNK_BYTES..);
    let bodies = [
        Body::Ask(Ask::Has { id }),
        Body::Ask(Ask::Chunk { id, index: 7 }),
        Body::Ask(Ask::Put {
            id,
            path: path.clone(),
            chunk: chunk.clone(),
        }),
        Body::Answer(Answer::Present),
        Body::Answer(Answer::Absent),
        Body::Answer(Answer::Chunk { path, chunk }),
        Body::Answer(Answer::Taken),
        Body::Answer(Answer::Durable),
        Body::Answer(Answer::Refused(Refusal::Busy)),
        Body::Answer(Answer::Refused(Refusal::Failed)),
    ];
    bodies
        .into_iter()
        .zip(1..)
        .map(|(body, number)| Message { number, body })
        .collect()
}

#[test]
fn every_message_comes_back_from_its_encoding() {
    for message in messages() {
        assert_eq!(Message::decode(message.encode()), Some(message));
    }
}

#[test]
fn a_message_that_is_cut_or_lengthened_is_not_read_as_the_same() {
    for message in messages() {
        let encoded = message.encode();
        for end in 0..encoded.len() {
            assert_ne!(
                Message::decode(encoded.slice(..end)),
                Some(message.clone()),
                "{message:?}"
            );
        }
        let longer = Bytes::from([&encoded[..], &[0]].concat());
        assert_ne!(Message::decode(longer), Some(message));
    }
}

#[test]
fn unknown_versions_kinds_and_refusals_are_not_read() {
    let refused = Message {
        number: 1,
        body: Body::Answer(Answer::Refused(Refusal::Failed)),
    }
    .encode();
    for (position, byte) in [(0, 2), (1, 3), (1, 22), (10, 8)] {
        let mut wrong = refused.to_vec();
        wrong[position] = byte;
        assert_eq!(
            Message::decode(Bytes::from(wrong)),
            None,
            "{position}: {byte}"
        );
    }
}

#[test]
fn the_largest_message_fits_and_a_larger_one_is_not_read() {
    let mut path = vec![1, 0, 0, 0, 0];
    path.extend((64u64 << 30).to_be_bytes());
    path.push(16);
    path.extend([0; 16 * 32]);
    let path = ChunkPath::decode(&path).expect("the longest path");
    let chunk = Bytes::from(vec![0; CHUNK_BYTES]);
    let largest = Message {
        number: 1,
        body: Body::Ask(Ask::Put {
            id: ContentId([0; 32]),
            path,
            chunk,
        }),
    };
    let encoded = largest.encode();
    assert_eq!(encoded.len(), max_message_size() as usize);
    assert_eq!(Message::decode(encoded.clone()), Some(largest));
    let larger = Bytes::from([&encoded[..], &[0]].concat());
    assert_eq!(Message::decode(larger), None);
}
