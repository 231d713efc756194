//! The contracts of the ledger on this machine: a record from its chart to its opening.

use crate::testing::{Chain, Person, Relay, Wallet, environment};
use crate::transaction::Transaction;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256};
use alloy_sol_types::SolCall;
use theriac_contracts::Refusal;
use theriac_contracts::addresses::{ACCESS, DIRECTORY, RECORDS};
use theriac_contracts::codes::{Purpose, Role};
use theriac_contracts::interfaces::{IAccess, IDirectory, IRecords};

const CHART: B256 = B256::repeat_byte(0xc1);
const RECORD: B256 = B256::repeat_byte(0xc2);
const WRAP: B256 = B256::repeat_byte(0xc3);

/// A hospital with a physician, a clinic with a physician, and a patient whose account is a contract wallet.
struct Scene {
    chain: Chain,
    author: Person,
    reader: Person,
    /// Holds the key of the wallet.
    patient: Person,
    wallet: Address,
}

fn to(contract: Address, call: impl SolCall) -> (TxKind, Bytes) {
    (TxKind::Call(contract), call.abi_encode().into())
}

fn send(person: &mut Person, contract: Address, call: impl SolCall) -> Transaction {
    let (to, input) = to(contract, call);
    person.send(to, input)
}

fn enrol(person: Address, role: Role) -> IDirectory::enrolCall {
    IDirectory::enrolCall {
        person,
        role: role.code(),
        expiry: environment(1).time_ms / 1000 + 1_000_000,
        nameCommitment: B256::repeat_byte(1),
        licenceCommitment: B256::repeat_byte(2),
    }
}

fn register(record: B256) -> IRecords::registerCall {
    IRecords::registerCall {
        record,
        chart: CHART,
        commitment: B256::repeat_byte(4),
        contentId: B256::repeat_byte(5),
        wrapId: B256::repeat_byte(6),
        kind: 1,
        protection: 1,
    }
}

fn succeeds(chain: &mut Chain, transaction: Transaction) -> crate::ExecutedReceipt {
    let environment = transaction.environment();
    let to = environment.kind.to().copied().expect("a call");
    let simulated = chain.call_from(transaction.sender, to, environment.data.clone());
    let receipt = chain.one(transaction);
    assert!(
        receipt.envelope.status(),
        "{simulated:?} {:?}",
        Refusal::from_revert(&simulated.output)
    );
    receipt
}

fn scene() -> Scene {
    let (mut hospital, mut clinic) = (Person::new(1), Person::new(2));
    let (mut author, reader, mut patient) = (Person::new(3), Person::new(4), Person::new(5));
    let mut chain = Chain::of(&[&hospital, &clinic]);
    for (person, role) in [
        (author.address(), Role::Physician),
        (patient.address(), Role::Patient),
    ] {
        succeeds(
            &mut chain,
            send(&mut hospital, DIRECTORY, enrol(person, role)),
        );
    }
    succeeds(
        &mut chain,
        send(
            &mut clinic,
            DIRECTORY,
            enrol(reader.address(), Role::Physician),
        ),
    );
    let wallet = chain.deploy(&mut patient, "Wallet");
    succeeds(
        &mut chain,
        send(&mut hospital, DIRECTORY, enrol(wallet, Role::Patient)),
    );
    succeeds(
        &mut chain,
        send(
            &mut author,
            RECORDS,
            IRecords::openChartCall {
                chart: CHART,
                controller: wallet,
            },
        ),
    );
    succeeds(&mut chain, send(&mut author, RECORDS, register(RECORD)));
    Scene {
        chain,
        author,
        reader,
        patient,
        wallet,
    }
}

/// The reader asks; the request waits.
fn request(scene: &mut Scene) -> B256 {
    let call = IAccess::requestCall {
        chart: CHART,
        record: RECORD,
        purpose: Purpose::Treatment.code(),
        kinds: 0,
        reason: B256::repeat_byte(7),
        key: B256::repeat_byte(8),
        expiry: environment(scene.chain.height).time_ms / 1000 + 10_000,
    };
    let preview = scene
        .chain
        .clone()
        .call_from(scene.reader.address(), ACCESS, call.abi_encode());
    let id = IAccess::requestCall::abi_decode_returns(&preview.output)
        .unwrap()
        .id;
    succeeds(&mut scene.chain, send(&mut scene.reader, ACCESS, call));
    id
}

fn approval(scene: &Scene, id: B256, signer: &Person) -> IAccess::approveSignedCall {
    let nonce = U256::from(77);
    let digest = scene.chain.call_from(
        scene.wallet,
        ACCESS,
        IAccess::approvalDigestCall {
            id,
            wrap: WRAP,
            nonce,
        }
        .abi_encode(),
    );
    let signature = signer.sign_digest(B256::from_slice(&digest.output));
    IAccess::approveSignedCall {
        id,
        wrap: WRAP,
        nonce,
        signature: signature.as_bytes().to_vec().into(),
    }
}

