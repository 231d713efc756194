//! Races: grants, revocations, openings, rotations, rules and emergencies in random order, blocks that end anywhere between them,
//! and keepers that have each finalised some earlier block.
//!
//! A schedule runs against the contracts and against a model of its own, which knows what each act means and nothing of how the
//! contracts store it. What must hold:
//!
//! - an opening is admitted exactly when the model says so, so none is after the revocation of what would admit it;
//! - a keeper answers exactly what the model says of the block that it finalised, so none that finalised a restriction answers an
//!   older opening;
//! - every opening has its entry in the log of its chart, and numbers of openings and of entries are dense.
//!
//! The model is checked too: contracts that forget to close, to revoke, to enter or to count are found.

mod act;
mod audit;
mod chain;
mod model;
mod schedule;

use chain::Fault;
use model::Outcome;
use schedule::{Violation, run};

/// Schedules of the whole campaign, which runs with `THERIAC_LONG`.
const CAMPAIGN: u64 = 100_000;
/// Schedules of the fixed sample.
const SAMPLE: u64 = 2_500;

fn schedules() -> u64 {
    match std::env::var_os("THERIAC_LONG") {
        Some(_) => CAMPAIGN,
        None => SAMPLE,
    }
}

#[test]
fn no_keeper_answers_after_a_revocation_and_no_opening_lacks_an_entry() {
    let mut totals = schedule::Tally::default();
    for seed in 0..schedules() {
        match run(seed, Fault::None) {
            Ok(tally) => totals.add(&tally),
            Err(violation) => panic!("seed {seed}: {violation:?}"),
        }
    }
    println!("{} schedules: {totals:?}", schedules());
    assert!(
        totals.is_rich(),
        "the schedules reach everything: {totals:?}"
    );
}

#[test]
fn contracts_that_break_a_promise_are_found() {
    type Broken = fn(&Violation) -> bool;
    let rows: [(Fault, Broken); 5] = [
        (Fault::SkipsClosing, |violation| {
            matches!(violation, Violation::Answered { got: Ok(()), .. })
        }),
        (Fault::KeepsGrants, |violation| {
            let expected = Outcome::Refused;
            matches!(violation, Violation::Decided { expected: it, .. } if *it == expected)
        }),
        (Fault::KeepsRules, |violation| {
            let expected = Outcome::Denied;
            matches!(violation, Violation::Decided { expected: it, .. } if *it == expected)
        }),
        (Fault::SkipsEntries, |violation| {
            matches!(violation, Violation::Entry(_))
        }),
        (Fault::SkipsCounting, |violation| {
            matches!(violation, Violation::Number(_))
        }),
    ];
    for (fault, broken) in rows {
        let mut found = (0..2_000).filter_map(|seed| run(seed, fault).err());
        assert!(found.any(|it| broken(&it)), "{fault:?}");
    }
}

#[test]
fn a_schedule_is_the_same_each_time() {
    for seed in 0..20 {
        assert_eq!(run(seed, Fault::None), run(seed, Fault::None));
    }
}
