//! An upgrade that no member's program knows.

use commonware_glue::simulate::{exit::ProcessedHeightAtLeast, plan::PlanBuilder};
use commonware_utils::NZU64;
use std::time::Duration;
use theriac_contracts::PROTOCOL_VERSION;
use theriac_simulator::{Change, Founders, Load, Network, Recorder, Scheduled, run};

/// The first block that would follow the new rules; a decision leaves 100 blocks at least.
const HEIGHT: u64 = 120;

#[test]
fn no_block_is_made_from_the_height_on_whose_rules_no_member_knows() {
    let founders = Founders {
        members: 4,
        joiners: 0,
        epoch_blocks: NZU64!(64),
    };
    let load = Load {
        count: 0,
        every: Duration::ZERO,
    };
    let upgrade = Scheduled {
        at: Duration::from_secs(2),
        change: Change::Upgrade {
            version: PROTOCOL_VERSION + 1,
            height: HEIGHT,
        },
    };
    let network = Network::with_changes(founders, load, vec![upgrade]);
    let recorders = network.recorders();
    let plan = PlanBuilder::new(network)
        .seed(1)
        .exit_condition(ProcessedHeightAtLeast::new(HEIGHT))
        .timeout(Duration::from_secs(90))
        .build();
    let Err(ended) = run(plan) else {
        panic!("the height was reached");
    };
    assert!(ended.contains("timeout"), "{ended}");
    let last = |recorder: &Recorder| recorder.last().map(|entry| entry.recording.height);
    for recorder in &recorders {
        assert_eq!(last(recorder), Some(HEIGHT - 1));
    }
}
