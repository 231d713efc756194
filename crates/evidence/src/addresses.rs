//! Addresses of the native contracts and of the history account.

use alloy_primitives::{Address, Bytes, address};

/// Holds the peaks of the block history; no transaction can reach it.
pub const HISTORY: Address = address!("0x0000000000000000000000000000000000ec0000");
/// Organisations, validators and quotas.
pub const MEMBERS: Address = address!("0x0000000000000000000000000000000000ec0001");
/// People as accounts.
pub const DIRECTORY: Address = address!("0x0000000000000000000000000000000000ec0002");
/// Records and charts.
pub const RECORDS: Address = address!("0x0000000000000000000000000000000000ec0003");
/// Rules, requests, grants and the log of each chart.
pub const ACCESS: Address = address!("0x0000000000000000000000000000000000ec0004");

/// The code of every native account: the invalid opcode, so that a plain EVM stops there.
pub const MARKER_CODE: Bytes = Bytes::from_static(&[0xfe]);
/// The nonce of every native account.
pub const MARKER_NONCE: u64 = 1;
