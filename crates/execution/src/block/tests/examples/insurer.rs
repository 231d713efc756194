//! An insurer for the records of one claim.

use super::*;
use alloy_sol_types::SolValue;

const UNTIL: u64 = TUESDAY + 90 * DAY;

fn question() -> AccessRequest {
    AccessRequest {
        role: Role::InsurerAgent.code(),
        purpose: Purpose::Payment.code(),
        ..request()
    }
}

fn rule(scene: &mut Scene, records: Vec<B256>) -> Option<Address> {
    scene.deploy(
        "InsurerForOneClaim",
        (2_u32, records, UNTIL).abi_encode_params(),
    )
}

#[test]
fn insurer_is_admitted_to_the_records_of_the_claim_only() {
    let mut scene = Scene::new();
    let rule = rule(&mut scene, question().records).expect("a good claim");
    each_turns_a_yes_into_a_no(
        &scene,
        rule,
        &question(),
        &[
            ("one record besides", |asked| {
                asked.records.push(B256::repeat_byte(0xe3))
            }),
            ("another record", |asked| {
                asked.records = vec![B256::repeat_byte(0xe3)]
            }),
            ("no record", |asked| asked.records.clear()),
            ("another insurer", |asked| asked.organisation = 3),
            ("a physician", |asked| asked.role = Role::Physician.code()),
            ("for operations", |asked| {
                asked.purpose = Purpose::Operations.code()
            }),
            ("after the date", |asked| asked.time = UNTIL),
        ],
    );
    let mut one = question();
    one.records.truncate(1);
    assert!(scene.admits(rule, one), "a part of the claim");
}

/// The most records that a claim can have are decided within the gas of a rule.
#[test]
fn claim_of_as_many_records_as_can_be_is_decided() {
    let mut scene = Scene::new();
    let records: Vec<_> = (0..128).map(B256::with_last_byte).collect();
    let rule = rule(&mut scene, records.clone()).expect("a good claim");
    let mut asked = question();
    asked.records = records;
    assert!(scene.admits(rule, asked.clone()));
    asked.records.push(B256::repeat_byte(9));
    assert!(!scene.admits(rule, asked));
    let too_many = (0..129).map(B256::with_last_byte).collect();
    assert_eq!(self::rule(&mut scene, too_many), None);
    assert_eq!(self::rule(&mut scene, vec![]), None);
}
