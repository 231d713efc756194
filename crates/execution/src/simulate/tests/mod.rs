//! Simulations agree with what transactions do.

use super::{CallRequest, Ending, Estimate, create_access_list, estimate};
use crate::block::ExecuteError;
use crate::evm::probe::{self, Step, script};
use crate::state::{Lookup, StateSource};
use crate::testing::{Chain, Counter, Person, Policy, Relay, environment};
use crate::transaction::TransactionRefusal;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256};
use alloy_sol_types::{SolCall, SolError};
use theriac_evidence::state::StateKey;

fn chain() -> (Chain, Person, Address) {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    let counter = chain.deploy(&mut person, "Counter");
    (chain, person, counter)
}

fn request(to: Address, input: impl Into<Bytes>) -> CallRequest {
    CallRequest {
        to: TxKind::Call(to),
        input: input.into(),
        ..CallRequest::default()
    }
}

fn estimated(chain: &Chain, request: &CallRequest) -> Estimate {
    estimate(
        &chain.spec,
        &environment(chain.height),
        &chain.state,
        request,
    )
    .unwrap()
}

/// A transaction with the estimated gas succeeds, and the estimate is near what is needed.
fn succeeds_as_estimated(chain: &Chain, person: &Person, to: Address, input: Vec<u8>) -> u64 {
    let mut request = request(to, input.clone());
    request.from = person.address();
    let Estimate::Gas(gas) = estimated(chain, &request) else {
        panic!("the call succeeds")
    };
    let send = |gas_limit: u64| {
        let transaction =
            person
                .clone()
                .send_with(TxKind::Call(to), input.clone(), |transaction| {
                    transaction.gas_limit = gas_limit
                });
        chain.clone().one(transaction).envelope.status()
    };
    assert!(send(gas), "the estimate {gas} is enough");
    assert!(
        gas < 21_100 || !send(gas - gas / 50 - 1),
        "the estimate {gas} is near the least"
    );
    gas
}

#[test]
fn call_leaves_no_trace_and_gives_revert_data() {
    let (chain, _, counter) = chain();
    let twice = [
        chain.call(counter, Counter::incrementCall {}.abi_encode()),
        chain.call(counter, Counter::incrementCall {}.abi_encode()),
    ];
    assert_eq!(twice[0], twice[1]);
    assert_eq!(
        (&twice[0].ending, twice[0].logs.len()),
        (&Ending::Returned, 1)
    );
    let reverted = chain.call(counter, Counter::writeThenRevertCall {}.abi_encode());
    assert_eq!(reverted.ending, Ending::Reverted);
    assert_eq!(
        Counter::Refused::abi_decode(&reverted.output)
            .unwrap()
            .count,
        U256::ONE
    );
    let mut starved = request(counter, Counter::burnCall {}.abi_encode());
    starved.gas_limit = Some(100_000);
    let halted = super::call(
        &chain.spec,
        &environment(chain.height),
        &chain.state,
        &starved,
    )
    .unwrap();
    assert!(
        matches!(halted.ending, Ending::Halted(ref reason) if reason.contains("OutOfGas")),
        "{halted:?}"
    );
    assert_eq!(halted.gas_used, 100_000);
}

#[test]
fn anybody_may_be_the_sender_of_a_call() {
    let (chain, _, counter) = chain();
    for from in [
        Address::ZERO,
        counter,
        probe::ADDRESS,
        Person::new(9).address(),
    ] {
        let mut request = request(counter, Counter::countCall {}.abi_encode());
        request.from = from;
        let simulated = super::call(
            &chain.spec,
            &environment(chain.height),
            &chain.state,
            &request,
        )
        .unwrap();
        assert_eq!(simulated.ending, Ending::Returned);
    }
    let mut rich = request(counter, []);
    rich.value = U256::ONE;
    let refused = super::call(&chain.spec, &environment(chain.height), &chain.state, &rich);
    assert_eq!(
        refused,
        Err(ExecuteError::Refused(TransactionRefusal::BalanceTooLow))
    );
}

