//! What an account signs is what another wallet signs: values made with viem 2.57.20 and the development key below.

use alloy_primitives::{Address, B256, U256, address, b256, hex};
use alloy_sol_types::SolStruct;
use theriac_contracts::{
    addresses::{ACCESS, RECORDS},
    signing::{Approval, Registration, domain},
};
use theriac_sdk::account::{Account, Draft, Fees};

const CHAIN_ID: u64 = 8_421;

/// The first account of the well-known development mnemonic "test test ... junk".
fn account() -> Account {
    Account::from_bytes(
        &b256!("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80").0,
    )
    .unwrap()
}

fn word(byte: u8) -> B256 {
    B256::repeat_byte(byte)
}

#[test]
fn an_approval_hashes_and_signs_as_in_viem() {
    let approval = Approval {
        organisation: "Hill Clinic".to_owned(),
        purpose: "TREAT".to_owned(),
        kinds: "summary, laboratory".to_owned(),
        expiry: 1_900_000_000,
        request: word(0x11),
        requester: Address::repeat_byte(0x22),
        wrap: word(0x33),
        nonce: U256::from(42),
    };
    let domain = domain(CHAIN_ID, ACCESS);
    let digest = b256!("dd9aa5202666e75fb9bae857c17ce2bf25928dec8d15fb543ee887d07c72e74a");
    assert_eq!(approval.eip712_signing_hash(&domain), digest);
    let signature = hex!(
        "f8a078475f0aff13b33240dbd13bb0fb7554ae17d5d3e3ce6a56667a2b4df65b07bdf8a00810cc60f67e66dcd53371fe8b5f6798a9c7b5277dbe33cdbac02c5d1b"
    );
    assert_eq!(account().sign_typed(&approval, &domain), signature);
}

#[test]
fn a_registration_hashes_and_signs_as_in_viem() {
    let registration = Registration {
        record: word(1),
        chart: word(2),
        commitment: word(3),
        contentId: word(4),
        wrapId: word(5),
        kind: 3,
        protection: 1,
        nonce: 7,
        deadline: 1_900_000_000,
    };
    let domain = domain(CHAIN_ID, RECORDS);
    let digest = b256!("b1f59b1e0047f58d6eee1c27ba8b3eb69d57594f8d4a306348c78dea49011b3c");
    assert_eq!(registration.eip712_signing_hash(&domain), digest);
    let signature = hex!(
        "9b38841aee50a5a308c18027149fe9c358bb7dfb6b7c12ccc3ec480b0de5083d15ad77b656666bfcce45dbb42e6cdb64d6bf62440baa0b50a52d1c7dddd1e7181b"
    );
    assert_eq!(account().sign_typed(&registration, &domain), signature);
}

#[test]
fn a_message_signs_as_in_viem() {
    let signature = hex!(
        "5ec10fbb8800ba414f2592fcc3c4434b6d3eb3834becfb5c39174ed9137821851fabb9feec3cbc97b1f1de0e4e7eb89caad9d39575d435068ffd10294e6c9b301b"
    );
    assert_eq!(
        account().sign_message("node.example wants you to sign in"),
        signature
    );
}

#[test]
fn a_transaction_signs_as_in_viem() {
    let to = address!("0000000000000000000000000000000000ec0003").into();
    let draft = Draft {
        chain_id: CHAIN_ID,
        nonce: 3,
        gas_limit: 90_000,
        to,
        input: vec![1, 2].into(),
    };
    let raw = hex!(
        "02f8678220e503808083015f90940000000000000000000000000000000000ec000380820102c080a080b839b1cfd3feaef1eb810232edc76bf2d694482bf7db440155ef836251a73ea06ea350135d1d2e2995086b8ba4fc5a99bde2b5ed47e1ce1ec168133b7d900ccf"
    );
    assert_eq!(
        account()
            .sign_transaction(draft, Fees::default())
            .unwrap()
            .raw
            .as_ref(),
        raw
    );
}
