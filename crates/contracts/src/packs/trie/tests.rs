//! Tests of the trie against a plain one, and of what a root cannot say twice.

use std::collections::BTreeMap;

use super::*;
use crate::testing::Dice;

fn unit(number: u64) -> B256 {
    keccak256(number.to_be_bytes())
}

fn units(count: u64) -> Vec<B256> {
    (0..count).map(unit).collect()
}

/// The root by the definition, with no regard to cost.
fn plain_root(units: &BTreeMap<B256, B256>, prefix: &mut Vec<bool>) -> B256 {
    let below = |unit: &B256| {
        prefix
            .iter()
            .enumerate()
            .all(|(at, side)| bit(unit, at) == *side)
    };
    let found: Vec<_> = units.iter().filter(|(unit, _)| below(unit)).collect();
    match found.as_slice() {
        [] => B256::ZERO,
        [(unit, value)] => leaf_hash(**unit, **value),
        _ => {
            let mut side = |bit| {
                prefix.push(bit);
                let hash = plain_root(units, prefix);
                prefix.pop();
                hash
            };
            let (left, right) = (side(false), side(true));
            inner_hash(left, right)
        }
    }
}

#[test]
fn a_trie_has_the_root_of_its_definition_and_proves_what_is_in_it() {
    let mut dice = Dice::new(5);
    for count in [0, 1, 2, 3, 17, 120] {
        let leaves: BTreeMap<B256, B256> = (0..count)
            .map(|number| (unit(number), unit(dice.roll(50))))
            .collect();
        let trie = Trie::mapping(leaves.clone().into_iter().rev().collect()).unwrap();
        assert_eq!(trie.root(), plain_root(&leaves, &mut Vec::new()));
        for (unit, value) in &leaves {
            let (found, siblings) = trie.inclusion(*unit).unwrap();
            assert_eq!(found, *value);
            assert_eq!(root_of(*unit, found, &siblings), Ok(trie.root()));
            assert_eq!(trie.absence(*unit), None);
        }
        for number in 1_000..1_100 {
            let absent = unit(number);
            assert_eq!(trie.inclusion(absent), None);
            let absence = trie.absence(absent).unwrap();
            assert_eq!(absence.root(absent), Ok(trie.root()));
        }
    }
}

#[test]
fn a_proof_is_of_its_unit_its_value_and_its_place_alone() {
    let trie = Trie::of(&units(40)).unwrap();
    let (value, siblings) = trie.inclusion(unit(7)).unwrap();
    let root = Ok(trie.root());
    assert_ne!(root_of(unit(8), value, &siblings), root);
    assert_ne!(root_of(unit(7), unit(1), &siblings), root);
    for index in 0..siblings.len() {
        let mut other = siblings.clone();
        other[index][0] ^= 1;
        assert_ne!(root_of(unit(7), value, &other), root);
        let mut fewer = siblings.clone();
        fewer.remove(index);
        assert_ne!(root_of(unit(7), value, &fewer), root);
    }
    let mut more = siblings.clone();
    more.insert(0, B256::ZERO);
    assert_ne!(root_of(unit(7), value, &more), root);
}

#[test]
fn absence_of_a_unit_that_is_there_cannot_be_shown() {
    let trie = Trie::of(&units(40)).unwrap();
    let there = unit(7);
    let (value, siblings) = trie.inclusion(there).unwrap();
    let itself = Absence {
        other: Some((there, value)),
        siblings: siblings.clone(),
    };
    assert_eq!(itself.root(there), Err(TrieError::Misplaced));
    for number in (0..40).filter(|number| *number != 7) {
        let (value, siblings) = trie.inclusion(unit(number)).unwrap();
        let absence = Absence {
            other: Some((unit(number), value)),
            siblings,
        };
        assert_ne!(absence.root(there), Ok(trie.root()), "{number}");
    }
    let nothing = Absence {
        other: None,
        siblings,
    };
    assert_ne!(nothing.root(there), Ok(trie.root()));
}

#[test]
fn units_that_share_64_bits_stand_in_no_trie_and_those_that_share_63_do() {
    let mut next = B256::ZERO;
    next[8] = 0x80;
    assert_eq!(
        Trie::of(&[B256::ZERO, next]).err(),
        Some(TrieError::TooDeep)
    );
    let mut other = B256::ZERO;
    other[7] = 1;
    let trie = Trie::of(&[B256::ZERO, other]).unwrap();
    let (value, siblings) = trie.inclusion(other).unwrap();
    assert_eq!(siblings.len(), DEPTH_LIMIT);
    assert_eq!(root_of(other, value, &siblings), Ok(trie.root()));
    let longer = [siblings, vec![B256::ZERO]].concat();
    assert_eq!(root_of(other, value, &longer), Err(TrieError::TooDeep));
    let absence = Absence {
        other: None,
        siblings: longer,
    };
    assert_eq!(absence.root(other), Err(TrieError::TooDeep));
}

#[test]
fn a_unit_stands_once_and_a_trie_holds_a_million() {
    let twice = [unit(1), unit(2), unit(1)];
    assert_eq!(Trie::of(&twice).err(), Some(TrieError::UnitTwice(unit(1))));
    let too_many = vec![B256::ZERO; UNIT_LIMIT + 1];
    assert_eq!(
        Trie::of(&too_many).err(),
        Some(TrieError::TooManyUnits(UNIT_LIMIT + 1))
    );
}

#[test]
fn a_million_units_make_a_trie_with_short_proofs() {
    let all = units(UNIT_LIMIT as u64);
    let trie = Trie::of(&all).unwrap();
    for number in (0..UNIT_LIMIT as u64).step_by(99_991) {
        let (value, siblings) = trie.inclusion(unit(number)).unwrap();
        assert!((15..=DEPTH_LIMIT).contains(&siblings.len()));
        assert_eq!(root_of(unit(number), value, &siblings), Ok(trie.root()));
    }
}
