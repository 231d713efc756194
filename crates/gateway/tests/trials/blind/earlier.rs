//! What permuted blocks give away by themselves to who knows the arms of all earlier subjects, and the length of a block, which the ledger tells.
//!
//! Whoever guesses the arm that is left more often is right in (m + (4^m / C(2m, m) - 1) / 2) of 2m (Blackwell and Hodges, 1957): 3 of 4 with blocks of two.
//! No secrecy of this ledger changes that; it is a property of the design, and shown here so that nobody claims more.

use super::{guess::allowed, play::Played};
use std::collections::BTreeMap;

/// Right guesses, the sum of their chances as who guesses knows them, and how many were made.
#[derive(Clone, Copy, Default)]
struct Told {
    right: f64,
    chances: f64,
    of: usize,
}

pub(super) fn check(played: &[Played]) {
    let mut of_length: BTreeMap<usize, Told> = BTreeMap::new();
    for one in played {
        let told = of_length.entry(one.block).or_default();
        one.arms
            .chunks(one.block)
            .for_each(|block| told.follow(block));
    }
    for (length, Told { right, chances, of }) in of_length {
        let expected = expected(length) * of as f64;
        println!(
            "blocks of {length}, all earlier arms known: {right} of {of} right, {expected:.0} expected"
        );
        // Azuma: each guess is off its chance by one at most, whatever came before.
        assert!((right - chances).abs() <= allowed(of), "blocks of {length}");
    }
}

impl Told {
    /// Guesses the arm that is left more often; half a guess is right where both are left alike.
    fn follow(&mut self, block: &[bool]) {
        let mut left = [block.len() / 2; 2];
        for arm in block {
            let most = left[0].max(left[1]);
            let has_most = left[usize::from(*arm)] == most;
            self.right += match left[0] == left[1] {
                true => 0.5,
                false => f64::from(u8::from(has_most)),
            };
            self.chances += most as f64 / (left[0] + left[1]) as f64;
            self.of += 1;
            left[usize::from(*arm)] -= 1;
        }
    }
}

/// The share of right guesses in blocks of this length.
fn expected(length: usize) -> f64 {
    let half = length / 2;
    // 4^m / C(2m, m) is the product of 2k / (2k - 1).
    let product: f64 = (1..=half)
        .map(|k| 2.0 * k as f64 / (2.0 * k as f64 - 1.0))
        .product();
    (half as f64 + (product - 1.0) / 2.0) / length as f64
}

#[test]
fn the_share_is_that_of_all_orders_of_a_block() {
    for (length, share) in [(2, 0.75), (4, 17.0 / 24.0), (6, 41.0 / 60.0)] {
        assert!((expected(length) - share).abs() < 1e-9, "{length}");
    }
    let orders = [
        [true, true, false, false],
        [true, false, true, false],
        [true, false, false, true],
    ];
    let mut told = Told::default();
    orders.iter().for_each(|order| told.follow(order));
    assert!((told.right / told.of as f64 - expected(4)).abs() < 1e-9);
}
