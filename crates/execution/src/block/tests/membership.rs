//! What a vote changes counts from the next transaction of the same block on.

use crate::testing::{Chain, Person};
use crate::transaction::Transaction;
use crate::{ExecuteError, TransactionRefusal};
use alloy_primitives::{Address, TxKind};
use alloy_sol_types::SolCall;
use theriac_contracts::addresses::{DIRECTORY, MEMBERS};
use theriac_contracts::interfaces::{IDirectory, IMembers};

fn send(person: &mut Person, call: impl SolCall) -> Transaction {
    person.send(TxKind::Call(MEMBERS), call.abi_encode())
}

/// The vote of the one validator there is, which decides.
fn accept(person: &mut Person, proposal: u64) -> Transaction {
    send(
        person,
        IMembers::voteCall {
            proposal,
            support: true,
        },
    )
}

/// Something that a member's admin account may send.
fn act(person: &mut Person) -> Transaction {
    let call = IDirectory::endCall {
        person: Address::repeat_byte(9),
    };
    person.send(TxKind::Call(DIRECTORY), call.abi_encode())
}

#[test]
fn organisation_may_send_from_its_admission_until_its_removal_in_the_same_block() {
    let (mut founder, mut newcomer) = (Person::new(1), Person::new(3));
    let chain = Chain::of(&[&founder]);
    let mut executor = chain.begin();
    let refused = Err(ExecuteError::from(TransactionRefusal::NotEnrolled));
    let early = act(&mut newcomer.clone());
    assert_eq!(chain.execute(&mut executor, &early), refused);
    let admit = send(
        &mut founder,
        IMembers::proposeAdmitCall {
            name: "Pharmacy".into(),
            kind: 3,
            admin: newcomer.address(),
            gasPerBlock: 100_000_000,
        },
    );
    for transaction in [admit, accept(&mut founder, 0), act(&mut newcomer)] {
        chain.execute(&mut executor, &transaction).unwrap();
    }
    let remove = send(
        &mut founder,
        IMembers::proposeRemoveCall { organisation: 2 },
    );
    for transaction in [remove, accept(&mut founder, 1)] {
        chain.execute(&mut executor, &transaction).unwrap();
    }
    assert_eq!(chain.execute(&mut executor, &act(&mut newcomer)), refused);
    let receipts = executor.finish().receipts;
    let succeeded = |index: usize| receipts[index].envelope.status();
    assert!([0, 1, 3, 4].into_iter().all(succeeded));
}

#[test]
fn quota_that_was_voted_counts_at_once() {
    let (mut founder, mut other) = (Person::new(1), Person::new(2));
    let quotas = [
        (founder.address(), 200_000_000),
        (other.address(), 200_000_000),
    ];
    let chain = Chain::with_quotas(&quotas);
    let mut executor = chain.begin();
    let quota = send(
        &mut founder,
        IMembers::proposeQuotaCall {
            organisation: 2,
            gasPerBlock: 7,
        },
    );
    for transaction in [quota, accept(&mut founder, 0)] {
        chain.execute(&mut executor, &transaction).unwrap();
    }
    let refused = chain.execute(&mut executor, &act(&mut other));
    assert!(matches!(
        refused,
        Err(ExecuteError::Refused(TransactionRefusal::QuotaExhausted {
            left: 7,
            ..
        }))
    ));
}
