//! What a rule costs, and that nobody chooses its answer by choosing gas, warmth or depth.

use super::*;
use crate::simulate::CallRequest;
use crate::testing::environment;
use alloy_eips::eip2930::{AccessList, AccessListItem};
use alloy_primitives::B256;
use bytecode::{calling, returning};
use revm::bytecode::opcode::*;

/// A rule that reads `slots` slots of its own.
fn reading(slots: u8) -> Vec<u8> {
    let reads = (0..slots).flat_map(|slot| [PUSH1, slot, SLOAD, POP]);
    reads.collect()
}

impl Scene {
    /// Gas of a transaction in which a native asks the rule and then notes in slot 1 what it heard.
    fn ask_in_block(&mut self, rule: Address, gas: u64, warm: AccessList) -> (bool, u64, Vec<u8>) {
        let steps = script(&[Step::AskRule(rule, gas, vec![])]);
        let request = CallRequest {
            to: TxKind::Call(probe::ADDRESS),
            input: steps.clone().into(),
            access_list: warm.clone(),
            ..Default::default()
        };
        let environment = environment(self.chain.height);
        let heard = crate::call(&self.chain.spec, &environment, &self.chain.state, &request)
            .expect("all state is in the map");
        let transaction =
            self.person
                .send_with(TxKind::Call(probe::ADDRESS), steps, |transaction| {
                    transaction.access_list = warm;
                });
        let receipt = self.chain.one(transaction);
        (
            receipt.envelope.status(),
            receipt.gas_used,
            heard.output.to_vec(),
        )
    }
}

/// The opener pays for a rule that fails, and never more than the rule's gas.
#[test]
fn failed_rule_costs_its_cap_and_no_more() {
    let mut scene = Scene::new();
    let nothing = scene.deploy(&yes());
    let (_, least, heard) = scene.ask_in_block(nothing, CAP, AccessList::default());
    assert!(is_yes(&heard));
    let fragments = [
        vec![JUMPDEST, PUSH0, JUMP],
        vec![ORIGIN, POP],
        calling(DELEGATECALL, nothing),
        calling(STATICCALL, probe::ADDRESS),
    ];
    for fragment in fragments {
        let rule = scene.deploy(&after(&fragment));
        for gas in [CAP, 4 * CAP] {
            let (status, used, heard) = scene.ask_in_block(rule, gas, AccessList::default());
            assert!(status, "a rule that fails does not fail its opener");
            assert_eq!(heard, [FAILED]);
            assert!(used > gas && used < gas + least + 500, "{used}");
        }
    }
}

/// A rule's verdict is a yes or the transaction halts, whatever gas limit the sender chose.
#[test]
fn gas_limit_never_turns_a_verdict() {
    let mut scene = Scene::new();
    let permits = scene.deploy(&after(&reading(50)));
    let burns = scene.deploy(&after(&[JUMPDEST, PUSH0, JUMP]));
    for (rule, expected) in [(permits, true), (burns, false)] {
        let mut verdicts = Vec::new();
        for gas_limit in (60_000..500_000).step_by(10_000) {
            let request = CallRequest {
                to: TxKind::Call(probe::ADDRESS),
                input: script(&[Step::AskRule(rule, CAP, vec![])]).into(),
                gas_limit: Some(gas_limit),
                ..Default::default()
            };
            let environment = environment(scene.chain.height);
            let chain = &scene.chain;
            let said = crate::call(&chain.spec, &environment, &chain.state, &request)
                .expect("all state is in the map");
            verdicts.extend((!said.output.is_empty()).then(|| is_yes(&said.output)));
        }
        assert!(verdicts.len() > 20 && verdicts.len() < 44, "{verdicts:?}");
        assert!(verdicts.iter().all(|verdict| *verdict == expected));
    }
}

/// A sender who touches a rule's slots beforehand does not make the rule cheaper, and so neither saves nor kills it.
#[test]
fn access_list_never_turns_a_verdict() {
    let mut scene = Scene::new();
    let callee = scene.deploy(&yes());
    let reads = [reading(80), calling(STATICCALL, callee)].concat();
    let rule = scene.deploy(&after(&reads));
    let slots: Vec<_> = (0..80).map(B256::with_last_byte).collect();
    let warm = |address, storage_keys: &[B256]| AccessListItem {
        address,
        storage_keys: storage_keys.to_vec(),
    };
    let list = AccessList(vec![warm(rule, &slots), warm(callee, &[])]);
    let mut flips = 0;
    let mut before = false;
    for gas in (160_000..200_000).step_by(500) {
        let cold = scene.ask_in_block(rule, gas, AccessList::default());
        let warmed = scene.ask_in_block(rule, gas, list.clone());
        assert_eq!(cold.2, warmed.2, "with {gas}");
        flips += u32::from(is_yes(&cold.2) != before);
        before = is_yes(&cold.2);
    }
    assert_eq!(
        flips, 1,
        "the gas is enough from some cap on, and the loop saw it"
    );
}

/// What GAS tells inside a rule is the same however warm state is.
#[test]
fn rule_cannot_tell_by_its_gas_what_was_touched() {
    let mut scene = Scene::new();
    let callee = scene.deploy(&yes());
    let work = [reading(3), calling(STATICCALL, callee), vec![GAS]].concat();
    let rule = scene.deploy(&[work, returning()].concat());
    let (_, _, cold) = scene.ask_in_block(rule, CAP, AccessList::default());
    let slots = (0..3).map(B256::with_last_byte).collect();
    let item = AccessListItem {
        address: rule,
        storage_keys: slots,
    };
    let (_, _, warm) = scene.ask_in_block(rule, CAP, AccessList(vec![item]));
    assert_eq!((cold[0], &cold), (RETURNED, &warm));
    // Prices of first accesses: three slots, one account and its code, and what the machine takes besides.
    let left = U256::from_be_slice(&cold[1..]).to::<u64>();
    assert!((8_900..9_100).contains(&(CAP - left)), "{}", CAP - left);
}
