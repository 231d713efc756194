//! What was asked a moment ago is not asked again, and what is old is.

use super::*;
use alloy_primitives::B256;
use theriac_sdk::packs::{Closing, Exit, Flag};

const KEY: Address = Address::repeat_byte(3);
const GTIN: u64 = 4_012_345_123_456;

/// What is asked of a pack that a key holds.
fn asked(nullifier: u8, newer: u64) -> Questions {
    let mut questions = Questions::default();
    questions.products.insert(GTIN);
    questions.keys.insert(KEY);
    questions.exits.insert(B256::repeat_byte(nullifier));
    questions.newer = Some(newer);
    questions
}

/// What the ledger has of it while the key is open.
fn told(nullifier: u8) -> Told {
    let mut told = Told::default();
    told.products.insert(GTIN, Product::default());
    let nullifier = B256::repeat_byte(nullifier);
    told.exits.insert(nullifier, Exit::default());
    told
}

#[test]
fn a_product_and_an_open_key_are_asked_once_a_second_and_an_exit_each_time() {
    let (mut recent, now) = (Recent::default(), Instant::now());
    let (_, open) = recent.split([asked(9, 0)].iter(), now);
    assert_eq!(open.count(), 4);
    recent.keep(&open, &told(9), now);
    let (known, open) = recent.split([asked(9, 0)].iter(), now);
    assert_eq!((open.exits.len(), open.count()), (1, 1));
    assert!(known.products.contains_key(&GTIN));
    let (_, open) = recent.split([asked(9, 0)].iter(), now + FRESH);
    assert_eq!(open.count(), 4);
}

#[test]
fn new_flags_are_asked_five_times_a_second_and_at_once_by_a_book_that_lacks_older_ones() {
    let (mut recent, now) = (Recent::default(), Instant::now());
    let mut flagged = told(9);
    flagged.newer.push(Flag::default());
    recent.keep(&asked(9, 5), &flagged, now);
    let (known, open) = recent.split([asked(9, 6)].iter(), now);
    assert_eq!((known.newer.len(), open.newer), (1, None));
    let (_, open) = recent.split([asked(9, 4)].iter(), now);
    assert_eq!(open.newer, Some(4));
    let (_, open) = recent.split([asked(9, 6)].iter(), now + FLAGS_FRESH);
    assert_eq!(open.newer, Some(6));
}

#[test]
fn a_key_that_was_closed_is_not_taken_for_open() {
    let (mut recent, now) = (Recent::default(), Instant::now());
    let questions = asked(9, 0);
    recent.keep(&questions, &told(9), now);
    let mut closed = told(9);
    closed.closings.insert(KEY, Closing::default());
    recent.keep(&questions, &closed, now);
    let (_, open) = recent.split([questions].iter(), now);
    assert!(open.keys.contains(&KEY));
}

#[test]
fn many_requests_ask_from_the_oldest_book_on_and_each_has_its_own_answer() {
    let all = [asked(8, 7), asked(9, 5), asked(9, 6)];
    let (mut known, open) = Recent::default().split(all.iter(), Instant::now());
    assert_eq!((open.newer, open.count()), (Some(5), 5));
    let mut both = told(8);
    both.add(told(9));
    both.newer.push(Flag::default());
    known.add(both);
    let answer = known.only(&all[0]);
    let nullifiers: Vec<_> = answer.exits.into_keys().collect();
    assert_eq!(nullifiers, [B256::repeat_byte(8)]);
    assert_eq!((answer.products.len(), answer.newer.len()), (1, 1));
}
