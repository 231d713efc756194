//! A block on the wire and on disk, with its bounds.

use super::{
    body::{Block, BlockError},
    engine::{MAX_PARTICIPANTS, Payload, supported_mode},
};
use alloy_consensus::Header;
use alloy_primitives::Bytes;
use alloy_rlp::Decodable;
use bytes::BufMut;
use commonware_codec::{Buf, EncodeSize, Error, Read, ReadExt as _, Write, varint::UInt};
use commonware_consensus::BoundedBlock;
use theriac_evidence::section::Section;

/// Bounds of a block on this chain; they never shrink while blocks of an earlier bound are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of all transactions of a block together.
    pub transactions_bytes: usize,
    /// Most transactions of a block.
    pub transactions: usize,
    /// Most bytes of one transaction.
    pub transaction_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            transactions_bytes: 1 << 20,
            transactions: 8_192,
            transaction_bytes: 128 << 10,
        }
    }
}

/// Most bytes of an encoded header or section.
const PART_BYTES: usize = 2_048;
/// Widest length prefix.
const PREFIX_BYTES: usize = 5;

impl Write for Block {
    fn write(&self, buf: &mut impl BufMut) {
        write_bytes(&alloy_rlp::encode(self.header()), buf);
        write_bytes(&self.section().encode(), buf);
        self.reshare_payload().cloned().write(buf);
        UInt(self.transactions().len() as u32).write(buf);
        for raw in self.transactions() {
            write_bytes(raw, buf);
        }
    }
}

impl EncodeSize for Block {
    fn encode_size(&self) -> usize {
        let header = alloy_rlp::Encodable::length(self.header());
        let section = self.section().encode().len();
        let transactions: usize = self
            .transactions()
            .iter()
            .map(|raw| prefixed(raw.len()))
            .sum();
        prefixed(header)
            + prefixed(section)
            + self
                .reshare_payload()
                .map_or(1, |payload| 1 + payload.encode_size())
            + UInt(self.transactions().len() as u32).encode_size()
            + transactions
    }
}

impl Read for Block {
    type Cfg = Limits;

    fn read_cfg(buf: &mut impl Buf, limits: &Limits) -> Result<Self, Error> {
        let mut header_bytes: &[u8] = &read_bytes(buf, PART_BYTES)?;
        let header = Header::decode(&mut header_bytes).map_err(|_| wrap(BlockError::Header))?;
        if !header_bytes.is_empty() {
            return Err(wrap(BlockError::Header));
        }
        let section = Section::decode(&read_bytes(buf, PART_BYTES)?)
            .map_err(|_| wrap(BlockError::Section))?;
        let payload = Option::<Payload>::read_cfg(buf, &(MAX_PARTICIPANTS, supported_mode()))?;
        let transactions = read_transactions(buf, limits)?;
        Self::new(header, section, payload, transactions).map_err(wrap)
    }
}

impl BoundedBlock for Block {
    fn max_encode_size(limits: &Limits) -> usize {
        2 * (PREFIX_BYTES + PART_BYTES)
            + 1
            + Payload::max_encode_size(MAX_PARTICIPANTS)
            + PREFIX_BYTES
            + limits.transactions * PREFIX_BYTES
            + limits.transactions_bytes
    }
}

fn read_transactions(buf: &mut impl Buf, limits: &Limits) -> Result<Vec<Bytes>, Error> {
    let count = u32::from(UInt::<u32>::read(buf)?) as usize;
    if count > limits.transactions {
        return Err(wrap(BlockError::Oversize));
    }
    let mut total = 0;
    let mut transactions = Vec::with_capacity(count.min(1_024));
    for _ in 0..count {
        let raw = read_bytes(buf, limits.transaction_bytes)?;
        total += raw.len();
        if total > limits.transactions_bytes {
            return Err(wrap(BlockError::Oversize));
        }
        transactions.push(Bytes::from(raw));
    }
    Ok(transactions)
}

fn prefixed(length: usize) -> usize {
    UInt(length as u32).encode_size() + length
}

fn write_bytes(bytes: &[u8], buf: &mut impl BufMut) {
    UInt(bytes.len() as u32).write(buf);
    buf.put_slice(bytes);
}

fn read_bytes(buf: &mut impl Buf, limit: usize) -> Result<Vec<u8>, Error> {
    let length = u32::from(UInt::<u32>::read(buf)?) as usize;
    if length > limit {
        return Err(wrap(BlockError::Oversize));
    }
    if buf.remaining() < length {
        return Err(Error::EndOfBuffer);
    }
    let mut bytes = vec![0; length];
    buf.copy_to_slice(&mut bytes);
    Ok(bytes)
}

fn wrap(error: BlockError) -> Error {
    Error::Wrapped("block", Box::new(error))
}