#[test]
fn contract_wallet_approves_through_whoever_relays_it() {
    let mut scene = scene();
    let id = request(&mut scene);
    let open = IAccess::openCall { id, record: RECORD };
    let refused = scene
        .chain
        .call_from(scene.reader.address(), ACCESS, open.abi_encode());
    assert_eq!(refused.output[..], Refusal::NotYetGranted.selector());
    let forged = approval(&scene, id, &scene.reader.clone());
    let receipt = scene.chain.one(send(&mut scene.reader, ACCESS, forged));
    assert!(
        !receipt.envelope.status(),
        "the wallet does not know the reader's key"
    );
    let approved = approval(&scene, id, &scene.patient.clone());
    succeeds(&mut scene.chain, send(&mut scene.reader, ACCESS, approved));
    succeeds(&mut scene.chain, send(&mut scene.reader, ACCESS, open));
    let length = scene.chain.call_from(
        scene.wallet,
        ACCESS,
        IAccess::logLengthCall { chart: CHART }.abi_encode(),
    );
    assert_eq!(
        U256::from_be_slice(&length.output),
        U256::from(3),
        "requested, approved, opened"
    );
}

/// Account, wallet in Solidity, native; the native sees the wallet as its caller.
#[test]
fn contract_wallet_acts_on_its_own_chart() {
    let mut scene = scene();
    let id = request(&mut scene);
    let deny = IAccess::denyCall { id }.abi_encode();
    let execute = Wallet::executeCall {
        target: ACCESS,
        data: deny.into(),
    };
    let wallet = scene.wallet;
    succeeds(&mut scene.chain, send(&mut scene.patient, wallet, execute));
    let open = IAccess::openCall { id, record: RECORD }.abi_encode();
    let refused = scene.chain.call_from(scene.reader.address(), ACCESS, open);
    assert_eq!(refused.output[..], Refusal::RequestDenied.selector());
}

#[test]
fn refusal_of_a_native_passes_through_a_wallet_unchanged() {
    let mut scene = scene();
    let relay = scene.chain.deploy(&mut scene.author, "Relay");
    let data = register(RECORD).abi_encode().into();
    let call = Relay::relayOrRevertCall {
        target: RECORDS,
        data,
    }
    .abi_encode();
    let refused = scene.chain.call_from(scene.author.address(), relay, call);
    assert_eq!(
        refused.output[..],
        Refusal::NotEnrolled.selector(),
        "the relay is the caller, and nobody"
    );
}

#[test]
fn person_may_send_from_enrolment_until_its_end_in_the_same_block() {
    let (mut hospital, mut doctor) = (Person::new(1), Person::new(3));
    let chain = Chain::of(&[&hospital]);
    let mut executor = chain.begin();
    let set_key = |person: &mut Person| {
        send(
            person,
            DIRECTORY,
            IDirectory::setKeyCall {
                key: B256::repeat_byte(9),
            },
        )
    };
    let early = set_key(&mut doctor.clone());
    chain.execute(&mut executor, &early).unwrap_err();
    let enrolment = send(
        &mut hospital,
        DIRECTORY,
        enrol(doctor.address(), Role::Physician),
    );
    chain.execute(&mut executor, &enrolment).unwrap();
    chain.execute(&mut executor, &set_key(&mut doctor)).unwrap();
    let end = send(
        &mut hospital,
        DIRECTORY,
        IDirectory::endCall {
            person: doctor.address(),
        },
    );
    chain.execute(&mut executor, &end).unwrap();
    let refused = chain.execute(&mut executor, &set_key(&mut doctor));
    assert_eq!(refused, Err(crate::TransactionRefusal::NotEnrolled.into()));
    assert!(
        executor
            .finish()
            .receipts
            .iter()
            .all(|receipt| receipt.envelope.status())
    );
}

#[test]
fn block_of_registrations_loads_little_and_leaves_each_record() {
    let mut scene = scene();
    let transactions: Vec<_> = (1..=50)
        .map(|index| {
            send(
                &mut scene.author,
                RECORDS,
                register(B256::with_last_byte(index)),
            )
        })
        .collect();
    let mut executor = scene.chain.begin();
    let mut rounds = 0;
    for transaction in &transactions {
        while let Err(crate::ExecuteError::Missing(keys)) = executor.execute(transaction) {
            rounds += 1;
            keys.iter()
                .for_each(|key| executor.insert(*key, scene.chain.state.get(key).cloned()));
        }
    }
    assert!(rounds < 50 * 3, "{rounds} rounds for 50 transactions");
    let outcome = executor.finish();
    assert!(
        outcome
            .receipts
            .iter()
            .all(|receipt| receipt.envelope.status())
    );
    scene.chain.apply(outcome.changes);
    let page = scene.chain.call_from(
        scene.author.address(),
        RECORDS,
        IRecords::chartCall { id: CHART }.abi_encode(),
    );
    assert_eq!(
        IRecords::chartCall::abi_decode_returns(&page.output)
            .unwrap()
            .recordCount,
        51
    );
}
