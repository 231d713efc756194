//! Conduct: random studies against a plain model, which keeps sets and counts and knows nothing of hashes, trees or storage.
//!
//! Each act is decided by the model first, and the contract must say the same, refusal by refusal. What must hold besides:
//!
//! - what is refused leaves no trace, and what was accepted and is sent again at once is refused;
//! - studies, entries, slots and queries are numbered without gaps;
//! - the sums are those of the model, and their root is that over all subjects;
//! - the root of the log is that over all entries, and at each milestone it was that over the entries so far;
//! - nothing is locked while something is missing, asked or unsigned.

mod act;
mod audit;
mod model;
mod study;

use act::Walk;

/// Operations of the whole campaign, which runs with `THERIAC_LONG`.
const CAMPAIGN: u64 = 300_000;
/// Operations of the fixed sample.
const SAMPLE: u64 = 6_000;
/// Operations of one walk.
const OPERATIONS: u64 = 300;

fn walks() -> u64 {
    let operations = match std::env::var_os("THERIAC_LONG") {
        Some(_) => CAMPAIGN,
        None => SAMPLE,
    };
    operations / OPERATIONS
}

#[test]
fn studies_do_what_a_plain_model_says() {
    let mut tally = act::Tally::default();
    for seed in 0..walks() {
        let mut walk = Walk::new(seed);
        for number in 0..OPERATIONS {
            walk.step();
            if number % 50 == 0 {
                walk.audit();
            }
        }
        walk.audit();
        tally.add(&walk.tally);
    }
    println!("{} operations: {tally:?}", walks() * OPERATIONS);
    assert!(tally.is_rich(), "the walks reach everything: {tally:?}");
}

#[test]
fn a_walk_is_the_same_each_time() {
    let run = |seed| {
        let mut walk = Walk::new(seed);
        for _ in 0..60 {
            walk.step();
        }
        format!("{:?}", walk.tally)
    };
    assert_eq!(run(3), run(3));
}
