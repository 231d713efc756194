//! Packs, cabinets and prescriptions through the machine: they run, and what they cost stays within bars.

use crate::testing::{CHAIN_ID, Chain, Person};
use crate::transaction::Transaction;
use alloy_eips::Encodable2718;
use alloy_primitives::{Address, B256, Bytes, TxKind};
use alloy_sol_types::{SolCall, SolStruct};
use theriac_contracts::addresses::{CABINETS, DIRECTORY, MEMBERS, PACKS, PRESCRIPTIONS};
use theriac_contracts::cabinets::{Blinding, Commitment};
use theriac_contracts::codes::{OrganisationKind, Role};
use theriac_contracts::interfaces::{ICabinets, IDirectory, IMembers, IPacks, IPrescriptions};
use theriac_contracts::packs::{PackLabel, Trie, hand_over_commitment, nullifier};
use theriac_contracts::signing::{Closing, Contest, Count, Fill, domain};

const SALT: B256 = B256::repeat_byte(7);
const CABINET: B256 = B256::repeat_byte(8);
const ITEM: B256 = B256::repeat_byte(9);

/// A hospital with a pharmacist, a physician and a nurse, and a manufacturer that the only validator admitted.
struct Supply {
    chain: Chain,
    maker: Person,
    pharmacist: Person,
    physician: Person,
    nurse: Person,
}

pub(super) fn send(person: &mut Person, contract: Address, call: &impl SolCall) -> Transaction {
    person.send_with(TxKind::Call(contract), call.abi_encode(), |transaction| {
        transaction.gas_limit = 30_000_000;
    })
}

impl Supply {
    fn new() -> Self {
        let mut hospital = Person::new(1);
        let (maker, pharmacist) = (Person::new(2), Person::new(3));
        let (physician, nurse) = (Person::new(4), Person::new(5));
        let mut chain = Chain::of(&[&hospital]);
        let admit = IMembers::proposeAdmitCall {
            name: "Maker".into(),
            kind: OrganisationKind::Manufacturer.code(),
            admin: maker.address(),
            gasPerBlock: 100_000_000,
        };
        let vote = IMembers::voteCall {
            proposal: 0,
            support: true,
        };
        chain.one(send(&mut hospital, MEMBERS, &admit));
        chain.one(send(&mut hospital, MEMBERS, &vote));
        for (person, role) in [
            (&pharmacist, Role::Pharmacist),
            (&physician, Role::Physician),
            (&nurse, Role::Nurse),
        ] {
            let enrol = IDirectory::enrolCall {
                person: person.address(),
                role: role.code(),
                expiry: 0,
                nameCommitment: SALT,
                licenceCommitment: SALT,
            };
            chain.one(send(&mut hospital, DIRECTORY, &enrol));
        }
        Self {
            chain,
            maker,
            pharmacist,
            physician,
            nurse,
        }
    }
}

/// Executes what must succeed, and returns the gas that it used.
#[track_caller]
pub(super) fn used(chain: &mut Chain, transaction: Transaction) -> u64 {
    let receipt = chain.one(transaction);
    assert!(receipt.envelope.status());
    receipt.gas_used
}

fn sign(key: &Person, contract: Address, message: &impl SolStruct) -> Bytes {
    let digest = message.eip712_signing_hash(&domain(CHAIN_ID, contract));
    key.sign_digest(digest).as_bytes().to_vec().into()
}

fn closing(account: &Person, keys: &[Person], commitment: B256) -> IPacks::closeCall {
    let message = |key: &Person| Closing {
        key: key.address(),
        commitment,
        document: SALT,
        account: account.address(),
    };
    IPacks::closeCall {
        keys: keys.iter().map(Person::address).collect(),
        commitment,
        document: SALT,
        signatures: keys
            .iter()
            .map(|key| sign(key, PACKS, &message(key)))
            .collect(),
    }
}

fn tags(count: usize) -> Vec<B256> {
    let tag = |number| {
        let serial = format!("S{number}");
        let label = PackLabel::new("09506000134352", &serial, "LOT-7", "270131");
        label.expect("a good label").tag()
    };
    (0..count).map(tag).collect()
}

#[test]
fn closing_one_key_is_a_transaction_of_at_most_600_bytes() {
    let account = Person::new(2);
    let call = closing(&account, &[Person::new(50)], SALT);
    let mut draft = account.draft(TxKind::Call(PACKS), call.abi_encode());
    draft.chain_id = u64::MAX;
    draft.nonce = u64::MAX;
    draft.gas_limit = 60_000_000;
    draft.max_fee_per_gas = u128::from(u64::MAX);
    draft.max_priority_fee_per_gas = u128::from(u64::MAX);
    let bytes = account.sign(draft).encoded_2718().len();
    assert!(bytes <= 600, "{bytes} bytes");
}

