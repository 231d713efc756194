//! The committee changes under load and crashes: no fork, no stall, one group key, the same run for the same seed.
//!
//! `cargo xtask test` runs a sample of the seeds and `cargo xtask test --long` all of them. One seed by itself:
//! `THERIAC_SEED=17 cargo test --workspace --test membership campaign -- --nocapture`.

mod course;
mod revealed;
mod trial;
mod upgrade;

use course::Course;
use std::time::Instant;
use trial::try_out;

/// Seeds of the whole campaign.
const CAMPAIGN: u64 = 50;
/// Seeds of the sample.
const SAMPLE: [u64; 2] = [0, 1];

#[test]
fn campaign_of_changing_committees_keeps_every_promise() {
    theriac_simulator::campaign(CAMPAIGN, &SAMPLE, report);
}

/// Runs a seed twice, and prints a line about it.
fn report(seed: u64) -> Result<(), String> {
    let course = Course::draw(seed);
    let begin = Instant::now();
    let fail = |failure: &str| Err(format!("seed {seed}: {failure}\n  {course:?}"));
    let trial = match try_out(&course) {
        Ok(trial) => trial,
        Err(failure) => return fail(&failure),
    };
    match try_out(&course) {
        Ok(second) if second == trial => {}
        Ok(_) => return fail("two runs differ"),
        Err(failure) => return fail(&format!("only the second run failed: {failure}")),
    }
    println!(
        "seed {seed:>2}: committees of {:?}, {} crashes, height {} at {:.1} s, longest wait {:.1} s, {:.1} s for two runs",
        trial.sizes,
        trial.crashes,
        trial.height,
        trial.ended_ms as f64 / 1_000.0,
        trial.longest_wait_ms as f64 / 1_000.0,
        begin.elapsed().as_secs_f64(),
    );
    Ok(())
}
