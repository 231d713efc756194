//! Which pairs of votes prove something.

use super::*;
use commonware_cryptography::Signer as _;

const CHAIN: u64 = 7;

fn signed(seed: u64, kind: Kind, block: u8) -> Signed {
    let statement = Statement {
        epoch: 2,
        view: 9,
        kind,
        block: B256::repeat_byte(block),
    };
    Signed::new(
        &ed25519::PrivateKey::from_seed(seed),
        &namespace(CHAIN),
        statement,
    )
}

fn double() -> Proof {
    let votes = [signed(1, Kind::Notarize, 1), signed(1, Kind::Notarize, 2)];
    Proof::of(CHAIN, &votes[0], &votes[1]).expect("they contradict each other")
}

#[test]
fn honest_pairs_of_votes_prove_nothing_and_the_others_do() {
    let pairs = [
        ((Kind::Notarize, 1), (Kind::Notarize, 1), false),
        ((Kind::Notarize, 1), (Kind::Notarize, 2), true),
        ((Kind::Notarize, 1), (Kind::Nullify, 0), false),
        ((Kind::Notarize, 1), (Kind::Finalize, 1), false),
        ((Kind::Notarize, 1), (Kind::Finalize, 2), false),
        ((Kind::Nullify, 0), (Kind::Nullify, 0), false),
        ((Kind::Nullify, 0), (Kind::Finalize, 1), true),
        ((Kind::Finalize, 1), (Kind::Finalize, 1), false),
        ((Kind::Finalize, 1), (Kind::Finalize, 2), true),
    ];
    for (one, other, contradict) in pairs {
        let (one, other) = (signed(1, one.0, one.1), signed(1, other.0, other.1));
        for (first, second) in [(&one, &other), (&other, &one)] {
            let proof = Proof::of(CHAIN, first, second);
            assert_eq!(proof.is_some(), contradict, "{first:?} {second:?}");
            if let Some(proof) = proof {
                proof.verify(CHAIN).expect("both are signed");
            }
        }
    }
    let (mine, theirs) = (signed(1, Kind::Notarize, 1), signed(2, Kind::Notarize, 2));
    assert_eq!(Proof::of(CHAIN, &mine, &theirs), None);
    let mut later = signed(1, Kind::Notarize, 2);
    later.statement.view += 1;
    assert_eq!(Proof::of(CHAIN, &mine, &later), None);
}

#[test]
fn a_proof_survives_its_file_and_the_file_holds_no_more_than_two_votes() {
    let proof = double();
    let json = proof.to_json();
    let read = Proof::parse(json.as_bytes()).expect("a file that this release wrote");
    assert_eq!(read, proof);
    read.verify(CHAIN).expect("it holds");
    let votes = [signed(3, Kind::Nullify, 0), signed(3, Kind::Finalize, 2)];
    let proof = Proof::of(CHAIN, &votes[0], &votes[1]).expect("they contradict each other");
    assert_eq!(
        Proof::parse(proof.to_json().as_bytes()).expect("read"),
        proof
    );
}

#[test]
fn a_proof_with_any_part_changed_is_refused() {
    let json = double().to_json();
    let validator = hex::encode(double().validator().encode());
    let other = hex::encode(ed25519::PrivateKey::from_seed(2).public_key().encode());
    let edits = [
        ("\"version\": 1", "\"version\": 2"),
        ("double-vote", "vote"),
        ("\"chainId\": 7", "\"chainId\": 8"),
        ("\"epoch\": 2", "\"epoch\": 3"),
        ("\"view\": 9", "\"view\": 10"),
        ("\"vote\": \"notarize\"", "\"vote\": \"nullify\""),
        ("\"vote\": \"notarize\"", "\"vote\": \"finalize\""),
        ("0x0101", "0x0102"),
        ("0x0202", "0x0102"),
        (&validator, &other),
    ];
    for (from, to) in edits {
        assert!(json.contains(from), "{from}");
        let forged = json.replacen(from, to, 1);
        let checked = Proof::parse(forged.as_bytes()).and_then(|proof| proof.verify(CHAIN));
        assert!(checked.is_err(), "{from} as {to}");
    }
    assert!(matches!(
        Proof::parse(&vec![b' '; SIZE_MAX + 1]),
        Err(ProofError::Size(_))
    ));
    assert!(matches!(double().verify(8), Err(ProofError::Chain { .. })));
}