#[test]
fn estimates_are_enough_and_near_the_least() {
    let (mut chain, mut person, counter) = chain();
    let policy = chain.deploy(&mut person, "Policy");
    let relay = chain.deploy(&mut person, "Relay");
    succeeds_as_estimated(
        &chain,
        &person,
        counter,
        Counter::incrementCall {}.abi_encode(),
    );
    succeeds_as_estimated(
        &chain,
        &person,
        probe::ADDRESS,
        script(&[Step::Store(1, 1), Step::Emit(1)]),
    );
    let asking = Step::Ask(
        policy,
        200_000,
        Policy::decideCall { subject: U256::ONE }.abi_encode(),
    );
    let direct = succeeds_as_estimated(
        &chain,
        &person,
        probe::ADDRESS,
        script(core::slice::from_ref(&asking)),
    );
    assert!(
        direct > 200_000,
        "the policy's whole allowance must be there"
    );
    let data = script(&[asking]).into();
    let call = Relay::relayOrRevertCall {
        target: probe::ADDRESS,
        data,
    };
    let through = succeeds_as_estimated(&chain, &person, relay, call.abi_encode());
    assert!(through > direct, "a 64th stays behind at each call");
    assert_eq!(
        estimated(&chain, &request(Person::new(8).address(), [])),
        Estimate::Gas(21_000)
    );
}

#[test]
fn estimate_of_what_never_succeeds_says_why() {
    let (chain, _, counter) = chain();
    let reverting = request(probe::ADDRESS, script(&[Step::Load(1), Step::Revert]));
    assert_eq!(
        estimated(&chain, &reverting),
        Estimate::Reverted(B256::ZERO.into())
    );
    let mut endless = request(counter, Counter::burnCall {}.abi_encode());
    endless.gas_limit = Some(1_000_000);
    assert!(matches!(estimated(&chain, &endless), Estimate::Halted(_)));
}

#[test]
fn access_list_names_what_natives_and_contracts_touch() {
    let (mut chain, mut person, counter) = chain();
    let relay = chain.deploy(&mut person, "Relay");
    let data = script(&[Step::Load(3), Step::HasCode(counter)]).into();
    let call = Relay::relayCall {
        target: probe::ADDRESS,
        data,
    }
    .abi_encode();
    let listed = create_access_list(
        &chain.spec,
        &environment(chain.height),
        &chain.state,
        &request(relay, call),
    )
    .unwrap();
    let names: Vec<_> = listed
        .access_list
        .0
        .iter()
        .map(|item| (item.address, item.storage_keys.clone()))
        .collect();
    assert!(names.contains(&(counter, Vec::new())));
    assert!(names.contains(&(probe::ADDRESS, vec![B256::with_last_byte(3)])));
    assert!(!names.iter().any(|(address, _)| *address == relay));
    assert_eq!(listed.simulated.ending, Ending::Returned);
}

/// A source that knows only what it was given.
struct Partial(std::collections::HashMap<StateKey, Option<Bytes>>);

impl StateSource for Partial {
    fn get(&self, key: &StateKey) -> Lookup {
        self.0
            .get(key)
            .cloned()
            .map_or(Lookup::Missing, Lookup::Value)
    }
}

#[test]
fn call_reports_what_its_source_lacks() {
    let (chain, _, counter) = chain();
    let request = request(counter, Counter::incrementCall {}.abi_encode());
    let mut source = Partial(Default::default());
    let mut rounds = 0;
    let simulated = loop {
        match super::call(&chain.spec, &environment(chain.height), &source, &request) {
            Err(ExecuteError::Missing(keys)) => {
                rounds += 1;
                source.0.extend(
                    keys.into_iter()
                        .map(|key| (key, chain.state.get(&key).cloned())),
                );
            }
            result => break result.unwrap(),
        }
    };
    assert!((2..6).contains(&rounds));
    assert_eq!(
        simulated,
        super::call(
            &chain.spec,
            &environment(chain.height),
            &chain.state,
            &request
        )
        .unwrap()
    );
}

#[test]
fn contracts_answer_questions_without_a_call() {
    let (chain, person, _) = chain();
    let ask = |account| {
        super::view(
            &chain.spec,
            &environment(chain.height),
            &chain.state,
            |host| theriac_contracts::may_send(host, account),
        )
    };
    assert_eq!(
        ask(person.address()),
        Ok(Some(theriac_contracts::OrganisationId(1)))
    );
    assert_eq!(ask(Person::new(9).address()), Ok(None));
}

#[test]
fn a_question_that_finds_a_guess_impossible_is_asked_again() {
    let (chain, ..) = chain();
    let asked = super::view(
        &chain.spec,
        &environment(chain.height),
        &chain.state,
        |host| {
            let seats = theriac_contracts::committee(host)?;
            assert!(!seats.is_empty(), "the network has a validator");
            Ok(seats.len())
        },
    );
    assert!(asked.is_ok_and(|seats| seats > 0));
}
