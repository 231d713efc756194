//! The mountains of the operations log and how their peaks become a root.

use crate::digest::sha256;
use alloy_primitives::B256;

/// Family and bagging of the range, which every root commits to: MMR, folded backward.
const DOMAIN: [u8; 2] = [0, 1];

/// A full binary tree over `2^height` leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mountain {
    pub(super) height: u32,
    pub(super) first_leaf: u64,
}

/// The mountains over `leaves` leaves, the highest first: the set bits of `leaves`.
pub(super) fn mountains(leaves: u64) -> Vec<Mountain> {
    let mut first_leaf = 0;
    (0..u64::BITS)
        .rev()
        .filter(|height| leaves >> height & 1 == 1)
        .map(|height| {
            let mountain = Mountain { height, first_leaf };
            first_leaf += 1 << height;
            mountain
        })
        .collect()
}

/// The position in post-order of the node of `height` whose first leaf is `first_leaf`.
pub(super) fn position(first_leaf: u64, height: u32) -> u64 {
    2 * first_leaf - u64::from(first_leaf.count_ones()) + (2 << height) - 2
}

/// `sha256(position || element)`.
pub(super) fn leaf(location: u64, element: &[u8]) -> B256 {
    sha256(&[&position(location, 0).to_be_bytes(), element])
}

/// `sha256(position || left || right)`.
pub(super) fn node(position: u64, left: &B256, right: &B256) -> B256 {
    sha256(&[&position.to_be_bytes(), left.as_slice(), right.as_slice()])
}

fn fold(one: &B256, other: &B256) -> B256 {
    sha256(&[one.as_slice(), other.as_slice()])
}

/// The root over `leaves` leaves. The first `forward` of `peaks` are folded from the left, then the rest from the right.
/// `inactive` peaks lie below the inactivity floor, of which some may already be folded into the first of `peaks`.
pub(super) fn root(leaves: u64, inactive: u64, forward: usize, peaks: &[B256]) -> B256 {
    let (inactive_peaks, active_peaks) = peaks.split_at(forward.max(1));
    let folded = inactive_peaks
        .iter()
        .copied()
        .reduce(|folded, peak| fold(&folded, &peak))
        .expect("a proof has the peak over its own leaf");
    let bag = active_peaks
        .iter()
        .rev()
        .copied()
        .reduce(|bag, peak| fold(&peak, &bag));
    let all = bag.map_or(folded, |bag| fold(&folded, &bag));
    let count = inactive.to_be_bytes();
    let committed: &[u8] = if inactive == 0 { &[] } else { &count };
    sha256(&[&DOMAIN, &leaves.to_be_bytes(), committed, all.as_slice()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_a_post_order_walk() {
        let leaves: Vec<_> = (0..11).map(|location| position(location, 0)).collect();
        assert_eq!(leaves, [0, 1, 3, 4, 7, 8, 10, 11, 15, 16, 18]);
        assert_eq!([position(0, 1), position(2, 1), position(0, 2)], [2, 5, 6]);
        assert_eq!(
            [position(4, 2), position(0, 3), position(8, 1)],
            [13, 14, 17]
        );
    }

    #[test]
    fn mountains_are_the_bits_of_the_count() {
        let heights: Vec<_> = mountains(11)
            .iter()
            .map(|mountain| mountain.height)
            .collect();
        assert_eq!(heights, [3, 1, 0]);
        assert_eq!(mountains(11)[2].first_leaf, 10);
    }
}
