//! Where the native contracts live.

use alloy_primitives::{Address, address};

/// The peaks of the history of blocks; written by execution, not a contract that can be called.
pub const HISTORY: Address = address!("0000000000000000000000000000000000ec0000");
/// Organisations, validators, quotas and parameters.
pub const MEMBERS: Address = address!("0000000000000000000000000000000000ec0001");
/// People as accounts.
pub const DIRECTORY: Address = address!("0000000000000000000000000000000000ec0002");
/// Charts and records.
pub const RECORDS: Address = address!("0000000000000000000000000000000000ec0003");
/// Rules, requests, grants and the log of each chart.
pub const ACCESS: Address = address!("0000000000000000000000000000000000ec0004");
/// Seals and their openings.
pub const SEALS: Address = address!("0000000000000000000000000000000000ec0005");
/// Guardians, and the recovery of a lost key.
pub const RECOVERY: Address = address!("0000000000000000000000000000000000ec0006");
/// Guardians and proxies of charts.
pub const DELEGATION: Address = address!("0000000000000000000000000000000000ec0007");
/// Products, lots, hand-overs, exits and flags of packs.
pub const PACKS: Address = address!("0000000000000000000000000000000000ec0008");
/// Balances of controlled medicines.
pub const CABINETS: Address = address!("0000000000000000000000000000000000ec0009");
/// Prescriptions as tokens.
pub const PRESCRIPTIONS: Address = address!("0000000000000000000000000000000000ec000a");
/// Clinical trials.
pub const TRIALS: Address = address!("0000000000000000000000000000000000ec000b");

/// The contract of EIP-2935, which holds the hashes of the last 8,191 blocks: that of height h in slot h % 8,191.
pub const BLOCK_HASHES: Address = address!("0000f90827f1c53a10cb7a02335b175320002935");

/// Code of every native account: one invalid instruction, so that the account counts as a contract and is never swept away as empty.
pub const MARKER_CODE: &[u8] = &[0xfe];
/// Nonce of every native account.
pub const MARKER_NONCE: u64 = 1;
