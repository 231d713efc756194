//! What block 1 writes before its transactions: the native accounts and the members.

use super::Changes;
use alloy_eips::eip2935::{HISTORY_STORAGE_ADDRESS, HISTORY_STORAGE_CODE};
use alloy_primitives::{Address, U256, keccak256};
use theriac_contracts::{GenesisMembers, genesis_storage};
use theriac_evidence::addresses::{HISTORY, MARKER_CODE, MARKER_NONCE};
use theriac_evidence::state::{Account, StateKey, encode_slot};

/// The native accounts, each with the marker code and nonce 1, their storage, and the contract of EIP-2935.
pub fn genesis_changes(members: &GenesisMembers) -> Changes {
    let mut changes = Changes::new();
    for address in theriac_contracts::addresses().iter().chain([&HISTORY]) {
        write_contract(&mut changes, address, &MARKER_CODE);
    }
    write_contract(
        &mut changes,
        &HISTORY_STORAGE_ADDRESS,
        &HISTORY_STORAGE_CODE,
    );
    for (address, slot, value) in genesis_storage(members) {
        write_slot(&mut changes, &address, slot, value);
    }
    changes
}

pub(super) fn write_slot(changes: &mut Changes, address: &Address, slot: U256, value: U256) {
    changes.insert(StateKey::slot(address, slot), encode_slot(value));
}

fn write_contract(changes: &mut Changes, address: &Address, code: &[u8]) {
    let code_hash = keccak256(code);
    let account = Account {
        nonce: MARKER_NONCE,
        balance: U256::ZERO,
        code_hash,
    };
    changes.insert(StateKey::account(address), Some(account.encode()));
    changes.insert(StateKey::code(&code_hash), Some(code.to_vec()));
}
