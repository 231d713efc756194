use super::*;
use crate::packs::label::Label;

fn pack(serial: usize, key: u8) -> Pack {
    let label = Label::new("04012345123456", &serial.to_string(), "L7", "271100").unwrap();
    Pack {
        tag: label.tag(),
        label,
        root: B256::ZERO,
        membership: None,
        key: Address::repeat_byte(key),
        state: PackState::Held,
        sscc: None,
        exits: 0,
        kind: 0,
        left_ms: 0,
    }
}

/// Packs of keys that hold so many.
fn stock(sizes: &[usize]) -> Vec<Pack> {
    let keys = (1..).zip(sizes).flat_map(|(key, size)| vec![key; *size]);
    keys.enumerate()
        .map(|(serial, key)| pack(serial, key))
        .collect()
}

fn keys_of(packs: &[Pack]) -> Vec<(u8, usize)> {
    let mut counts = BTreeMap::new();
    for pack in packs {
        *counts.entry(pack.key[0]).or_default() += 1;
    }
    counts.into_iter().collect()
}

#[test]
fn whole_keys_are_taken_before_a_part_of_the_smallest() {
    let rows: [(&[usize], usize, &[(u8, usize)]); 5] = [
        (&[10], 4, &[(1, 4)]),
        (&[10, 4], 4, &[(2, 4)]),
        (&[10, 4, 3], 8, &[(2, 4), (3, 3), (1, 1)]),
        (&[5, 4], 9, &[(1, 5), (2, 4)]),
        (&[5, 6], 1, &[(1, 1)]),
    ];
    for (sizes, count, expected) in rows {
        let taken = of_fewest_keys(stock(sizes), count).unwrap();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(keys_of(&taken), expected, "{count} of {sizes:?}");
    }
}

#[test]
fn more_than_is_held_is_refused() {
    let refused = of_fewest_keys(stock(&[2, 1]), 4);
    assert_eq!(refused, Err(Refusal::TooFewHeld { held: 3, wanted: 4 }));
    let refused = of_fewest_keys(stock(&[2]), 0);
    assert_eq!(refused, Err(Refusal::TooFewHeld { held: 2, wanted: 0 }));
}
