//! Tests of custody: what leads to a key, and that a pack has one.

use super::*;
use crate::{
    packs::Trie,
    testing::{OneTime, tags},
};

const SALT: B256 = B256::repeat_byte(7);

/// A lot of ten packs, and a first step by their tags.
fn one_step() -> (B256, CustodyProof, B256) {
    let tags = tags(10);
    let next = OneTime(2).address();
    let hand_over = to_all(&tags, next);
    let step = step(
        OneTime(1).address(),
        next,
        hand_over.inclusion(tags[3]).unwrap().1,
    );
    let lot = Trie::of(&tags).unwrap();
    let proof = CustodyProof {
        lot: lot.root(),
        membership: lot.inclusion(tags[3]).unwrap().1,
        steps: vec![step],
    };
    (tags[3], proof, hand_over_commitment(SALT, hand_over.root()))
}

fn to_all(units: &[B256], next: Address) -> Trie {
    let units = units.iter().map(|unit| (*unit, next.into_word()));
    Trie::mapping(units.collect()).unwrap()
}

fn step(key: Address, next: Address, outer: Vec<B256>) -> CustodyStep {
    CustodyStep {
        key,
        salt: SALT,
        inner: Vec::new(),
        next,
        outer,
    }
}

#[test]
fn a_proof_leads_to_the_next_key_and_without_steps_to_the_first() {
    let (tag, mut proof, commitment) = one_step();
    let first = OneTime(1).address();
    assert_eq!(
        holder(tag, &proof, first, &[commitment]),
        Ok(OneTime(2).address())
    );
    proof.steps.clear();
    assert_eq!(holder(tag, &proof, first, &[]), Ok(first));
}

#[test]
fn holder_refuses_in_the_documented_order() {
    let (tag, good, commitment) = one_step();
    let first = OneTime(1).address();
    let refuses = |change: &dyn Fn(&mut CustodyProof), commitments: &[B256], error| {
        let mut proof = good.clone();
        change(&mut proof);
        assert_eq!(holder(tag, &proof, first, commitments), Err(error));
    };
    let many = |proof: &mut CustodyProof| proof.steps = vec![proof.steps[0].clone(); 17];
    refuses(&many, &[], CustodyError::TooManySteps(17));
    let count = CustodyError::CommitmentCount {
        got: 0,
        expected: 1,
    };
    refuses(&|_| {}, &[], count);
    let one = &[commitment];
    refuses(&|proof| proof.lot = SALT, one, CustodyError::NotInTheLot);
    refuses(
        &|proof| proof.membership.push(SALT),
        one,
        CustodyError::NotInTheLot,
    );
    refuses(
        &|proof| proof.steps[0].key = Address::ZERO,
        one,
        CustodyError::OtherKey(0),
    );
    let nested = |proof: &mut CustodyProof| proof.steps[0].inner = vec![Vec::new(); 5];
    refuses(&nested, one, CustodyError::NestedTooDeep(0));
    let beside = |proof: &mut CustodyProof| proof.steps[0].inner = vec![Vec::new()];
    refuses(&beside, one, CustodyError::ContainerNotAlone(0));
    refuses(
        &|proof| proof.steps[0].next = Address::ZERO,
        one,
        CustodyError::NextMissing(0),
    );
    let deep = |proof: &mut CustodyProof| proof.steps[0].outer = vec![SALT; 65];
    refuses(&deep, one, CustodyError::TooDeep(0));
    let other = CustodyError::OtherCommitment(0);
    refuses(&|proof| proof.steps[0].salt = tag, one, other);
    refuses(&|proof| proof.steps[0].next = first, one, other);
    refuses(&|_| {}, &[B256::ZERO], other);
    refuses(&|_| {}, &[SALT], other);
}

/// Two containers that hold the same pack, handed to two receivers with one key.
#[test]
fn a_container_beside_other_units_hands_over_nothing() {
    let (tag, proof, _) = one_step();
    let all = tags(10);
    let (mine, other) = (Trie::of(&all[..5]).unwrap(), Trie::of(&all[3..]).unwrap());
    let units = [
        (mine.root(), OneTime(2).address().into_word()),
        (other.root(), OneTime(3).address().into_word()),
    ];
    let both = Trie::mapping(units.to_vec()).unwrap();
    let commitment = hand_over_commitment(SALT, both.root());
    for (container, next) in [(&mine, OneTime(2)), (&other, OneTime(3))] {
        let mut proof = proof.clone();
        proof.steps[0] = CustodyStep {
            inner: vec![container.inclusion(tag).unwrap().1],
            next: next.address(),
            outer: both.inclusion(container.root()).unwrap().1,
            ..proof.steps[0].clone()
        };
        let found = holder(tag, &proof, OneTime(1).address(), &[commitment]);
        assert_eq!(found, Err(CustodyError::ContainerNotAlone(0)));
    }
}

/// A container and the pack itself cannot both be proven: a hand-over of one container is one leaf.
#[test]
fn a_container_that_is_handed_over_alone_takes_its_packs_along_at_any_of_four_depths() {
    let (tag, mut proof, _) = one_step();
    let mut container = Trie::of(&tags(10)[..5]).unwrap();
    let mut inner = vec![container.inclusion(tag).unwrap().1];
    for depth in 1..=4 {
        let next = OneTime(2).address();
        let alone = to_all(&[container.root()], next);
        proof.steps[0] = CustodyStep {
            inner: inner.clone(),
            ..step(OneTime(1).address(), next, Vec::new())
        };
        let commitment = [hand_over_commitment(SALT, alone.root())];
        let found = holder(tag, &proof, OneTime(1).address(), &commitment);
        assert_eq!(found, Ok(next), "{depth} deep");
        let by_tag = CustodyProof {
            steps: vec![step(OneTime(1).address(), next, Vec::new())],
            ..proof.clone()
        };
        let found = holder(tag, &by_tag, OneTime(1).address(), &commitment);
        assert_eq!(found, Err(CustodyError::OtherCommitment(0)));
        let outer = Trie::of(&[container.root(), SALT]).unwrap();
        inner.push(outer.inclusion(container.root()).unwrap().1);
        container = outer;
    }
}

#[test]
fn hashes_of_a_proof_are_counted_and_longer_lists_are_not() {
    let (_, mut proof, _) = one_step();
    let siblings = proof.membership.len() + proof.steps[0].outer.len();
    assert_eq!(hashes(&proof), Some(siblings as u64 + 3));
    proof.steps[0].inner = vec![vec![SALT; 2]; 2];
    assert_eq!(hashes(&proof), Some(siblings as u64 + 9));
    proof.steps[0].inner = vec![vec![SALT; 65]];
    assert_eq!(hashes(&proof), None);
    proof.steps[0].inner = vec![Vec::new(); 5];
    assert_eq!(hashes(&proof), None);
}
