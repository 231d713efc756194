//! Faults on a simulated network: safety always, liveness once they are healed, and the same run for the
//! same seed.
//!
//! `cargo xtask test` runs a sample of the seeds and `cargo xtask test --long` all of them. One seed by
//! itself: `THERIAC_SEED=17 cargo test --workspace --test faults_simulated campaign -- --nocapture`.

mod scenario;
mod trial;

use scenario::Scenario;
use std::time::{Duration, Instant};
use theriac_simulator::{EPOCH_BLOCKS, Liar};
use trial::{Failure, try_out};

/// Seeds of the whole campaign: each way of lying has a quarter.
const CAMPAIGN: u64 = 100;
/// Seeds of the sample: each way of lying once, and equivocation that is noticed.
const SAMPLE: [u64; 5] = [0, 1, 2, 3, 7];
/// Simulated time in which a healed network must have gone on.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn campaign_of_faults_keeps_every_promise() {
    theriac_simulator::campaign(CAMPAIGN, &SAMPLE, report);
}

/// Runs a seed twice, and prints a line about it.
fn report(seed: u64) -> Result<(), String> {
    let scenario = Scenario::draw(seed);
    let begin = Instant::now();
    let fail = |failure: &str| Err(format!("seed {seed}: {failure}\n  {scenario:?}"));
    let trial = match try_out(&scenario, PATIENCE) {
        Ok(trial) => trial,
        Err(failure) => return fail(&format!("{failure:?}")),
    };
    match try_out(&scenario, PATIENCE) {
        Ok(second) if second == trial => {}
        Ok(_) => return fail("two runs differ"),
        Err(failure) => return fail(&format!("only the second run failed: {failure:?}")),
    }
    if trial.lies == 0 {
        return fail("the liar did not lie");
    }
    let equivocates = matches!(scenario.liar, Some((_, Liar::Equivocate { .. })));
    if equivocates != (trial.proofs > 0) {
        return fail(&format!("{} proofs of double votes", trial.proofs));
    }
    let ends = trial.entries.iter().flatten().map(|entry| entry.at_ms);
    println!(
        "seed {seed:>2}: {} members, {:?}, {} crashes, {} lies, {} proofs, healed at {:.1} s, height {} at {:.1} s, {:.1} s for two runs",
        scenario.members,
        scenario.liar.expect("each scenario has a liar").1,
        trial.crashes,
        trial.lies,
        trial.proofs,
        scenario.healed.as_secs_f64(),
        trial.heights().into_iter().max().unwrap_or_default(),
        ends.max().unwrap_or_default() as f64 / 1_000.0,
        begin.elapsed().as_secs_f64(),
    );
    Ok(())
}

#[test]
fn a_calm_network_settles() {
    try_out(&Scenario::calm(1, 4), PATIENCE).expect("nothing happens to it");
}

#[test]
fn another_seed_is_another_run() {
    let first = try_out(&Scenario::calm(1, 4), PATIENCE).expect("nothing happens to it");
    let second = try_out(&Scenario::calm(2, 4), PATIENCE).expect("nothing happens to it");
    assert_ne!(first.state, second.state);
    assert_ne!(first.entries, second.entries);
}

#[test]
fn who_contradicts_itself_to_the_same_peers_is_left_behind() {
    let mut scenario = Scenario::calm(5, 4);
    scenario.liar = Some((2, Liar::Equivocate { seed: 1 }));
    let trial = try_out(&scenario, PATIENCE).expect("three honest members of four suffice");
    let heights = trial.heights();
    assert!(heights[2] < EPOCH_BLOCKS.get(), "{heights:?}");
    assert!(trial.proofs > 0, "its double votes can be shown to anyone");
}

#[test]
fn more_than_tolerated_cut_off_for_ever_is_a_timeout() {
    let mut scenario = Scenario::calm(3, 4);
    let at = Duration::from_secs(5);
    scenario.cut(at, &[0, 1], &[2, 3]);
    scenario.cut(at, &[2, 3], &[0, 1]);
    scenario.healed = at;
    expect_timeout(&scenario);
}

#[test]
fn one_member_cut_off_for_ever_is_a_timeout() {
    let mut scenario = Scenario::calm(4, 4);
    let at = Duration::from_secs(5);
    scenario.cut(at, &[0], &[1, 2, 3]);
    scenario.cut(at, &[1, 2, 3], &[0]);
    scenario.healed = at;
    expect_timeout(&scenario);
}

fn expect_timeout(scenario: &Scenario) {
    match try_out(scenario, Duration::from_secs(20)) {
        Err(Failure::Ended(reason)) => assert_eq!(reason, "runtime timeout"),
        other => panic!("expected a timeout, got {other:?}"),
    }
}
