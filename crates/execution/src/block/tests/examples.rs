//! The example rules of `solidity/rules`, as compiled there, asked as the ledger asks a rule.

mod cardiologists;
mod cohort;
mod deny_list;
mod emergency;
mod insurer;
mod limits;

use crate::evm::probe::{self, RETURNED, Step, script};
use crate::testing::{Chain, Person, example};
use alloy_primitives::{Address, B256, TxKind, U256};
use alloy_sol_types::SolCall;
use theriac_contracts::codes::{Kind, Kinds, Purpose, Role};
use theriac_contracts::interfaces::IAccessRule::{AccessRequest, admitsCall};

/// The network's default.
const RULE_GAS: u64 = 500_000;
/// Tuesday, 2027-01-12, 09:30:00 UTC.
const TUESDAY: u64 = 1_799_746_200;
const DAY: u64 = 86_400;
const READER: Address = Address::repeat_byte(0x11);
const STRANGER: Address = Address::repeat_byte(0x22);

/// A chain and someone who deploys rules.
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

    /// Deploys the example `name` with encoded arguments; `None` when its constructor refuses them.
    fn deploy(&mut self, name: &str, arguments: Vec<u8>) -> Option<Address> {
        let code = [example(name), arguments].concat();
        let creation = self.person.send_with(TxKind::Create, code, |transaction| {
            transaction.gas_limit = 10_000_000;
        });
        let receipt = self.chain.one(creation);
        receipt
            .contract_address
            .filter(|_| receipt.envelope.status())
    }

    /// Whether the rule admits this request, in the eyes of a native contract.
    fn admits(&self, rule: Address, request: AccessRequest) -> bool {
        let input = admitsCall { request }.abi_encode();
        let steps = script(&[Step::AskRule(rule, RULE_GAS, input)]);
        let said = self.chain.call(probe::ADDRESS, steps).output;
        said[..] == [&[RETURNED][..], &U256::ONE.to_be_bytes::<32>()].concat()
    }

    /// Sends a call of the rule itself; whether it succeeded.
    fn send(&mut self, person: &mut Person, rule: Address, call: impl SolCall) -> bool {
        let transaction = person.send(TxKind::Call(rule), call.abi_encode());
        self.chain.one(transaction).envelope.status()
    }
}

/// A physician of organisation 2 who asks for two laboratory records for treatment, on a Tuesday at half past nine.
fn request() -> AccessRequest {
    AccessRequest {
        chart: B256::repeat_byte(0xc1),
        records: vec![B256::repeat_byte(0xe1), B256::repeat_byte(0xe2)],
        requester: READER,
        organisation: 2,
        role: Role::Physician.code(),
        purpose: Purpose::Treatment.code(),
        kinds: Kind::Laboratory.bit().0,
        time: TUESDAY,
    }
}

/// Something that is changed in a request, and what it is called.
type Change = (&'static str, fn(&mut AccessRequest));

/// Each of these changes alone turns the yes to `good` into a no.
#[track_caller]
fn each_turns_a_yes_into_a_no(
    scene: &Scene,
    rule: Address,
    good: &AccessRequest,
    changes: &[Change],
) {
    assert!(scene.admits(rule, good.clone()));
    for (name, change) in changes {
        let mut changed = good.clone();
        change(&mut changed);
        assert!(!scene.admits(rule, changed), "{name}");
    }
}

/// The mask of some kinds.
fn kinds(kinds: &[Kind]) -> u32 {
    kinds.iter().copied().collect::<Kinds>().0
}
