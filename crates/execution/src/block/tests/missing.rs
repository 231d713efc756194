//! The outcome does not depend on how and when state was loaded.

use crate::block::{ExecuteError, Outcome};
use crate::evm::probe::{self, Step, script};
use crate::testing::{Chain, Counter, Factory, Person, Policy, Relay};
use crate::transaction::{Transaction, TransactionRefusal};
use alloy_primitives::{B256, TxKind, U256};
use alloy_sol_types::SolCall;
use theriac_evidence::state::StateKey;

/// A chain and a block that does a bit of everything.
fn scene() -> (Chain, Vec<Transaction>) {
    let (mut ann, mut bob) = (Person::new(1), Person::new(2));
    let mut chain = Chain::of(&[&ann, &bob]);
    let counter = chain.deploy(&mut ann, "Counter");
    let relay = chain.deploy(&mut ann, "Relay");
    let policy = chain.deploy(&mut bob, "Policy");
    let factory = chain.deploy(&mut bob, "Factory");
    let (from, steps) = (U256::ONE, U256::from(6));
    chain.one(ann.send(
        TxKind::Call(counter),
        Counter::setupCall { from, steps }.abi_encode(),
    ));
    chain.one(ann.send(TxKind::Call(probe::ADDRESS), script(&[Step::Store(1, 1)])));
    let asking = Policy::decideByAskingCall {
        target: probe::ADDRESS,
        data: script(&[Step::Load(1)]).into(),
    };
    let native = script(&[
        Step::Trip(1),
        Step::Ask(policy, 200_000, asking.abi_encode()),
        Step::Store(2, 2),
        Step::Emit(3),
        Step::HasCode(factory),
    ]);
    let call = TxKind::Call;
    let transactions = vec![
        ann.send(
            call(counter),
            Counter::followCall { from, steps }.abi_encode(),
        ),
        bob.send(
            call(relay),
            Relay::relayCall {
                target: probe::ADDRESS,
                data: native.clone().into(),
            }
            .abi_encode(),
        ),
        ann.send(call(counter), Counter::writeThenRevertCall {}.abi_encode()),
        bob.send(
            call(factory),
            Factory::makeAndEndCall { salt: B256::ZERO }.abi_encode(),
        ),
        bob.send(
            call(factory),
            Factory::makeCall { salt: B256::ZERO }.abi_encode(),
        ),
        ann.send(call(probe::ADDRESS), native),
        ann.send(
            call(counter),
            Counter::markCall {
                from: U256::ONE,
                to: U256::from(5),
                value: U256::ZERO,
            }
            .abi_encode(),
        ),
        ann.send(TxKind::Create, crate::testing::code_of("Wallet")),
        ann.send_with(call(Person::new(99).address()), [], |transaction| {
            transaction.value = U256::from(3)
        }),
    ];
    (chain, transactions)
}

