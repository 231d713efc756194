//! That a leaf is in a tree: RFC 9162, section 2.1.3.2.

use super::{LogFailure, node, same_root};
use alloy_primitives::B256;

/// Checks that the leaf number `index` of the tree of `size` leaves with `root` is `leaf`.
///
/// # Errors
/// See [`LogFailure`].
pub fn verify_inclusion(
    (index, size): (u64, u64),
    leaf: &B256,
    proof: &[B256],
    root: &B256,
) -> Result<(), LogFailure> {
    if index >= size {
        return Err(LogFailure::OutOfRange { index, size });
    }
    let length = LogFailure::Length { got: proof.len() };
    let (mut place, mut last, mut own) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(length);
        }
        if place & 1 == 1 || place == last {
            own = node(sibling, &own);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            own = node(&own, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(length);
    }
    same_root(own, root)
}
