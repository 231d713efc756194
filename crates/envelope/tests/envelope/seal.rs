//! A quorum of partials opens a seal, one fewer never does; the bytes are pinned.

use crate::pinned::compare;
use crate::seal_committee::{
    CHAIN, EPOCH, Keepers, OPENING, ROOT, context, keepers, name, requester, sealed, secret,
    subsets,
};
use crate::support::SeededRng;
use commonware_codec::Encode;
use commonware_cryptography::bls12381::primitives::{
    ops::threshold,
    variant::{MinSig, PartialSignature},
};
use commonware_parallel::Sequential;
use serde_json::json;
use theriac_envelope::seal::{
    Committee, GroupKey, OpenError, PARTIAL_BYTES, Partial, PartialsMessage, SEALED_BYTES,
    SealError, Sealed, namespace, quorum, seal,
};

/// Committees whose every subset at the border is tried.
const SIZES: [(u32, usize); 5] = [(4, 3), (5, 4), (6, 5), (7, 5), (10, 7)];

#[test]
fn every_quorum_opens_and_the_secret_is_the_one_that_was_sealed() {
    for (n, q) in SIZES {
        let keepers = keepers(n, 1);
        let (seals, messages) = (sealed(&keepers, 1), keepers.messages(1));
        assert_eq!((quorum(n as usize), keepers.committee.needed()), (q, q));
        let quorums = subsets(n as usize, q);
        if n == 10 {
            assert_eq!(quorums.len(), 120);
        }
        for subset in quorums {
            let answers: Vec<_> = subset
                .iter()
                .map(|&place| (place, &messages[place]))
                .collect();
            let opened = keepers.open(&seals, &answers).expect("a quorum opens");
            assert_eq!(opened[0].encode(), secret().encode(), "{n}: {subset:?}");
        }
    }
}

#[test]
fn no_set_of_one_fewer_than_a_quorum_opens_even_with_a_made_up_partial() {
    for (n, q) in SIZES {
        let keepers = keepers(n, 1);
        let (seals, messages) = (sealed(&keepers, 1), keepers.messages(1));
        let sets = subsets(n as usize, q - 1);
        if n == 10 {
            assert_eq!(sets.len(), 210);
        }
        for subset in sets {
            let mut answers: Vec<_> = subset
                .iter()
                .map(|&place| (place, &messages[place]))
                .collect();
            let too_few = OpenError::NotEnough {
                got: q - 1,
                needed: q,
            };
            assert_eq!(keepers.open(&seals, &answers).err(), Some(too_few));
            // The keeper that completes the quorum has no share and repeats another's partial.
            let stranger = (0..n as usize).find(|place| !subset.contains(place));
            let stranger = stranger.expect("a quorum is not all but one");
            let made_up = keepers.message(stranger, &keepers.partials(subset[0], 1));
            answers.push((stranger, &made_up));
            let mut combination = keepers.combination(&seals, &answers);
            assert_eq!(combination.open().err(), Some(too_few), "{n}: {subset:?}");
            assert_eq!(combination.bad().len(), 1);
            assert_eq!(
                combination.bad()[0].keeper,
                name(&keepers.identities[stranger])
            );
        }
    }
}

#[test]
fn an_opening_of_many_seals_gives_each_secret_in_its_place() {
    let keepers = keepers(4, 1);
    let mut seals = sealed(&keepers, 5);
    let other = theriac_envelope::encrypt(b"{}", &mut SeededRng::new(9)).expect("encrypts");
    seals[3].1 = seal(
        &other.secret,
        &keepers.group_key,
        &context(4),
        &mut SeededRng::new(3),
    )
    .expect("seals");
    let messages = keepers.messages(5);
    let answers: Vec<_> = messages.iter().enumerate().collect();
    let opened = keepers.open(&seals, &answers).expect("opens");
    assert_eq!(opened.len(), 5);
    assert_eq!(opened[3].encode(), other.secret.encode());
    assert_eq!(opened[4].encode(), secret().encode());
}

#[test]
fn a_blob_comes_back_from_its_encoding_and_no_other_length_is_read() {
    let (_, blob) = sealed(&keepers(4, 1), 1).remove(0);
    let bytes = blob.encode();
    assert_eq!((bytes.len(), SEALED_BYTES), (266, 266));
    assert_eq!(Sealed::decode(&bytes), Ok(blob));
    for length in 0..bytes.len() {
        assert!(Sealed::decode(&bytes[..length]).is_err(), "{length}");
    }
    assert!(Sealed::decode(&[&bytes[..], &[0]].concat()).is_err());
    assert!(Sealed::decode(&[&[2], &bytes[1..]].concat()).is_err());
}

#[test]
fn a_blob_of_which_one_byte_differs_does_not_open() {
    let keepers = keepers(4, 1);
    let (id, blob) = sealed(&keepers, 1).remove(0);
    let messages = keepers.messages(1);
    let answers: Vec<_> = messages.iter().enumerate().take(3).collect();
    let bytes = blob.encode();
    for position in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[position] ^= 1;
        let Ok(altered) = Sealed::decode(&altered) else {
            continue;
        };
        let failed = keepers.open(&[(id, altered)], &answers).err();
        let expected = Some(OpenError::SealedAltered { index: 0 });
        assert_eq!(failed, expected, "byte {position}");
    }
}

#[test]
fn a_blob_sealed_for_another_network_or_seal_does_not_open() {
    let keepers = keepers(4, 1);
    let messages = keepers.messages(1);
    let answers: Vec<_> = messages.iter().enumerate().collect();
    let mut foreign = context(1);
    foreign.chain_id += 1;
    for context in [foreign, context(2)] {
        let mut rng = SeededRng::new(1);
        let blob = seal(&secret(), &keepers.group_key, &context, &mut rng).expect("seals");
        let failed = keepers.open(&[([1; 32], blob)], &answers).err();
        assert_eq!(failed, Some(OpenError::SealedAltered { index: 0 }));
    }
}

