//! Native contracts called by an account and by Solidity.

use crate::evm::probe::{self, Step, script};
use crate::testing::{Chain, Person, Relay};
use alloy_primitives::{Address, B256, TxKind, U256, keccak256};
use alloy_sol_types::{SolCall, SolEvent};
use theriac_evidence::addresses::MARKER_CODE;

fn chain() -> (Chain, Person, Address) {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    let relay = chain.deploy(&mut person, "Relay");
    (chain, person, relay)
}

fn relay(steps: &[Step]) -> Vec<u8> {
    Relay::relayCall {
        target: probe::ADDRESS,
        data: script(steps).into(),
    }
    .abi_encode()
}

/// What the relay saw of its call: success and data.
fn relayed(receipt: &crate::ExecutedReceipt) -> (bool, Vec<u8>) {
    let log = receipt.envelope.logs().last().expect("the relay emits");
    let event = Relay::Relayed::decode_log(log).expect("the last log is the relay's");
    (event.ok, event.data.data.to_vec())
}

#[test]
fn account_calls_a_native() {
    let (mut chain, mut person, _) = chain();
    let receipt = chain.one(person.send(
        TxKind::Call(probe::ADDRESS),
        script(&[Step::Store(3, 9), Step::Emit(4)]),
    ));
    assert!(receipt.envelope.status());
    assert_eq!(chain.slot(probe::ADDRESS, 3), U256::from(9));
    let log = &receipt.envelope.logs()[0];
    assert_eq!(
        (log.address, log.topics()),
        (probe::ADDRESS, [B256::with_last_byte(4)].as_slice())
    );
    let read = chain.call(probe::ADDRESS, script(&[Step::Load(3)]));
    assert_eq!(U256::from_be_slice(&read.output), U256::from(9));
}

#[test]
fn solidity_calls_a_native() {
    let (mut chain, mut person, relayer) = chain();
    let input = relay(&[
        Step::Store(1, 5),
        Step::Load(1),
        Step::HasCode(relayer),
        Step::HasCode(person.address()),
    ]);
    let receipt = chain.one(person.send(TxKind::Call(relayer), input));
    let (ok, data) = relayed(&receipt);
    assert!(ok);
    assert_eq!(U256::from_be_slice(&data[..32]), U256::from(5));
    assert_eq!(data[32..], [1, 0]);
    assert_eq!(chain.slot(probe::ADDRESS, 1), U256::from(5));
}

#[test]
fn native_refusal_reaches_solidity_as_revert_data() {
    let (mut chain, mut person, relayer) = chain();
    let receipt = chain.one(person.send(
        TxKind::Call(relayer),
        relay(&[
            Step::Store(1, 5),
            Step::Emit(1),
            Step::Load(1),
            Step::Revert,
        ]),
    ));
    assert!(receipt.envelope.status());
    let (ok, data) = relayed(&receipt);
    assert!(!ok);
    assert_eq!(U256::from_be_slice(&data), U256::from(5));
    assert_eq!(
        receipt.envelope.logs().len(),
        1,
        "the native's log is rolled back"
    );
    assert_eq!(chain.slot(probe::ADDRESS, 1), U256::ZERO);
}

#[test]
fn caller_that_reverts_takes_the_natives_writes_and_logs_back() {
    let (mut chain, mut person, relayer) = chain();
    let data = script(&[Step::Store(1, 5), Step::Emit(1)]).into();
    let input = Relay::relayThenRevertCall {
        target: probe::ADDRESS,
        data,
    }
    .abi_encode();
    let receipt = chain.one(person.send(TxKind::Call(relayer), input));
    assert!(!receipt.envelope.status() && receipt.envelope.logs().is_empty());
    assert_eq!(chain.slot(probe::ADDRESS, 1), U256::ZERO);
}

#[test]
fn native_cannot_write_in_a_static_call() {
    let (mut chain, mut person, relayer) = chain();
    for steps in [vec![Step::Store(1, 5)], vec![Step::Emit(1)]] {
        let data = script(&steps).into();
        let input = Relay::relayStaticCall {
            target: probe::ADDRESS,
            data,
        }
        .abi_encode();
        let receipt = chain.one(person.send(TxKind::Call(relayer), input));
        assert_eq!(relayed(&receipt), (false, Vec::new()));
    }
    assert_eq!(chain.slot(probe::ADDRESS, 1), U256::ZERO);
    let data = script(&[Step::Load(1)]).into();
    let input = Relay::relayStaticCall {
        target: probe::ADDRESS,
        data,
    }
    .abi_encode();
    assert!(relayed(&chain.one(person.send(TxKind::Call(relayer), input))).0);
}

