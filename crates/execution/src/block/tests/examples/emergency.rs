//! Physicians of listed organisations in an emergency.

use super::*;
use alloy_sol_types::SolValue;

fn question() -> AccessRequest {
    AccessRequest {
        purpose: Purpose::EmergencyTreatment.code(),
        ..request()
    }
}

#[test]
fn physician_of_a_listed_organisation_is_admitted_in_an_emergency() {
    let mut scene = Scene::new();
    let scope = kinds(&[Kind::Laboratory, Kind::Allergy, Kind::Medication]);
    let arguments = (vec![2_u32, 5], scope).abi_encode_params();
    let rule = scene
        .deploy("EmergencyRole", arguments)
        .expect("a good list");
    each_turns_a_yes_into_a_no(
        &scene,
        rule,
        &question(),
        &[
            ("an organisation that is not listed", |asked| {
                asked.organisation = 3
            }),
            ("a nurse", |asked| asked.role = Role::Nurse.code()),
            ("for treatment", |asked| {
                asked.purpose = Purpose::Treatment.code()
            }),
            ("to break the glass", |asked| {
                asked.purpose = Purpose::BreakTheGlass.code()
            }),
            ("another kind besides", |asked| {
                asked.kinds |= Kind::Claim.bit().0
            }),
        ],
    );
    let other = AccessRequest {
        organisation: 5,
        ..question()
    };
    assert!(scene.admits(rule, other));
}

#[test]
fn list_without_organisations_or_kinds_cannot_be_made() {
    let mut scene = Scene::new();
    for (organisations, kinds) in [(vec![], 1_u32), (vec![2_u32], 0), (vec![2; 257], 1)] {
        let arguments = (organisations, kinds).abi_encode_params();
        assert_eq!(scene.deploy("EmergencyRole", arguments), None);
    }
}
