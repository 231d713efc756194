//! Decodes a transaction and refuses every encoding but the canonical one.

use super::TransactionRefusal;
use crate::spec::ChainSpec;
use alloy_consensus::TxEnvelope;
use alloy_eips::{Decodable2718, Encodable2718};

const FIRST_LIST_BYTE: u8 = 0xc0;

/// # Errors
/// `TooLarge`, `BlobsNotSupported`, `TypeNotSupported` or `Malformed`.
pub(super) fn decode(spec: &ChainSpec, raw: &[u8]) -> Result<TxEnvelope, TransactionRefusal> {
    if raw.len() > spec.max_transaction_bytes {
        return Err(TransactionRefusal::TooLarge {
            got: raw.len() as u64,
            limit: spec.max_transaction_bytes as u64,
        });
    }
    match raw.first() {
        None => return Err(TransactionRefusal::Malformed),
        Some(1 | 2 | 4 | FIRST_LIST_BYTE..) => {}
        Some(3) => return Err(TransactionRefusal::BlobsNotSupported),
        Some(&got) => return Err(TransactionRefusal::TypeNotSupported { got }),
    }
    let envelope = TxEnvelope::decode_2718_exact(raw).map_err(|_| TransactionRefusal::Malformed)?;
    if envelope.encoded_2718() != raw {
        return Err(TransactionRefusal::Malformed);
    }
    Ok(envelope)
}
