//! An epoch with too many revealed shares.

use commonware_glue::simulate::{
    action::Crash, engine::EngineDefinition as _, exit::ProcessedHeightAtLeast, plan::PlanBuilder,
};
use commonware_utils::NZU64;
use std::{collections::BTreeMap, time::Duration};
use theriac_consensus::committees::RevealLimit;
use theriac_simulator::{Committee, Entry, Founders, Load, Network, Recorder, run};

const BLOCKS: u64 = 16;
/// The distance of two blocks when nothing waits, as the simulated network has it.
const IDLE_MS: u64 = 400;

#[test]
fn an_epoch_with_too_many_revealed_shares_is_hurried_and_the_next_is_clean() {
    let (first, second) = (once(), once());
    assert_eq!(first, second, "two runs differ");
    let entries = first;
    let committees: BTreeMap<u64, Committee> = entries
        .iter()
        .filter_map(|entry| entry.recording.committee.clone())
        .map(|committee| (committee.epoch, committee))
        .collect();
    let revealed = |epoch: u64| committees[&epoch].revealed;
    assert_eq!([revealed(1), revealed(2), revealed(3)], [0, 1, 0]);
    assert!(committees.values().all(|committee| committee.dealt));
    let pace = |epoch: u64| pace_ms(&entries, epoch);
    assert!(pace(2) < IDLE_MS / 2, "hurried: {} ms a block", pace(2));
    assert!(pace(3) >= IDLE_MS, "at rest again: {} ms a block", pace(3));
}

/// What a member recorded that was up all the time, while another was down for the dealings of epoch one.
fn once() -> Vec<Entry> {
    let founders = Founders {
        members: 4,
        joiners: 0,
        epoch_blocks: NZU64!(16),
    };
    let load = Load {
        count: 0,
        every: Duration::ZERO,
    };
    let network =
        Network::with_changes(founders, load, Vec::new()).with_reveal_limit(RevealLimit::Shares(0));
    let absent = network.participants()[3].clone();
    let recorders = network.recorders();
    let plan = PlanBuilder::new(network)
        .seed(1)
        .crash(Crash::ProcessedHeight {
            participant: absent,
            heights: BLOCKS - 3..=BLOCKS - 2,
            downtime: Duration::from_secs(8),
        })
        .exit_condition(ProcessedHeightAtLeast::new(4 * BLOCKS))
        .timeout(Duration::from_secs(120))
        .build();
    run(plan).expect("three of four go on");
    Recorder::entries(&recorders[0])
}

/// Mean distance of the blocks of `epoch`, the first and the last left out.
fn pace_ms(entries: &[Entry], epoch: u64) -> u64 {
    let time = |height: u64| {
        let found = entries
            .iter()
            .find(|entry| entry.recording.height == height);
        found.expect("it was up all the time").recording.time_ms
    };
    let (first, last) = (epoch * BLOCKS + 1, epoch * BLOCKS + BLOCKS - 2);
    (time(last) - time(first)) / (last - first)
}
