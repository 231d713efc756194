//! Messages: one encoding each, bounded, and nothing else is read.

use super::network::stranger;
use crate::wire::{Answer, Ask, Body, Message};
use crate::{MAX_KEY_BYTES, OpenRequest, Refusal, max_message_size};
use bytes::Bytes;
use commonware_cryptography::bls12381::{
    dkg::feldman_desmedt::deal_anonymous, primitives::sharing::Mode, primitives::variant::MinSig,
};
use commonware_utils::{N3f1, NZU32, TestRng};
use rand_core::Rng as _;
use theriac_envelope::seal::{MAX_SEALS, Partial, PartialsContext, PartialsMessage, SealContext};
use theriac_envelope::{PrivateKey, Suite};

fn ask(seals: usize, key: usize) -> Message {
    let request = OpenRequest {
        opening: 77,
        seals: vec![[3; 32]; seals],
        key: vec![5; key],
    };
    let body = Body::Ask(Ask {
        chain_id: 1,
        epoch: 2,
        request,
    });
    Message { number: 9, body }
}

fn partials(seals: usize) -> Message {
    let mut rng = TestRng::new(1);
    let (_, shares) = deal_anonymous::<MinSig, N3f1>(&mut rng, Mode::NonZeroCounter, NZU32!(4));
    let seal = SealContext {
        chain_id: 1,
        seal: [3; 32],
    };
    let context = PartialsContext {
        chain_id: 1,
        opening: 77,
        epoch: 2,
        keeper: [0; 32],
        seals_root: [0; 32],
    };
    let partial = Partial::sign(&shares[0], &seal);
    let to = PrivateKey::from_seed(Suite::XWing, [1; 32]).public_key();
    let message = PartialsMessage::new(&vec![partial; seals], &to, &context, &stranger(), &mut rng);
    let body = Body::Answer(Answer::Partials(message.expect("encrypts")));
    Message { number: 10, body }
}

fn messages() -> Vec<Message> {
    let refusal = Refusal::SealsDiffer;
    let refused = Message {
        number: 11,
        body: Body::Answer(Answer::Refused {
            refusal,
            running: 4,
        }),
    };
    vec![ask(2, 34), ask(0, 0), partials(1), refused]
}

#[test]
fn every_message_comes_back_from_its_encoding() {
    for message in messages() {
        assert_eq!(Message::decode(message.encode()), Some(message));
    }
}

#[test]
fn a_message_that_is_cut_or_lengthened_is_not_read() {
    for message in messages() {
        let encoded = message.encode();
        for end in 0..encoded.len() {
            assert_eq!(Message::decode(encoded.slice(..end)), None, "{end}");
        }
        let longer = Bytes::from([&encoded[..], &[0]].concat());
        assert_eq!(Message::decode(longer), None);
    }
}

#[test]
fn unknown_versions_kinds_and_refusals_are_not_read() {
    let refused = messages().pop().expect("the last").encode();
    for (position, byte) in [(0, 2), (1, 1), (1, 18), (10, 0), (10, 16)] {
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
fn the_largest_messages_fit_and_larger_ones_are_not_read() {
    let largest = [ask(MAX_SEALS, MAX_KEY_BYTES), partials(MAX_SEALS)];
    let longest = largest.iter().map(|message| message.encode().len()).max();
    assert_eq!(longest, Some(max_message_size() as usize));
    for message in largest {
        assert_eq!(Message::decode(message.encode()), Some(message));
    }
    assert_eq!(Message::decode(ask(MAX_SEALS + 1, 34).encode()), None);
    assert_eq!(Message::decode(ask(1, MAX_KEY_BYTES + 1).encode()), None);
}

#[test]
fn no_bytes_make_the_parser_panic_and_what_it_reads_is_what_was_written() {
    let mut rng = TestRng::new(7);
    let samples: Vec<Bytes> = messages().iter().map(Message::encode).collect();
    for round in 0..20_000 {
        let mut bytes = match round % 2 {
            0 => samples[rng.next_u32() as usize % samples.len()].to_vec(),
            _ => {
                let mut bytes = vec![0; rng.next_u32() as usize % 200];
                rng.fill_bytes(&mut bytes);
                bytes
            }
        };
        for _ in 0..=rng.next_u32() % 4 {
            if !bytes.is_empty() {
                let position = rng.next_u32() as usize % bytes.len();
                bytes[position] = rng.next_u32() as u8;
            }
        }
        if let Some(read) = Message::decode(Bytes::from(bytes.clone())) {
            assert_eq!(&read.encode()[..], &bytes[..]);
        }
    }
}
