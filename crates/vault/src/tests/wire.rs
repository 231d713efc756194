//! Messages: one encoding each, bounded, and nothing else is read.

use super::network::blob;
use crate::coding::Piece;
use crate::wire::{Answer, Ask, Body, Held, Listed, Message, Refusal, ShardName};
use crate::{Coding, max_message_size};
use bytes::Bytes;
use theriac_envelope::{CHUNK_BYTES, ContentId, ContentTree};

fn messages() -> Vec<Message> {
    let bytes = blob(1, CHUNK_BYTES + 3);
    let tree = ContentTree::of(&bytes);
    let id = tree.content().id;
    let path = tree.path(1).expect("a path");
    let chunk = bytes.slice(CHUNK_BYTES..);
    let coding = Coding::over(4).expect("four members");
    let shard = ShardName { coding, index: 3 };
    let held = Held {
        name: shard,
        length: 1 << 30,
        epoch: 7,
    };
    let piece = Piece {
        index: 2,
        table: vec![5; 4 * 32].into(),
        bytes: vec![6; 100].into(),
    };
    let hashes = Bytes::from(vec![9; 96]);
    let bodies = [
        Body::Ask(Ask::Piece {
            id,
            shard,
            stripe: 8,
        }),
        Body::Ask(Ask::Leaves { id, shard, from: 8 }),
        Body::Ask(Ask::Keep {
            id,
            coding,
            stripe: 9,
            piece: piece.clone(),
        }),
        Body::Ask(Ask::Outline {
            id,
            shard,
            from: 3,
            leaves: hashes.clone(),
        }),
        Body::Ask(Ask::Complete {
            id,
            shard,
            length: 77,
            epoch: 2,
            members: hashes.clone(),
        }),
        Body::Ask(Ask::Abandon { id, shard }),
        Body::Ask(Ask::List { after: None }),
        Body::Ask(Ask::List { after: Some(id) }),
        Body::Ask(Ask::Erased { id }),
        Body::Answer(Answer::Shards(vec![held, held])),
        Body::Answer(Answer::Piece(piece)),
        Body::Answer(Answer::Leaves(hashes)),
        Body::Answer(Answer::List(vec![
            Listed { id, is_whole: true },
            Listed {
                id,
                is_whole: false,
            },
        ])),
        Body::Answer(Answer::Erased {
            time: 5,
            signature: [8; 64],
        }),
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
        assert_ne!(Message::decode(longer), Some(message.clone()));
        assert!(
            Message::decode(encoded.clone()).is_some_and(|read| read.encode() == encoded),
            "{message:?}"
        );
    }
}

#[test]
fn unknown_versions_kinds_and_refusals_are_not_read() {
    let refused = Message {
        number: 1,
        body: Body::Answer(Answer::Refused(Refusal::Failed)),
    }
    .encode();
    for (position, byte) in [(0, 1), (0, 3), (1, 11), (1, 27), (10, 8)] {
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
    let coding = Coding::new(255, 1).expect("a code");
    let largest = Message {
        number: 1,
        body: Body::Ask(Ask::Keep {
            id: ContentId([0; 32]),
            coding,
            stripe: 1,
            piece: Piece {
                index: 254,
                table: vec![0; 255 * 32].into(),
                bytes: vec![0; CHUNK_BYTES].into(),
            },
        }),
    };
    let encoded = largest.encode();
    assert!(encoded.len() <= max_message_size() as usize);
    assert_eq!(Message::decode(encoded.clone()), Some(largest));
    let larger = Bytes::from([&encoded[..], &[0]].concat());
    assert_eq!(Message::decode(larger), None);
}

#[test]
fn shards_that_cannot_be_are_not_read() {
    let id = ContentId([1; 32]);
    let coding = Coding::over(4).expect("four members");
    let ask = Message {
        number: 1,
        body: Body::Ask(Ask::Abandon {
            id,
            shard: ShardName { coding, index: 3 },
        }),
    }
    .encode();
    for (position, byte) in [(42, 0), (42, 1), (43, 0), (43, 5), (44, 4)] {
        let mut wrong = ask.to_vec();
        wrong[position] = byte;
        assert_eq!(
            Message::decode(Bytes::from(wrong)),
            None,
            "{position}: {byte}"
        );
    }
}
