//! Members agree when nothing fails.

use commonware_glue::simulate::{exit::ProcessedHeightAtLeast, plan::PlanBuilder};
use std::time::Duration;
use theriac_simulator::{Load, Network, run};

#[test]
fn four_members_agree_over_two_epochs() {
    let load = Load {
        count: 40,
        every: Duration::ZERO,
    };
    let plan = PlanBuilder::new(Network::new(4, load))
        .seed(1)
        .exit_condition(ProcessedHeightAtLeast::new(70))
        .timeout(Duration::from_secs(120))
        .build();
    run(plan).expect("the network agrees");
}
