//! Solidity called by a native contract, and natives called by that.

use crate::evm::probe::{self, FAILED, RETURNED, REVERTED, Step, script};
use crate::testing::{Chain, Person, Policy, Relay};
use alloy_primitives::{Address, Bytes, TxKind, U256, keccak256};
use alloy_sol_types::{SolCall, SolEvent, SolValue};

const GAS: u64 = 200_000;

fn chain() -> (Chain, Person, Address) {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    let policy = chain.deploy(&mut person, "Policy");
    (chain, person, policy)
}

fn ask(policy: Address, call: impl SolCall) -> Step {
    Step::Ask(policy, GAS, call.abi_encode())
}

fn output(chain: &Chain, steps: &[Step]) -> Vec<u8> {
    chain.call(probe::ADDRESS, script(steps)).output.to_vec()
}

#[test]
fn native_asks_a_policy() {
    let (mut chain, mut person, policy) = chain();
    let decide = || {
        ask(
            policy,
            Policy::decideCall {
                subject: U256::from(7),
            },
        )
    };
    assert_eq!(
        output(&chain, &[decide()]),
        [&[RETURNED][..], &U256::ZERO.to_be_bytes::<32>()].concat()
    );
    chain.one(
        person.send(
            TxKind::Call(policy),
            Policy::allowCall {
                subject: U256::from(7),
            }
            .abi_encode(),
        ),
    );
    assert_eq!(
        output(&chain, &[decide()]),
        [&[RETURNED][..], &U256::ONE.to_be_bytes::<32>()].concat()
    );
}

#[test]
fn policy_cannot_write_loop_for_ever_or_answer_at_length() {
    let (mut chain, mut person, policy) = chain();
    assert_eq!(
        output(
            &chain,
            &[ask(
                policy,
                Policy::decideByWritingCall { subject: U256::ONE }
            )]
        ),
        [FAILED]
    );
    assert_eq!(
        output(&chain, &[ask(policy, Policy::decideForEverCall {})]),
        [FAILED]
    );
    assert_eq!(
        output(
            &chain,
            &[ask(
                policy,
                Policy::decideAtLengthCall {
                    length: U256::from(4096)
                }
            )]
        ),
        [FAILED]
    );
    let short = output(
        &chain,
        &[ask(
            policy,
            Policy::decideAtLengthCall {
                length: U256::from(1000),
            },
        )],
    );
    assert_eq!((short[0], short.len()), (RETURNED, 1 + 64 + 1024));
    let unknown = Step::Ask(policy, GAS, vec![1, 2, 3, 4]);
    assert_eq!(output(&chain, &[unknown]), [REVERTED]);
    let writing = script(&[ask(
        policy,
        Policy::decideByWritingCall { subject: U256::ONE },
    )]);
    assert!(
        chain
            .one(person.send(TxKind::Call(probe::ADDRESS), writing))
            .envelope
            .status()
    );
    assert_eq!(chain.slot(policy, 0), U256::ZERO);
}

/// A sender must not choose the answer by choosing the gas.
#[test]
fn policy_gets_all_its_gas_or_the_native_halts() {
    let (chain, mut person, policy) = chain();
    let steps = script(&[
        Step::Store(1, 1),
        ask(policy, Policy::decideCall { subject: U256::ONE }),
        Step::Store(2, 2),
    ]);
    let mut outcomes = Vec::new();
    for gas_limit in (60_000..320_000).step_by(20_000) {
        let transaction =
            person.send_with(TxKind::Call(probe::ADDRESS), steps.clone(), |transaction| {
                transaction.gas_limit = gas_limit
            });
        outcomes.push(chain.clone().one(transaction).envelope.status());
        person.nonce -= 1;
    }
    let first = outcomes
        .iter()
        .position(|status| *status)
        .expect("the most gas is enough");
    assert!(
        first > 5 && outcomes[first..].iter().all(|status| *status),
        "{outcomes:?}"
    );
}

