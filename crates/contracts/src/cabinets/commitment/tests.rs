//! Tests of commitments; `packs/vectors.rs` has those of another implementation.

use super::*;
use crate::testing::Opened;

#[test]
fn commitments_add_up_as_their_amounts_and_blindings_do() {
    let (one, next) = (Opened::new(7, 1), Opened::new(-9, 2));
    let commit = |opened: Opened| Commitment::of(opened.amount, opened.blinding);
    assert_eq!(commit(one) + commit(next), commit(one.plus(next)));
    assert_eq!(commit(one) - commit(next), commit(one.minus(next)));
    assert_eq!(commit(one) - commit(one), commit(Opened::NOTHING));
    assert_eq!(one.blinding + -one.blinding, Blinding::NONE);
}

#[test]
fn the_extremes_of_amounts_are_amounts() {
    let commit = |amount| Commitment::of(amount, Blinding::NONE);
    assert_eq!(commit(i64::MAX) + commit(i64::MIN), commit(-1));
    assert_ne!(commit(i64::MIN), commit(i64::MAX));
}

#[test]
fn nothing_is_32_zeros_and_only_the_one_encoding_of_a_point_is_taken() {
    assert_eq!(Commitment::of(0, Blinding::NONE).encode(), B256::ZERO);
    assert!(Commitment::decode(B256::ZERO).is_ok());
    let mut taken = 0;
    for number in 0..200u64 {
        let bytes = keccak256(number.to_be_bytes());
        if let Ok(point) = Commitment::decode(bytes) {
            taken += 1;
            assert_eq!(point.encode(), bytes);
        }
    }
    assert!((1..60).contains(&taken), "{taken} of 200");
    // RFC 9496, appendix A.3: a field element that is not reduced, and a negative one.
    for bytes in [
        "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0100000000000000000000000000000000000000000000000000000000000000",
    ] {
        let bytes = bytes.parse().unwrap();
        assert_eq!(Commitment::decode(bytes), Err(CommitmentError::Point));
    }
}

#[test]
fn only_the_one_encoding_of_a_scalar_is_taken() {
    let blinding = Opened::new(0, 5).blinding;
    assert_eq!(Blinding::decode(blinding.encode()), Ok(blinding));
    assert_eq!(Blinding::decode(B256::ZERO), Ok(Blinding::NONE));
    for bytes in [B256::repeat_byte(0xff), B256::repeat_byte(0x7f)] {
        assert_eq!(Blinding::decode(bytes), Err(CommitmentError::Scalar));
    }
}

#[test]
fn equality_is_shown_by_the_difference_of_the_blindings_alone() {
    let (one, same, other) = (Opened::new(7, 1), Opened::new(7, 2), Opened::new(8, 2));
    let commit = |opened: Opened| Commitment::of(opened.amount, opened.blinding);
    let proof = one.blinding - same.blinding;
    assert!(commit(one).is_equal_by(&commit(same), proof));
    assert!(!commit(same).is_equal_by(&commit(one), proof));
    assert!(!commit(one).is_equal_by(&commit(other), proof));
    assert!(!commit(one).is_equal_by(&commit(same), Blinding::NONE));
    assert!(commit(one).is_equal_by(&commit(one), Blinding::NONE));
}

#[test]
fn a_blinding_is_not_told() {
    assert_eq!(format!("{:?}", Opened::new(0, 5).blinding), "Blinding(..)");
}
