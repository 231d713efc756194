//! Contracts that serve as rules, most of them hostile: bytecode by hand, asked by a native.

mod bytecode;
mod hostile;
mod prices;
mod reach;

use crate::evm::probe::{self, FAILED, RETURNED, Step, script};
use crate::testing::{Chain, Person};
use alloy_primitives::{Address, TxKind, U256};
use bytecode::{deployment, ignoring, yes};

/// The gas that a rule gets.
const CAP: u64 = 200_000;

/// A chain and someone who deploys.
struct Scene {
    chain: Chain,
    person: Person,
}

impl Scene {
    fn new() -> Self {
        let person = Person::new(1);
        let chain = Chain::of(&[&person]);
        Self { chain, person }
    }

    /// Puts a contract with this code on the chain.
    fn deploy(&mut self, code: &[u8]) -> Address {
        let creation = self.person.send(TxKind::Create, deployment(code));
        let receipt = self.chain.one(creation);
        receipt.contract_address.expect("the contract is deployed")
    }

    /// What a native hears from a rule: tag and data.
    fn answer(&self, rule: Address) -> Vec<u8> {
        let steps = script(&[Step::AskRule(rule, CAP, vec![1, 2, 3, 4])]);
        self.chain.call(probe::ADDRESS, steps).output.to_vec()
    }

    /// Whether a rule with this code is a yes when it is asked, and when it is a rule's callee whose failure the rule ignores.
    fn verdicts(&mut self, code: &[u8]) -> [bool; 2] {
        let rule = self.deploy(code);
        let caller = self.deploy(&ignoring(rule));
        [rule, caller].map(|rule| is_yes(&self.answer(rule)))
    }
}

fn is_yes(answer: &[u8]) -> bool {
    answer == [&[RETURNED][..], &U256::ONE.to_be_bytes::<32>()].concat()
}

/// Code that runs `fragment`, then says yes.
fn after(fragment: &[u8]) -> Vec<u8> {
    [fragment, &yes()].concat()
}
