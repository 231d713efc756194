//! Members agree, with and without faults.

use commonware_glue::simulate::{exit::ProcessedHeightAtLeast, plan::PlanBuilder};
use std::time::Duration;
use theriac_simulator::Network;

#[test]
fn four_members_agree_over_two_epochs() {
    let network = Network::new(4, 40);
    let results = PlanBuilder::new(network)
        .seed(1)
        .exit_condition(ProcessedHeightAtLeast::new(70))
        .timeout(Duration::from_secs(120))
        .run()
        .expect("the network agrees");
    assert_eq!(results.len(), 1);
}
