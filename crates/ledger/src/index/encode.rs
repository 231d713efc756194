//! The index's own encodings: RLP lists, read item by item so that one transaction costs one.

use alloy_consensus::{Header, TxType};
use alloy_primitives::{Address, B256, Bytes, Log};
use alloy_rlp::{Decodable, Encodable, Header as RlpHeader};

use super::{ExecutedBlock, IndexedReceipt, IndexedTransaction};

/// `hash || header`.
pub(super) fn header(block: &ExecutedBlock) -> Vec<u8> {
    let mut out = block.hash.to_vec();
    block.header.encode(&mut out);
    out
}

/// Reads [`header`].
pub(super) fn read_header(bytes: &[u8]) -> alloy_rlp::Result<(B256, Header)> {
    let (hash, mut rest) = bytes
        .split_first_chunk::<32>()
        .ok_or(alloy_rlp::Error::InputTooShort)?;
    Ok((B256::from(*hash), Header::decode(&mut rest)?))
}

/// A list of `[raw, sender]`.
pub(super) fn body(transactions: &[IndexedTransaction]) -> Vec<u8> {
    list(transactions, |transaction, out| {
        transaction.raw.encode(out);
        transaction.sender.encode(out);
    })
}

/// Reads one item of [`body`].
pub(super) fn read_transaction(mut item: &[u8]) -> alloy_rlp::Result<IndexedTransaction> {
    let raw = Bytes::decode(&mut item)?;
    Ok(IndexedTransaction::new(raw, Address::decode(&mut item)?))
}

/// A list of receipts.
pub(super) fn receipts(receipts: &[IndexedReceipt]) -> Vec<u8> {
    list(receipts, |receipt, out| {
        (receipt.kind as u8).encode(out);
        receipt.success.encode(out);
        receipt.cumulative_gas_used.encode(out);
        receipt.gas_used.encode(out);
        let contract: &[u8] = receipt
            .contract_address
            .as_ref()
            .map_or(&[], |address| address.as_slice());
        contract.encode(out);
        receipt.logs.encode(out);
    })
}

/// Reads one item of [`receipts`].
pub(super) fn read_receipt(mut item: &[u8]) -> alloy_rlp::Result<IndexedReceipt> {
    let item = &mut item;
    let kind = TxType::try_from(u8::decode(item)?)
        .map_err(|_| alloy_rlp::Error::Custom("transaction type"))?;
    Ok(IndexedReceipt {
        kind,
        success: bool::decode(item)?,
        cumulative_gas_used: u64::decode(item)?,
        gas_used: u64::decode(item)?,
        contract_address: read_contract(item)?,
        logs: Vec::<Log>::decode(item)?,
    })
}

fn read_contract(item: &mut &[u8]) -> alloy_rlp::Result<Option<Address>> {
    let bytes = RlpHeader::decode_bytes(item, false)?;
    match bytes.len() {
        0 => Ok(None),
        20 => Ok(Some(Address::from_slice(bytes))),
        _ => Err(alloy_rlp::Error::UnexpectedLength),
    }
}

/// `[certificate, section]`.
pub(super) fn consensus(certificate: &Bytes, section: &Bytes) -> Vec<u8> {
    let mut out = Vec::with_capacity(certificate.len() + section.len() + 8);
    certificate.encode(&mut out);
    section.encode(&mut out);
    out
}

/// Reads [`consensus`].
pub(super) fn read_consensus(mut bytes: &[u8]) -> alloy_rlp::Result<(Bytes, Bytes)> {
    Ok((Bytes::decode(&mut bytes)?, Bytes::decode(&mut bytes)?))
}

/// The payload of the item at `index` of a list; none if the list is shorter.
pub(super) fn nth(mut bytes: &[u8], index: usize) -> alloy_rlp::Result<Option<&[u8]>> {
    for _ in 0..index {
        if bytes.is_empty() {
            return Ok(None);
        }
        RlpHeader::decode_bytes(&mut bytes, true)?;
    }
    if bytes.is_empty() {
        return Ok(None);
    }
    RlpHeader::decode_bytes(&mut bytes, true).map(Some)
}

/// All items of a list, each decoded by `read`.
pub(super) fn all<T>(
    mut bytes: &[u8],
    read: impl Fn(&[u8]) -> alloy_rlp::Result<T>,
) -> alloy_rlp::Result<Vec<T>> {
    let mut items = Vec::new();
    while !bytes.is_empty() {
        items.push(read(RlpHeader::decode_bytes(&mut bytes, true)?)?);
    }
    Ok(items)
}

/// Items, each as an RLP list, one after the other. The outer list has no header: the database
/// knows the length.
fn list<T>(items: &[T], write: impl Fn(&T, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut payload = Vec::new();
    for item in items {
        payload.clear();
        write(item, &mut payload);
        let header = RlpHeader {
            list: true,
            payload_length: payload.len(),
        };
        header.encode(&mut out);
        out.extend_from_slice(&payload);
    }
    out
}