#[test]
fn solidity_native_policy_native_and_back() {
    let (mut chain, mut person, policy) = chain();
    let relay = chain.deploy(&mut person, "Relay");
    chain.one(person.send(TxKind::Call(probe::ADDRESS), script(&[Step::Store(1, 42)])));
    let asking = Policy::decideByAskingCall {
        target: probe::ADDRESS,
        data: script(&[Step::Load(1)]).into(),
    };
    let steps = [
        Step::Store(2, 8),
        ask(policy, asking),
        Step::Store(3, 9),
        Step::Load(2),
    ];
    let input = Relay::relayKeepingMemoryCall {
        target: probe::ADDRESS,
        data: script(&steps).into(),
    }
    .abi_encode();
    let kept = chain.call(relay, input.clone());
    assert_eq!(
        U256::from_be_slice(&kept.output),
        U256::ONE,
        "the caller's memory is as before"
    );
    let receipt = chain.one(person.send(TxKind::Call(relay), input));
    let event = Relay::Relayed::decode_log(&receipt.envelope.logs()[0]).unwrap();
    assert!(event.ok);
    assert_eq!(event.data.data[0], RETURNED);
    let answer = Bytes::abi_decode(&event.data.data[1..event.data.data.len() - 32]).unwrap();
    let (ok, word) = <(bool, Bytes)>::abi_decode_params(&answer).unwrap();
    assert!(ok);
    assert_eq!(U256::from_be_slice(&word), U256::from(42));
    assert_eq!(
        (chain.slot(probe::ADDRESS, 2), chain.slot(probe::ADDRESS, 3)),
        (U256::from(8), U256::from(9))
    );
}

#[test]
fn native_inside_a_policy_cannot_write() {
    let (chain, _, policy) = chain();
    let asking = Policy::decideByAskingCall {
        target: probe::ADDRESS,
        data: script(&[Step::Store(1, 1)]).into(),
    };
    let answer = output(&chain, &[ask(policy, asking)]);
    let answer = Bytes::abi_decode(&answer[1..]).unwrap();
    let (ok, data) = <(bool, Bytes)>::abi_decode_params(&answer).unwrap();
    assert!(!ok && data.is_empty());
}

#[test]
fn policy_with_memory_and_calls_of_its_own_computes_right() {
    let (chain, _, policy) = chain();
    let answer = output(
        &chain,
        &[ask(
            policy,
            Policy::decideInMuchMemoryCall {
                words: U256::from(100),
            },
        )],
    );
    assert_eq!(
        answer,
        [&[RETURNED][..], &U256::from(5050).to_be_bytes::<32>()].concat()
    );
}

/// Probe asks policy, which asks probe, and so on: `levels` natives inside each other.
fn tower(policy: Address, levels: usize) -> Vec<Step> {
    let mut steps = vec![Step::Load(1)];
    for level in 1..levels {
        let data = script(&steps).into();
        let asking = Policy::decideByAskingCall {
            target: probe::ADDRESS,
            data,
        };
        steps = vec![Step::Ask(
            policy,
            200_000 * level as u64,
            asking.abi_encode(),
        )];
    }
    steps
}

/// Whether the innermost native of a tower was reached, and what it said.
fn top(mut answer: Vec<u8>, levels: usize) -> (bool, Vec<u8>) {
    let mut ok = true;
    for _ in 1..levels {
        assert_eq!(answer[0], RETURNED);
        let inner = Bytes::abi_decode(&answer[1..]).unwrap();
        let (reached, data) = <(bool, Bytes)>::abi_decode_params(&inner).unwrap();
        (ok, answer) = (reached, data.to_vec());
    }
    (ok, answer)
}

#[test]
fn eight_natives_stand_in_each_other_and_a_ninth_is_refused() {
    let (chain, _, policy) = chain();
    let eight = output(&chain, &tower(policy, 8));
    assert_eq!(top(eight, 8), (true, vec![0; 32]));
    let nine = output(&chain, &tower(policy, 9));
    assert_eq!(
        top(nine, 9),
        (false, keccak256("NestingTooDeep()")[..4].to_vec())
    );
}

/// A worker thread of an async runtime has 2 MiB.
#[test]
fn deepest_nesting_needs_less_than_half_a_mebibyte_of_stack() {
    let (chain, _, policy) = chain();
    let deepest = move || top(output(&chain, &tower(policy, 8)), 8).0;
    let thread = std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(deepest);
    assert!(thread.unwrap().join().unwrap());
}

#[test]
fn account_without_code_answers_with_nothing() {
    let (chain, person, _) = chain();
    assert_eq!(
        output(&chain, &[Step::Ask(person.address(), GAS, vec![1])]),
        [RETURNED]
    );
}

#[test]
fn native_asks_another_native_and_a_precompile() {
    let (chain, _, _) = chain();
    let native = output(
        &chain,
        &[Step::Ask(probe::ADDRESS, GAS, script(&[Step::Load(9)]))],
    );
    assert_eq!(native, [&[RETURNED][..], &[0; 32]].concat());
    let sha256 = Address::with_last_byte(2);
    let hash = output(&chain, &[Step::Ask(sha256, GAS, b"abc".to_vec())]);
    assert_eq!(hash[1..], *theriac_evidence::digest::sha256(&[b"abc"]));
}