#[test]
fn native_learns_of_delegatecall_and_value() {
    let (mut chain, mut person, relayer) = chain();
    let data = script(&[Step::Store(1, 5)]).into();
    let input = Relay::relayDelegateCall {
        target: probe::ADDRESS,
        data,
    }
    .abi_encode();
    let receipt = chain.one(person.send(TxKind::Call(relayer), input));
    assert_eq!(relayed(&receipt), (false, b"not direct".to_vec()));
    let paying = person.send_with(
        TxKind::Call(relayer),
        relay(&[Step::Store(1, 5)]),
        |transaction| {
            transaction.value = U256::from(3);
        },
    );
    assert_eq!(relayed(&chain.one(paying)), (false, b"value".to_vec()));
    assert_eq!(chain.account(probe::ADDRESS).unwrap().balance, U256::ZERO);
    assert_eq!(chain.slot(relayer, 1), U256::ZERO);
}

/// Every contract of the ledger says the same: `DelegateCallNotAllowed`, `ValueNotAccepted`.
#[test]
fn ledger_contracts_refuse_delegatecall_and_value() {
    use theriac_contracts::Refusal;
    let (mut chain, mut person, relayer) = chain();
    for native in theriac_contracts::natives() {
        let input = Relay::relayDelegateCall {
            target: native.address,
            data: vec![1; 4].into(),
        }
        .abi_encode();
        let receipt = chain.one(person.send(TxKind::Call(relayer), input));
        assert_eq!(
            relayed(&receipt),
            (false, Refusal::DelegateCallNotAllowed.selector().to_vec()),
            "{}",
            native.name
        );
        let paying = person.send_with(TxKind::Call(native.address), vec![1; 4], |transaction| {
            transaction.value = U256::ONE;
        });
        assert!(!chain.one(paying).envelope.status());
        assert_eq!(chain.account(native.address).unwrap().balance, U256::ZERO);
    }
}

#[test]
fn native_without_gas_halts_and_writes_nothing() {
    let (mut chain, mut person, _) = chain();
    let many = script(&[Step::StoreMany(200)]);
    let starved = person.send_with(TxKind::Call(probe::ADDRESS), many.clone(), |transaction| {
        transaction.gas_limit = 500_000;
    });
    let receipt = chain.one(starved);
    assert!(!receipt.envelope.status());
    assert_eq!(receipt.gas_used, 500_000);
    assert_eq!(chain.slot(probe::ADDRESS, 1000), U256::ZERO);
    let fed = person.send_with(TxKind::Call(probe::ADDRESS), many, |transaction| {
        transaction.gas_limit = 6_000_000
    });
    assert!(chain.one(fed).envelope.status());
    assert_eq!(chain.slot(probe::ADDRESS, 1199), U256::ONE);
}

#[test]
fn storage_costs_a_native_what_it_costs_solidity() {
    let (mut chain, mut person, _) = chain();
    let used = |chain: &mut Chain, person: &mut Person, steps: &[Step]| {
        chain
            .one(person.send(TxKind::Call(probe::ADDRESS), script(steps)))
            .gas_used
    };
    let base = used(&mut chain, &mut person, &[]);
    assert_eq!(base, 21_000);
    let input = |steps: &[Step]| {
        script(steps)
            .iter()
            .map(|byte| if *byte == 0 { 4 } else { 16 })
            .sum::<u64>()
    };
    // EIP-2200 and EIP-2929: cold slot from zero 22,100; from a value 5,000; unchanged 2,200; to zero with refund 4,800.
    for (steps, cost) in [
        (vec![Step::Store(1, 5)], 22_100),
        (vec![Step::Store(1, 6)], 5_000),
        (vec![Step::Store(1, 6)], 2_200),
        (vec![Step::Load(1)], 2_100),
        (vec![Step::Load(1), Step::Load(1)], 2_100 + 100),
        (
            vec![Step::Store(1, 7), Step::Store(1, 6)],
            5_000 + 100 - 2_800,
        ),
        (vec![Step::Emit(1)], 375 + 375 + 8 * 4),
    ] {
        assert_eq!(
            used(&mut chain, &mut person, &steps),
            base + input(&steps) + cost,
            "{steps:?}"
        );
    }
    let cleared = used(&mut chain, &mut person, &[Step::Store(1, 0)]);
    assert_eq!(cleared, base + input(&[Step::Store(1, 0)]) + 5_000 - 4_800);
}

#[test]
fn natives_keep_their_account_whatever_touches_them() {
    let (mut chain, mut person, relayer) = chain();
    for address in theriac_contracts::addresses()
        .iter()
        .chain([&probe::ADDRESS])
    {
        let before = chain
            .account(*address)
            .expect("a native has an account from genesis on");
        assert_eq!(
            (before.nonce, before.code_hash),
            (1, keccak256(&MARKER_CODE))
        );
        let input = Relay::relayCall {
            target: *address,
            data: Default::default(),
        }
        .abi_encode();
        for _ in 0..3 {
            chain.one(person.send(TxKind::Call(relayer), input.clone()));
            chain.one(person.send(TxKind::Call(probe::ADDRESS), script(&[Step::Store(1, 5)])));
        }
        assert_eq!(chain.account(*address), Some(before));
    }
    assert_eq!(chain.slot(probe::ADDRESS, 1), U256::from(5));
}
