//! That a later tree has grown from an earlier one: RFC 9162, section 2.1.4.2.

use super::{LogFailure, node, same_root};
use alloy_primitives::B256;

/// Checks that the tree of `second` leaves begins with the tree of `first` leaves. From no leaves nothing follows: refused.
///
/// # Errors
/// See [`LogFailure`].
pub fn verify_consistency(
    (first, second): (u64, u64),
    (first_root, second_root): (&B256, &B256),
    proof: &[B256],
) -> Result<(), LogFailure> {
    let length = LogFailure::Length { got: proof.len() };
    if first == 0 || first > second {
        return Err(LogFailure::Sizes { first, second });
    }
    if first == second {
        return if proof.is_empty() {
            same_root(*first_root, second_root)
        } else {
            Err(length)
        };
    }
    let (mut place, mut last) = (first - 1, second - 1);
    let shift = place.trailing_ones();
    place >>= shift;
    last >>= shift;
    let (start, rest) = match (first.is_power_of_two(), proof) {
        (true, rest) => (*first_root, rest),
        (false, [start, rest @ ..]) => (*start, rest),
        (false, []) => return Err(length),
    };
    let (mut old, mut new) = (start, start);
    for sibling in rest {
        if last == 0 {
            return Err(length);
        }
        if place & 1 == 1 || place == last {
            old = node(sibling, &old);
            new = node(sibling, &new);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            new = node(&new, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(length);
    }
    same_root(old, first_root)?;
    same_root(new, second_root)
}
