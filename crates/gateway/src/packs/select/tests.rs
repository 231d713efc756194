//! Which keys a hand-over takes.

use super::*;

/// Keys that hold so many.
fn stock(sizes: &[usize]) -> BTreeMap<Address, usize> {
    let keys = (1..).map(Address::repeat_byte);
    keys.zip(sizes.iter().copied()).collect()
}

#[test]
fn whole_keys_are_taken_before_a_part_of_the_smallest() {
    let rows: [(&[usize], usize, &[(u8, usize)]); 6] = [
        (&[10], 4, &[(1, 4)]),
        (&[10, 4], 4, &[(2, 4)]),
        (&[10, 4, 3], 8, &[(2, 4), (3, 3), (1, 1)]),
        (&[5, 4], 9, &[(1, 5), (2, 4)]),
        (&[5, 6], 1, &[(1, 1)]),
        (&[5, 5, 5], 12, &[(1, 5), (2, 5), (3, 2)]),
    ];
    for (sizes, count, expected) in rows {
        let taken = of_fewest_keys(stock(sizes), count).unwrap();
        let taken: Vec<_> = taken.iter().map(|(key, taken)| (key[0], *taken)).collect();
        assert_eq!(taken, expected, "{count} of {sizes:?}");
    }
}

#[test]
fn more_than_is_held_is_refused() {
    let refused = of_fewest_keys(stock(&[2, 1]), 4);
    assert_eq!(refused, Err(Refusal::TooFewHeld { held: 3, wanted: 4 }));
    let refused = of_fewest_keys(stock(&[2]), 0);
    assert_eq!(refused, Err(Refusal::TooFewHeld { held: 2, wanted: 0 }));
}
