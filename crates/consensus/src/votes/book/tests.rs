//! The book of one view at a time: kept, shared, forgotten.

use super::*;
use crate::votes::{Statement, namespace};
use alloy_primitives::B256;
use commonware_cryptography::Signer as _;
use commonware_cryptography::ed25519;

fn vote(seed: u64, view: u64, kind: Kind, block: u8) -> Signed {
    let statement = Statement {
        epoch: 0,
        view,
        kind,
        block: B256::repeat_byte(block),
    };
    Signed::new(
        &ed25519::PrivateKey::from_seed(seed),
        &namespace(1),
        statement,
    )
}

#[test]
fn an_undisputed_view_is_not_shared() {
    let mut book = Book::new(1);
    for seed in 0..4 {
        for kind in [Kind::Notarize, Kind::Finalize] {
            let entered = book.enter(vote(seed, 1, kind, 1));
            assert!(entered.to_share.is_empty() && entered.proof.is_none());
        }
    }
}

#[test]
fn a_view_with_two_blocks_is_shared_whole_and_what_comes_later_singly() {
    let mut book = Book::new(1);
    book.enter(vote(0, 1, Kind::Notarize, 1));
    book.enter(vote(1, 1, Kind::Notarize, 1));
    let entered = book.enter(vote(2, 1, Kind::Notarize, 2));
    assert_eq!(entered.to_share.len(), 3);
    assert_eq!(book.enter(vote(3, 1, Kind::Notarize, 1)).to_share.len(), 1);
    assert!(
        book.enter(vote(3, 1, Kind::Notarize, 1))
            .to_share
            .is_empty(),
        "known"
    );
    assert_eq!(book.enter(vote(0, 2, Kind::Nullify, 0)).to_share.len(), 1);
}

#[test]
fn members_that_were_told_different_things_find_it_out_by_what_they_share() {
    let (mut one, mut other) = (Book::new(1), Book::new(1));
    for book in [&mut one, &mut other] {
        book.enter(vote(0, 1, Kind::Notarize, 1));
    }
    one.enter(vote(9, 1, Kind::Notarize, 1));
    let shared = other.enter(vote(9, 1, Kind::Notarize, 2)).to_share;
    let proofs: Vec<_> = shared
        .into_iter()
        .filter_map(|vote| one.enter(vote).proof)
        .collect();
    let [proof] = proofs.as_slice() else {
        panic!("one double vote: {proofs:?}")
    };
    proof.verify(1).expect("portable");
    assert_eq!(*proof.validator(), vote(9, 1, Kind::Notarize, 1).voter);
    assert!(
        one.enter(vote(9, 1, Kind::Notarize, 3)).proof.is_none(),
        "told once a view"
    );
}

#[test]
fn old_views_are_forgotten_and_a_flood_pushes_out_its_own_votes_only() {
    let mut book = Book::new(1);
    let honest = vote(0, 1, Kind::Notarize, 1);
    book.enter(honest.clone());
    let flooder = ed25519::PrivateKey::from_seed(9).public_key();
    for view in 1..=VIEWS_OF_VOTER as u64 + 10 {
        let mut vote = honest.clone();
        vote.voter = flooder.clone();
        vote.statement.view = view;
        book.enter(vote);
    }
    assert_eq!(book.voters[&flooder].len(), VIEWS_OF_VOTER);
    assert!(book.knows(&honest));
    book.advance(0, VIEWS_BEHIND + 2);
    assert_eq!(book.voters.len(), 1);
    assert!(book.knows(&honest), "past its view");
    book.advance(2, 1);
    assert!(book.voters.is_empty());
}
