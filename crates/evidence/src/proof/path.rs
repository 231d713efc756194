//! The way from an operation up to its peak, with the activity bits grafted in.

use super::mountains::{Mountain, leaf, node, position};
use crate::digest::sha256;
use alloy_primitives::B256;

/// Operations whose bits one chunk holds, as a power of two: 32 bytes.
pub(super) const CHUNK_HEIGHT: u32 = 8;

/// The peak over `location`, from the bytes of the operation and the siblings on the way.
///
/// `siblings` holds those to the left from the top down, then those to the right from the bottom up, and is as long as the
/// mountain is high. The node over a whole chunk becomes `sha256(chunk || node)`.
pub(super) fn peak(
    mountain: Mountain,
    location: u64,
    operation: &[u8],
    (chunk, siblings): (&[u8; 32], &[B256]),
) -> B256 {
    let inside = location - mountain.first_leaf;
    let (left, right) = siblings.split_at(inside.count_ones() as usize);
    let (mut left, mut right) = (left.iter().rev(), right.iter());
    let mut own = leaf(location, operation);
    for height in 0..mountain.height {
        let parent = position(location >> (height + 1) << (height + 1), height + 1);
        own = match inside >> height & 1 {
            0 => node(parent, &own, right.next().expect("counted by the caller")),
            _ => node(parent, left.next().expect("counted by the caller"), &own),
        };
        if height + 1 == CHUNK_HEIGHT {
            own = sha256(&[chunk, own.as_slice()]);
        }
    }
    own
}
