//! What a block changes, by state key.

use super::StateDatabase;
use crate::block::Changes;
use alloy_primitives::{Address, KECCAK256_EMPTY, U256};
use revm::state::{Account, AccountInfo, Bytecode, EvmState};

use theriac_evidence::state::{self, StateKey, encode_slot};

/// Adds to `changes` where `state`, the journal at the end of the block, differs from what was loaded.
#[allow(
    clippy::iter_over_hash_type,
    reason = "what is collected is in the order of its keys"
)]
pub(crate) fn collect(database: &StateDatabase, state: &EvmState, changes: &mut Changes) {
    for (address, account) in state {
        if account.is_touched() {
            collect_account(database, address, account, changes);
        }
    }
}

#[allow(
    clippy::iter_over_hash_type,
    reason = "what is collected is in the order of its keys"
)]
fn collect_account(
    database: &StateDatabase,
    address: &Address,
    account: &Account,
    changes: &mut Changes,
) {
    // Destroyed in the transaction that made it (EIP-6780) and not loaded since: it never held storage before.
    let destroyed = account.is_selfdestructed_locally();
    let after = (!destroyed && !account.is_empty()).then_some(&account.info);
    let (key, before) = database.account_before(address);
    if !is_same(before, after) {
        changes.insert(key, after.map(encode));
        collect_code(before, after, changes);
    }
    if destroyed {
        return;
    }
    for (slot, held) in &account.storage {
        let (key, before) = database.slot_before(*address, *slot);
        let after: U256 = held.present_value();
        if before != after {
            changes.insert(key, encode_slot(after));
        }
    }
}

/// Code is kept for ever under its hash: other accounts may share it.
fn collect_code(before: Option<&AccountInfo>, after: Option<&AccountInfo>, changes: &mut Changes) {
    let Some(after) = after else { return };
    if after.code_hash == KECCAK256_EMPTY
        || before.is_some_and(|before| before.code_hash == after.code_hash)
    {
        return;
    }
    let code = after.code.as_ref().map(Bytecode::original_byte_slice);
    let code = code.expect("new code was set by this block and is in the journal");
    changes.insert(StateKey::code(&after.code_hash), Some(code.to_vec()));
}

fn is_same(before: Option<&AccountInfo>, after: Option<&AccountInfo>) -> bool {
    match (before, after) {
        (None, None) => true,
        (Some(before), Some(after)) => {
            before.nonce == after.nonce
                && before.balance == after.balance
                && before.code_hash == after.code_hash
        }
        _ => false,
    }
}

fn encode(info: &AccountInfo) -> Vec<u8> {
    state::Account {
        nonce: info.nonce,
        balance: info.balance,
        code_hash: info.code_hash,
    }
    .encode()
}
