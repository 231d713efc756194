//! Any k of n pieces restore a chunk, and nothing else passes for one.

use super::network::blob;
use crate::coding::{Coding, Outline, Piece, Stripe, restore};
use bytes::Bytes;
use theriac_envelope::{CHUNK_BYTES, ContentId, ContentTree};

/// The outline of a blob of one chunk, and its pieces.
fn coded(bytes: &Bytes, members: usize) -> (Outline, Coding, Vec<Piece>) {
    let id = ContentId::of(bytes);
    let tree = ContentTree::of(bytes);
    let outline = Outline::of(id, bytes.len() as u64, tree.leaves().as_flattened());
    let coding = Coding::over(members).expect("members");
    let stripe = Stripe::of(&id, coding, 0, bytes);
    let piece = |(index, bytes)| Piece {
        index,
        table: stripe.table.clone(),
        bytes,
    };
    let pieces = (0..).zip(stripe.pieces.clone()).map(piece).collect();
    (outline.expect("the blob's own"), coding, pieces)
}

fn choices(from: usize, count: usize) -> Vec<Vec<usize>> {
    let all = (0..1u32 << from).filter(|mask| mask.count_ones() as usize == count);
    let places = |mask: u32| (0..from).filter(move |place| mask >> place & 1 == 1);
    all.map(|mask| places(mask).collect()).collect()
}

#[test]
fn n_minus_2f_of_n_restore() {
    let expected = [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 2),
        (5, 3),
        (6, 4),
        (7, 3),
        (10, 4),
        (255, 87),
    ];
    for (members, needed) in expected {
        let coding = Coding::over(members).expect("members");
        assert_eq!(usize::from(coding.needed()), needed, "{members}");
    }
    assert_eq!((Coding::over(0), Coding::over(256)), (None, None));
}

#[test]
fn any_k_of_up_to_ten_pieces_restore_the_exact_bytes() {
    for members in 1..=10 {
        for length in [1, 2, 97, 20_001] {
            let bytes = blob(7, length);
            let (outline, coding, pieces) = coded(&bytes, members);
            for choice in choices(members, coding.needed().into()) {
                let some: Vec<_> = choice.iter().map(|place| pieces[*place].clone()).collect();
                let restored = restore(&outline, (coding, 0), &some);
                assert_eq!(restored.as_ref(), Some(&bytes), "{members} {choice:?}");
            }
            let few = &pieces[..usize::from(coding.needed()) - 1];
            assert_eq!(restore(&outline, (coding, 0), few), None);
        }
    }
}

#[test]
fn a_whole_chunk_is_restored_from_parity_alone_as_far_as_it_goes() {
    for members in [4, 7, 10] {
        let bytes = blob(3, CHUNK_BYTES);
        let (outline, coding, pieces) = coded(&bytes, members);
        let last = &pieces[members - usize::from(coding.needed())..];
        assert_eq!(restore(&outline, (coding, 0), last), Some(bytes));
    }
}

#[test]
fn f_wrong_pieces_among_all_are_passed_over_whatever_they_claim() {
    for members in [4, 7, 10] {
        let bytes = blob(1, 5_000);
        let (outline, coding, pieces) = coded(&bytes, members);
        let (_, _, foreign) = coded(&blob(2, 5_000), members);
        for wrong in choices(members, (members - 1) / 3) {
            let mut mixed = pieces.clone();
            for (number, place) in wrong.iter().enumerate() {
                // One keeps the right table, one brings a table of another blob.
                mixed[*place].bytes = foreign[*place].bytes.clone();
                if number % 2 == 1 {
                    mixed[*place].table = foreign[*place].table.clone();
                }
            }
            let restored = restore(&outline, (coding, 0), &mixed);
            assert_eq!(restored.as_ref(), Some(&bytes), "{members} {wrong:?}");
        }
    }
}

#[test]
fn a_wrong_outline_is_none() {
    let bytes = blob(1, 3 * CHUNK_BYTES);
    let (id, tree) = (ContentId::of(&bytes), ContentTree::of(&bytes));
    let leaves = tree.leaves().as_flattened();
    let length = bytes.len() as u64;
    assert!(Outline::of(id, length, leaves).is_some());
    assert!(Outline::of(id, length - 1, leaves).is_none());
    assert!(Outline::of(id, length, &leaves[..64]).is_none());
    let mut wrong = leaves.to_vec();
    wrong[40] ^= 1;
    assert!(Outline::of(id, length, &wrong).is_none());
    assert!(Outline::of(ContentId([0; 32]), length, leaves).is_none());
}
