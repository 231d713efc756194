//! Another rule, but never these accounts.

use super::*;
use alloy_sol_types::SolValue;

const NEIGHBOUR: Address = Address::repeat_byte(0x33);

fn question() -> AccessRequest {
    AccessRequest {
        purpose: Purpose::EmergencyTreatment.code(),
        ..request()
    }
}

/// Physicians of organisation 2, but not the neighbour.
fn scene() -> (Scene, Address, Address) {
    let mut scene = Scene::new();
    let arguments = (vec![2_u32], kinds(Kind::ALL)).abi_encode_params();
    let inner = scene
        .deploy("EmergencyRole", arguments)
        .expect("a good list");
    let arguments = (inner, vec![NEIGHBOUR]).abi_encode_params();
    let rule = scene.deploy("DenyList", arguments).expect("a good list");
    (scene, rule, inner)
}

#[test]
fn the_other_rule_decides_about_all_but_those_who_are_named() {
    let (scene, rule, inner) = scene();
    each_turns_a_yes_into_a_no(
        &scene,
        rule,
        &question(),
        &[
            ("who is named", |asked| asked.requester = NEIGHBOUR),
            ("whom the other rule refuses", |asked| {
                asked.organisation = 3
            }),
        ],
    );
    let neighbour = AccessRequest {
        requester: NEIGHBOUR,
        ..question()
    };
    assert!(scene.admits(inner, neighbour));
}

/// Neither an account nor a list of nobody.
#[test]
fn list_needs_a_contract_and_a_name() {
    let (mut scene, _, inner) = scene();
    for (inner, denied) in [
        (READER, vec![NEIGHBOUR]),
        (inner, vec![]),
        (inner, vec![NEIGHBOUR; 257]),
    ] {
        let arguments = (inner, denied).abi_encode_params();
        assert_eq!(scene.deploy("DenyList", arguments), None);
    }
}

/// The code at the inner address is no longer the one that was pinned.
#[test]
fn nobody_is_admitted_once_the_other_rule_has_other_code() {
    use alloy_primitives::keccak256;
    use theriac_evidence::state::{Account, StateKey};
    let (mut scene, rule, inner) = scene();
    // A rule that says yes to everyone.
    let code = [0x60, 1, 0x5f, 0x52, 0x60, 32, 0x5f, 0xf3];
    let account = Account {
        code_hash: keccak256(code),
        ..scene.chain.account(inner).expect("the other rule is there")
    };
    let state = &mut scene.chain.state;
    state.insert(StateKey::account(&inner), account.encode().into());
    state.insert(StateKey::code(&account.code_hash), code.to_vec().into());
    assert!(
        scene.admits(inner, question()),
        "the changed rule alone says yes"
    );
    assert!(!scene.admits(rule, question()));
}