/// Executes and loads of the missing keys only those that `choose` picks; it must pick one at least.
fn execute(
    chain: &Chain,
    transactions: &[Transaction],
    choose: &mut dyn FnMut(Vec<StateKey>) -> Vec<StateKey>,
) -> (Outcome, usize) {
    let mut executor = chain.begin();
    let mut rounds = 0;
    for transaction in transactions {
        loop {
            match executor.execute(transaction) {
                Ok(()) => break,
                Err(ExecuteError::Missing(keys)) => {
                    assert!(!keys.is_empty());
                    rounds += 1;
                    for key in choose(keys) {
                        executor.insert(key, chain.state.get(&key).cloned());
                    }
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
    (executor.finish(), rounds)
}

/// A small generator, so that the test needs none from outside (Numerical Recipes' constants).
pub(super) fn random(seed: &mut u64) -> u64 {
    *seed = seed
        .wrapping_mul(6364136223846793005)
        .wrapping_add(1442695040888963407);
    *seed >> 33
}

#[test]
fn loading_order_does_not_change_the_outcome() {
    let (chain, transactions) = scene();
    let (expected, _) = execute(&chain, &transactions, &mut |keys| keys);
    assert!(
        expected
            .receipts
            .iter()
            .filter(|receipt| receipt.envelope.status())
            .count()
            == 8
    );
    for seed in 0..200_u64 {
        let mut state = seed;
        let mut some = |mut keys: Vec<StateKey>| {
            let keep = 1 + random(&mut state) as usize % keys.len();
            while keys.len() > keep {
                let index = random(&mut state) as usize % keys.len();
                keys.swap_remove(index);
            }
            keys
        };
        let (outcome, _) = execute(&chain, &transactions, &mut some);
        assert_eq!(outcome, expected, "seed {seed}");
    }
}

#[test]
fn state_loaded_beforehand_gives_the_same_outcome() {
    let (chain, transactions) = scene();
    let (expected, _) = execute(&chain, &transactions, &mut |keys| keys);
    let mut executor = chain.begin();
    for (key, value) in &chain.state {
        executor.insert(*key, Some(value.clone()));
    }
    for transaction in &transactions {
        chain.execute(&mut executor, transaction).unwrap();
    }
    assert_eq!(executor.finish(), expected);
}

#[test]
fn many_keys_are_found_in_one_round() {
    let mut person = Person::new(1);
    let chain = Chain::of(&[&person]);
    let many = person.send(TxKind::Call(probe::ADDRESS), script(&[Step::StoreMany(80)]));
    let (_, rounds) = execute(&chain, core::slice::from_ref(&many), &mut |keys| keys);
    assert!(rounds <= 4, "{rounds} rounds");
    let (_, one_by_one) = execute(&chain, &[many], &mut |keys| vec![keys[0]]);
    assert!(one_by_one > 80);
}

#[test]
fn refusal_waits_for_the_state_that_decides() {
    let person = Person::new(1);
    let chain = Chain::of(&[&person]);
    let mut late = Person::new(1);
    late.nonce = 4;
    let transaction = late.send(TxKind::Call(probe::ADDRESS), []);
    let mut executor = chain.begin();
    assert!(matches!(
        executor.execute(&transaction),
        Err(ExecuteError::Missing(_))
    ));
    let refused = ExecuteError::Refused(TransactionRefusal::NonceTooHigh {
        got: 4,
        expected: 0,
    });
    assert_eq!(chain.execute(&mut executor, &transaction), Err(refused));
}

#[test]
fn damaged_state_is_a_failure_and_no_result() {
    let mut person = Person::new(1);
    let chain = Chain::of(&[&person]);
    let key = StateKey::account(&person.address());
    let mut executor = chain.begin();
    executor.insert(key, Some(vec![0xff].into()));
    let transaction = person.send(TxKind::Call(probe::ADDRESS), []);
    assert!(matches!(
        chain.execute(&mut executor, &transaction),
        Err(ExecuteError::Failed(_))
    ));
}

/// Each mark names the next, so that each attempt finds one key more.
fn chain_of_marks(marks: u64) -> (Chain, Person, alloy_primitives::Address) {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    let counter = chain.deploy(&mut person, "Counter");
    let steps = U256::from(marks);
    let setup = Counter::setupCall {
        from: U256::ONE,
        steps,
    }
    .abi_encode();
    let setup = person.send_with(TxKind::Call(counter), setup, |transaction| {
        transaction.gas_limit = 60_000_000
    });
    assert!(chain.one(setup).envelope.status());
    (chain, person, counter)
}

fn follow(person: &mut Person, counter: alloy_primitives::Address, steps: u64) -> Transaction {
    let call = Counter::followCall {
        from: U256::ONE,
        steps: U256::from(steps),
    }
    .abi_encode();
    person.send_with(TxKind::Call(counter), call, |transaction| {
        transaction.gas_limit = 3_000_000
    })
}

#[test]
fn dependent_reads_are_followed_to_a_bound() {
    let (chain, mut person, counter) = chain_of_marks(1_000);
    let short = follow(&mut person, counter, 100);
    let mut executor = chain.begin();
    chain.execute(&mut executor, &short).unwrap();
    assert!(executor.finish().receipts[0].envelope.status());
    person.nonce -= 1;
    let long = follow(&mut person, counter, 1_000);
    let mut executor = chain.begin();
    let refused = Err(ExecuteError::Refused(TransactionRefusal::TooManyRounds));
    assert_eq!(chain.execute(&mut executor, &long), refused);
    let mut loaded = chain.begin();
    for (key, value) in &chain.state {
        loaded.insert(*key, Some(value.clone()));
    }
    assert_eq!(
        chain.execute(&mut loaded, &long),
        refused,
        "what was loaded beforehand gives no advantage"
    );
}

/// What a proposer tried and gave up must not help what it includes afterwards: validators never saw it.
#[test]
fn transaction_given_up_leaves_nothing_visible() {
    let (chain, mut person, counter) = chain_of_marks(1_000);
    let long = follow(&mut person, counter, 1_000);
    let mut stranger = Person::new(9);
    let strange = stranger.send(
        TxKind::Call(counter),
        Counter::followCall {
            from: U256::ONE,
            steps: U256::from(3),
        }
        .abi_encode(),
    );
    person.nonce -= 1;
    let middle = follow(&mut person, counter, 100);
    let mut proposer = chain.begin();
    chain.execute(&mut proposer, &long).unwrap_err();
    chain.execute(&mut proposer, &strange).unwrap_err();
    let mut validator = chain.begin();
    let rounds = |executor: &mut crate::Executor| {
        let mut rounds = 0;
        while let Err(ExecuteError::Missing(keys)) = executor.execute(&middle) {
            rounds += 1;
            keys.iter()
                .for_each(|key| executor.insert(*key, chain.state.get(key).cloned()));
        }
        rounds
    };
    assert!(rounds(&mut validator) > 100);
    assert!(
        rounds(&mut proposer) < 5,
        "loaded it is, and tried again as often"
    );
    assert_eq!(proposer.work(), validator.work());
    assert_eq!(proposer.finish(), validator.finish());
}