/// A pack goes from the lot to a hospital, leaves by a guess of the manufacturer's, and is contested and dispensed.
#[test]
fn a_pack_is_handed_over_contested_and_dispensed() {
    let mut supply = Supply::new();
    let (first, second) = (Person::new(60), Person::new(61));
    let tags = tags(500);
    let lot = Trie::of(&tags).expect("tags differ");
    let commission = IPacks::commissionCall {
        root: lot.root(),
        key: first.address(),
        document: SALT,
    };
    let chain = &mut supply.chain;
    let commissioned = used(chain, send(&mut supply.maker, PACKS, &commission));
    let next = second.address().into_word();
    let hand_over = Trie::mapping(tags.iter().map(|tag| (*tag, next)).collect()).unwrap();
    let commitment = hand_over_commitment(SALT, hand_over.root());
    let close = closing(&supply.maker, std::slice::from_ref(&first), commitment);
    let closed = used(chain, send(&mut supply.maker, PACKS, &close));
    let guessed = IPacks::decommissionCall {
        nullifiers: vec![nullifier(CHAIN_ID, tags[3])],
        kind: 7,
        undo: vec![B256::ZERO],
    };
    used(chain, send(&mut supply.maker, PACKS, &guessed));
    let dispense = IPacks::dispenseCall {
        nullifiers: guessed.nullifiers.clone(),
        undo: vec![SALT],
    };
    let refused = chain.one(send(&mut supply.pharmacist, PACKS, &dispense));
    assert!(!refused.envelope.status(), "it has left");
    let message = Contest {
        tag: tags[3],
        account: supply.pharmacist.address(),
    };
    let step = IPacks::CustodyStep {
        key: first.address(),
        salt: SALT,
        inner: Vec::new(),
        next: second.address(),
        outer: hand_over.inclusion(tags[3]).unwrap().1,
    };
    let contest = IPacks::contestCall {
        tag: tags[3],
        proof: IPacks::CustodyProof {
            lot: lot.root(),
            membership: lot.inclusion(tags[3]).unwrap().1,
            steps: vec![step],
        },
        signature: sign(&second, PACKS, &message),
    };
    let contested = used(chain, send(&mut supply.pharmacist, PACKS, &contest));
    let dispensed = used(chain, send(&mut supply.pharmacist, PACKS, &dispense));
    println!(
        "commission {commissioned}, close {closed}, contest {contested}, dispense {dispensed}"
    );
    assert!(commissioned < 200_000 && closed < 250_000);
    assert!(contested < 200_000 && dispensed < 150_000);
}

#[test]
fn sixty_four_keys_and_sixty_four_packs_fit_an_entry_each() {
    let mut supply = Supply::new();
    let chain = &mut supply.chain;
    let keys: Vec<_> = (60..124).map(Person::new).collect();
    let close = closing(&supply.maker, &keys, SALT);
    let closed = used(chain, send(&mut supply.maker, PACKS, &close));
    let dispense = IPacks::dispenseCall {
        nullifiers: tags(64),
        undo: vec![SALT; 64],
    };
    let dispensed = used(chain, send(&mut supply.pharmacist, PACKS, &dispense));
    println!("close 64 {closed}, dispense 64 {dispensed}");
    assert!(closed < 3_000_000 && dispensed < 7_000_000);
}

fn blinding(number: u8) -> Blinding {
    Blinding::from_random(&[number; 64])
}

#[test]
fn a_cabinet_is_filled_and_counted() {
    let mut supply = Supply::new();
    let chain = &mut supply.chain;
    let open = ICabinets::openCall {
        cabinet: CABINET,
        auditor: 0,
    };
    used(chain, send(&mut supply.pharmacist, CABINETS, &open));
    let stock = Commitment::of(100, blinding(1)).encode();
    let shares = [70, 10, 10, 5, 5];
    let shares: Vec<_> = (1u8..)
        .zip(shares)
        .map(|(number, amount)| Commitment::of(amount, blinding(number)))
        .collect();
    let sum = shares.iter().copied().reduce(|sum, share| sum + share);
    let mut amounts = [stock; 6];
    amounts[0] = sum.expect("five shares").encode();
    for (amount, share) in amounts[1..].iter_mut().zip(&shares) {
        *amount = share.encode();
    }
    let record = ICabinets::recordCall {
        cabinet: CABINET,
        item: ITEM,
        amounts,
        document: SALT,
    };
    let recorded = used(chain, send(&mut supply.pharmacist, CABINETS, &record));
    let counted = Commitment::of(70, blinding(9)).encode();
    let message = Count {
        cabinet: CABINET,
        item: ITEM,
        counted,
        number: 1,
    };
    let count = ICabinets::countCall {
        cabinet: CABINET,
        item: ITEM,
        counted,
        blinding: (blinding(1) - blinding(9)).encode(),
        witness: supply.nurse.address(),
        signature: sign(&supply.nurse, CABINETS, &message),
    };
    let counted = used(chain, send(&mut supply.pharmacist, CABINETS, &count));
    println!("record {recorded}, count {counted}");
    assert!(recorded < 300_000 && counted < 120_000);
}

#[test]
fn a_prescription_is_filled_once() {
    let mut supply = Supply::new();
    let chain = &mut supply.chain;
    let patient = Person::new(70);
    let whole = Commitment::of(30, blinding(1));
    let dispensed = Commitment::of(10, blinding(2));
    let prescribe = IPrescriptions::prescribeCall {
        key: patient.address(),
        terms: SALT,
        fills: 1,
        quantity: whole.encode(),
        from: 1_800_000_000,
        until: 1_800_100_000,
    };
    let prescribed = used(
        chain,
        send(&mut supply.physician, PRESCRIPTIONS, &prescribe),
    );
    let message = Fill {
        key: patient.address(),
        next: Address::ZERO,
        dispensed: dispensed.encode(),
        left: (whole - dispensed).encode(),
        pharmacist: supply.pharmacist.address(),
    };
    let fill = IPrescriptions::fillCall {
        key: message.key,
        next: message.next,
        dispensed: message.dispensed,
        left: message.left,
        document: SALT,
        signature: sign(&patient, PRESCRIPTIONS, &message),
    };
    let filled = used(chain, send(&mut supply.pharmacist, PRESCRIPTIONS, &fill));
    let again = chain.one(send(&mut supply.pharmacist, PRESCRIPTIONS, &fill));
    assert!(!again.envelope.status(), "the key is spent");
    println!("prescribe {prescribed}, fill {filled}");
    assert!(prescribed < 250_000 && filled < 250_000);
}
