//! All examples: that they answer within the gas of a rule to the largest request there is, and never more than yes or no.

use super::*;
use alloy_sol_types::SolValue;

/// As many records as one opening may hold.
const MOST_RECORDS: usize = 512;

#[test]
fn largest_request_is_answered_or_costs_the_rules_gas_at_most() {
    let mut scene = Scene::new();
    let emergency = scene
        .deploy(
            "EmergencyRole",
            (vec![2_u32], kinds(Kind::ALL)).abi_encode_params(),
        )
        .expect("a good list");
    let list = scene
        .deploy("DenyList", (emergency, vec![STRANGER]).abi_encode_params())
        .expect("a good list");
    let twin = scene.deploy("NativeTwin", vec![]).expect("a twin");
    let asked = AccessRequest {
        records: (0..MOST_RECORDS)
            .map(|index| B256::with_last_byte(index as u8))
            .collect(),
        purpose: Purpose::EmergencyTreatment.code(),
        ..request()
    };
    for (rule, expected) in [(emergency, true), (list, true), (twin, false)] {
        assert_eq!(scene.admits(rule, asked.clone()), expected);
    }
}

/// A request that is no request: a rule of the compiler reverts, which means no.
#[test]
fn request_that_is_malformed_means_no() {
    let mut scene = Scene::new();
    let rule = scene
        .deploy(
            "EmergencyRole",
            (vec![2_u32], kinds(Kind::ALL)).abi_encode_params(),
        )
        .expect("a good list");
    let good = admitsCall { request: request() }.abi_encode();
    for cut in [0, 3, 4, 36, 100, good.len() / 2] {
        let steps = script(&[Step::AskRule(rule, RULE_GAS, good[..cut].to_vec())]);
        let said = scene.chain.call(probe::ADDRESS, steps).output;
        assert_ne!(said[0], RETURNED, "{cut}");
    }
}
