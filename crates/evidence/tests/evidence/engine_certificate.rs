//! Our check of certificates against those that real members sign.

use crate::engine::{network::Network, vectors};
use alloy_primitives::{B256, keccak256};
use theriac_evidence::{
    certificate::{
        CertificateFailure, Finalization, GroupKey, GroupKeyBytes, Purpose, base_namespace,
        namespace, verify_seed,
    },
    section::{Seed, Signature},
};

const CHAIN: u64 = 7_411;

#[test]
fn certificates_of_four_and_of_seven_members_are_accepted() {
    for members in [4, 7] {
        let network = Network::new(CHAIN, members, u64::from(members));
        let key = GroupKey::decode(&network.group_key()).expect("the members' own key");
        for (epoch, view, parent_view) in [(0, 1, 0), (3, 127, 126), (300, 1 << 40, 128)] {
            let hash = keccak256([members as u8, epoch as u8]);
            let certified = network.finalize(epoch, (view, parent_view), &hash);
            assert_eq!(certified.certificate.verify(&key, CHAIN, &hash), Ok(()));
            assert_eq!(verify_seed(&certified.seed, &key, CHAIN), Ok(()));
        }
    }
}

#[test]
fn certificate_with_any_field_changed_is_refused() {
    let network = Network::new(CHAIN, 4, 1);
    let key = GroupKey::decode(&network.group_key()).expect("the members' own key");
    let hash = keccak256("block");
    let good = network.finalize(2, (40, 39), &hash).certificate;
    let refused = |certificate: Finalization, chain, hash: &B256| {
        assert_eq!(
            certificate.verify(&key, chain, hash),
            Err(CertificateFailure::NotSigned)
        );
    };
    refused(
        Finalization {
            epoch: 3,
            ..good.clone()
        },
        CHAIN,
        &hash,
    );
    refused(
        Finalization {
            view: 41,
            ..good.clone()
        },
        CHAIN,
        &hash,
    );
    refused(
        Finalization {
            parent_view: 38,
            ..good.clone()
        },
        CHAIN,
        &hash,
    );
    refused(good.clone(), CHAIN + 1, &hash);
    refused(good.clone(), CHAIN, &keccak256("another block"));
    let other = network.finalize(2, (41, 39), &hash).certificate;
    refused(
        Finalization {
            signature: other.signature,
            ..good.clone()
        },
        CHAIN,
        &hash,
    );
    let stranger = Network::new(CHAIN, 4, 2);
    let stranger = GroupKey::decode(&stranger.group_key()).expect("their own key");
    assert_eq!(
        good.verify(&stranger, CHAIN, &hash),
        Err(CertificateFailure::NotSigned)
    );
}

#[test]
fn signature_with_any_bit_changed_is_refused() {
    let network = Network::new(CHAIN, 4, 1);
    let key = GroupKey::decode(&network.group_key()).expect("the members' own key");
    let hash = keccak256("block");
    let good = network.finalize(0, (1, 0), &hash);
    for bit in 0..48 * 8 {
        let mut certificate = good.certificate.clone();
        certificate.signature.0[bit / 8] ^= 1 << (bit % 8);
        assert!(certificate.verify(&key, CHAIN, &hash).is_err(), "bit {bit}");
        let mut seed = good.seed;
        seed.signature.0[bit / 8] ^= 1 << (bit % 8);
        assert!(verify_seed(&seed, &key, CHAIN).is_err(), "bit {bit}");
    }
}

#[test]
fn vote_for_one_purpose_does_not_count_for_another() {
    let network = Network::new(CHAIN, 4, 1);
    let key = GroupKey::decode(&network.group_key()).expect("the members' own key");
    let hash = keccak256("block");
    let notarized = network.notarize(0, (5, 4), &hash);
    let finalized = network.finalize(0, (5, 4), &hash);
    let not_signed = Err(CertificateFailure::NotSigned);
    assert_eq!(notarized.certificate.verify(&key, CHAIN, &hash), not_signed);
    assert_eq!(notarized.seed, finalized.seed);
    let as_seed = Seed {
        signature: finalized.certificate.signature,
        ..finalized.seed
    };
    assert_eq!(verify_seed(&as_seed, &key, CHAIN), not_signed);
    let as_vote = Finalization {
        signature: finalized.seed.signature,
        ..finalized.certificate
    };
    assert_eq!(as_vote.verify(&key, CHAIN, &hash), not_signed);
}

#[test]
fn seed_of_another_round_is_refused() {
    let network = Network::new(CHAIN, 7, 1);
    let key = GroupKey::decode(&network.group_key()).expect("the members' own key");
    let seed = network.finalize(1, (9, 8), &keccak256("block")).seed;
    for other in [Seed { epoch: 2, ..seed }, Seed { view: 10, ..seed }] {
        assert_eq!(
            verify_seed(&other, &key, CHAIN),
            Err(CertificateFailure::NotSigned)
        );
    }
    assert!(verify_seed(&seed, &key, CHAIN + 1).is_err());
}

#[test]
fn points_that_are_identity_outside_the_subgroup_or_not_canonical_are_refused() {
    let network = Network::new(CHAIN, 4, 1);
    let key = GroupKey::decode(&network.group_key()).expect("the members' own key");
    let identity = |length: usize| [vec![0xc0], vec![0; length - 1]].concat();
    let mut malformed = vec![vec![0; 48], vec![0xff; 48], identity(48)];
    // x = 4 is on the curve, y^2 = 68, and outside the subgroup.
    malformed.extend([0x80, 0xa0].map(|flags| [vec![flags], vec![0; 46], vec![4]].concat()));
    for bytes in malformed {
        let signature = Signature::from_slice(&bytes);
        let verdict = key.verify(b"namespace", b"message", &signature);
        assert_eq!(verdict, Err(CertificateFailure::MalformedSignature));
    }
    for bytes in [vec![0; 96], vec![0xff; 96], identity(96)] {
        let bytes = GroupKeyBytes::from_slice(&bytes);
        assert_eq!(
            GroupKey::decode(&bytes).err(),
            Some(CertificateFailure::MalformedKey)
        );
    }
    let good = network.group_key();
    for bit in 0..3 {
        let mut bytes = good;
        bytes.0[0] ^= 0x80 >> bit;
        let other = GroupKey::decode(&bytes);
        assert!(other.is_err() || bit == 2, "flag {bit}");
    }
}

#[test]
fn pinned_certificates_are_those_of_the_engine() {
    let mut cases = Vec::new();
    for members in [4, 7] {
        let network = Network::new(CHAIN, members, u64::from(members));
        for (epoch, view, parent_view) in [(0, 1, 0), (300, 1 << 40, 128)] {
            let hash = keccak256([members as u8, epoch as u8]);
            let certified = network.finalize(epoch, (view, parent_view), &hash);
            let signature = certified.certificate.signature;
            cases.push(serde_json::json!({
                "members": members,
                "chainId": CHAIN,
                "groupKey": network.group_key().to_string(),
                "epoch": epoch,
                "view": view,
                "parentView": parent_view,
                "blockHash": hash.to_string(),
                "finalizeNamespace": format!("0x{}", hex::encode(namespace(CHAIN, Purpose::Finalize))),
                "finalizeMessage": format!("0x{}", hex::encode(certified.certificate.message(&hash))),
                "signature": signature.to_string(),
                "seed": certified.seed.signature.to_string(),
            }));
        }
    }
    assert_eq!(base_namespace(CHAIN).len(), 26);
    let text = serde_json::to_string_pretty(&cases).expect("plain JSON") + "\n";
    vectors::pin("certificates.json", &text);
}