#[test]
fn the_identity_and_malformed_points_are_no_keys_and_no_partials() {
    let mut identity = vec![0; 96];
    identity[0] = 0xc0;
    for bytes in [identity, vec![0; 96], vec![0xff; 96], vec![0x8a; 95]] {
        assert_eq!(
            GroupKey::decode(&bytes),
            Err(SealError::Point("the group key"))
        );
    }
    let mut identity = [0; PARTIAL_BYTES];
    identity[0] = 0xc0;
    for bytes in [identity, [0; PARTIAL_BYTES], [0xff; PARTIAL_BYTES]] {
        assert!(Partial::decode(&bytes).is_err());
    }
}

#[test]
fn a_committee_that_does_not_belong_to_the_group_key_is_refused() {
    let (ours, theirs) = (keepers(4, 1), keepers(4, 2));
    let names = ours.committee.keepers().to_vec();
    let made = |names: Vec<[u8; 32]>, key: &Keepers| {
        Committee::new((CHAIN, EPOCH), names, ours.sharing.clone(), &key.group_key).err()
    };
    assert_eq!(made(names.clone(), &ours), None);
    let refused = |part| Some(SealError::Committee(part));
    assert_eq!(made(names.clone(), &theirs), refused("group key"));
    assert_eq!(made(names[1..].to_vec(), &ours), refused("list of keepers"));
    let mut unordered = names.clone();
    unordered.reverse();
    assert_eq!(made(unordered, &ours), refused("list of keepers"));
}

#[test]
fn a_payload_gives_its_committee_and_a_cut_or_foreign_one_does_not() {
    let (ours, theirs) = (keepers(4, 1), keepers(4, 2));
    let payload = ours.payload(1);
    let read =
        |payload: &[u8], key: &Keepers| Committee::from_payload(CHAIN, payload, &key.group_key);
    let committee = read(&payload, &ours).expect("reads");
    assert_eq!(committee.epoch(), EPOCH);
    assert_eq!(committee.keepers(), ours.committee.keepers());
    assert_eq!(committee.revealed(), &ours.committee.keepers()[..1]);
    let longer = [&payload[..], b"the next players"].concat();
    assert!(read(&longer, &ours).is_ok());
    for length in 0..payload.len() {
        assert_eq!(
            read(&payload[..length], &ours).err(),
            Some(SealError::Committee("payload")),
            "{length}"
        );
    }
    for (position, byte) in [(0, 0), (1, 2)] {
        let mut other = payload.clone();
        other[position] = byte;
        assert_eq!(
            read(&other, &ours).err(),
            Some(SealError::Committee("payload"))
        );
    }
    assert_eq!(
        read(&payload, &theirs).err(),
        Some(SealError::Committee("group key"))
    );
}

#[test]
fn seals_are_pinned() {
    let keepers = keepers(4, 1);
    let (id, blob) = sealed(&keepers, 1).remove(0);
    let answers: Vec<_> = (0..4)
        .map(|place| {
            let partials = keepers.partials(place, 1);
            let message = keepers.message(place, &partials);
            let context = keepers.partials_context(place);
            json!({
                "keeper": hex::encode(name(&keepers.identities[place])),
                "partial": hex::encode(partials[0].encode()),
                "associated_data": hex::encode(context.encode()),
                "message": hex::encode(message.encode()),
            })
        })
        .collect();
    compare(
        "seal.json",
        &json!({
            "generator": "bytes of SHA-256(seed as u64 || counter as u64); shares: seed 1, seal: seed 1, messages: seed 1000 + place",
            "chain_id": CHAIN, "epoch": EPOCH, "opening": OPENING,
            "seals_root": hex::encode(ROOT),
            "namespace": hex::encode(namespace(CHAIN)),
            "group_key": hex::encode(keepers.group_key.encode()),
            "sharing": hex::encode(keepers.sharing.encode()),
            "seal_id": hex::encode(id),
            "secret": hex::encode(&secret().encode()[..]),
            "sealed": hex::encode(blob.encode()),
            "content_id": blob.content_id().to_string(),
            "combined_signature": hex::encode(combined(&keepers)),
            "requester_suite": 2, "requester_seed": hex::encode(requester().expose_seed()),
            "answers": answers,
        }),
    );
}

fn combined(keepers: &Keepers) -> Vec<u8> {
    let namespace = namespace(CHAIN);
    let partials: Vec<PartialSignature<MinSig>> = keepers
        .shares
        .iter()
        .map(|share| threshold::sign_message(share, &namespace, &context(1).seal))
        .collect();
    let signature =
        threshold::recover(&keepers.sharing, &partials[..3], &Sequential).expect("recovers");
    signature.encode().to_vec()
}

#[test]
fn the_pinned_messages_are_read_and_open_the_pinned_blob() {
    let pinned: serde_json::Value =
        serde_json::from_str(include_str!("../vectors/seal.json")).expect("JSON");
    let bytes = |value: &serde_json::Value| {
        hex::decode(value.as_str().expect("a string")).expect("hexadecimal")
    };
    let keepers = keepers(4, 1);
    let blob = Sealed::decode(&bytes(&pinned["sealed"])).expect("decodes");
    let messages: Vec<_> = pinned["answers"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|answer| PartialsMessage::decode(&bytes(&answer["message"])).expect("decodes"))
        .collect();
    let answers: Vec<_> = messages.iter().enumerate().skip(1).collect();
    let opened = keepers.open(&[([1; 32], blob)], &answers).expect("opens");
    assert_eq!(opened[0].encode()[..], bytes(&pinned["secret"])[..]);
}
