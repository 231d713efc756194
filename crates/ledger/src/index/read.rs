//! Reading blocks and transactions.

use std::ops::RangeInclusive;

use alloy_consensus::Header;
use alloy_primitives::{B256, Bytes};
use redb::{ReadTransaction, ReadableDatabase, ReadableTable};

use super::{
    ExecutedBlock, Index, IndexError, IndexedReceipt, IndexedTransaction,
    append::prefix,
    encode,
    tables::{self, ByHeight},
};

/// A header and its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedHeader {
    /// Keccak-256 of the header's RLP.
    pub hash: B256,
    /// The header.
    pub header: Header,
}

/// A transaction with its place and receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The block.
    pub block: SealedHeader,
    /// The transaction's index in the block.
    pub index: u32,
    /// The transaction.
    pub transaction: IndexedTransaction,
    /// What executing it did.
    pub receipt: IndexedReceipt,
    /// The number of logs in the block before this transaction.
    pub logs_before: u64,
}

impl Index {
    /// Height and hash of the last block; none in an empty index.
    pub fn head(&self) -> Option<(u64, B256)> {
        self.writer.lock().head
    }

    /// The first height kept; none in an empty index.
    ///
    /// # Errors
    ///
    /// [`IndexError::Database`] if reading fails.
    pub fn floor(&self) -> Result<Option<u64>, IndexError> {
        let transaction = self.database.begin_read()?;
        let headers = transaction.open_table(tables::HEADERS.table())?;
        Ok(headers.first()?.map(|(height, _)| height.value()))
    }

    /// The block at a height.
    ///
    /// # Errors
    ///
    /// [`IndexError::Database`] or [`IndexError::Damaged`] if reading fails.
    pub fn block(&self, height: u64) -> Result<Option<ExecutedBlock>, IndexError> {
        let transaction = self.database.begin_read()?;
        let Some(SealedHeader { hash, header }) = read_header(&transaction, height)? else {
            return Ok(None);
        };
        let transactions = value(&transaction, tables::BODIES, height, |bytes| {
            encode::all(bytes, encode::read_transaction)
        })?;
        let receipts = value(&transaction, tables::RECEIPTS, height, |bytes| {
            encode::all(bytes, encode::read_receipt)
        })?;
        Ok(Some(ExecutedBlock {
            hash,
            header,
            transactions: transactions.ok_or(missing("bodies", height))?,
            receipts: receipts.ok_or(missing("receipts", height))?,
        }))
    }

    /// The header at a height.
    ///
    /// # Errors
    ///
    /// As [`Index::block`].
    pub fn header(&self, height: u64) -> Result<Option<SealedHeader>, IndexError> {
        read_header(&self.database.begin_read()?, height)
    }

    /// The finalization certificate and the consensus section of the block at a height.
    ///
    /// # Errors
    ///
    /// As [`Index::block`].
    pub fn consensus(&self, height: u64) -> Result<Option<(Bytes, Bytes)>, IndexError> {
        let transaction = self.database.begin_read()?;
        value(
            &transaction,
            tables::CONSENSUS,
            height,
            encode::read_consensus,
        )
    }

    /// The height of a block.
    ///
    /// # Errors
    ///
    /// As [`Index::block`].
    pub fn height_of(&self, hash: &B256) -> Result<Option<u64>, IndexError> {
        let transaction = self.database.begin_read()?;
        let heights = transaction.open_table(tables::HEIGHTS)?;
        Ok(heights.get(hash.0)?.map(|height| height.value()))
    }

    /// The hashes of the blocks in a range, in order, as far as they are here.
    ///
    /// # Errors
    ///
    /// As [`Index::block`].
    pub fn block_hashes(&self, range: RangeInclusive<u64>) -> Result<Vec<(u64, B256)>, IndexError> {
        let transaction = self.database.begin_read()?;
        let headers = transaction.open_table(tables::HEADERS.table())?;
        let mut hashes = Vec::new();
        for entry in headers.range(range)? {
            let (height, bytes) = entry?;
            let hash = bytes.value().first_chunk::<32>();
            let hash = hash.ok_or(missing("headers", height.value()))?;
            hashes.push((height.value(), B256::from(*hash)));
        }
        Ok(hashes)
    }

    /// A transaction by its hash.
    ///
    /// # Errors
    ///
    /// As [`Index::block`].
    pub fn transaction(&self, hash: &B256) -> Result<Option<Located>, IndexError> {
        let transaction = self.database.begin_read()?;
        let places = transaction.open_table(tables::PLACES)?;
        let prefix = prefix(hash);
        for place in places.range((prefix, 0, 0)..=(prefix, u64::MAX, u32::MAX))? {
            let (_, height, index) = place?.0.value();
            let found = read_transaction(&transaction, height, index)?;
            let found = found.ok_or(missing("bodies", height))?;
            if found.hash == *hash {
                return locate(&transaction, height, index, found).map(Some);
            }
        }
        Ok(None)
    }
}

fn locate(
    transaction: &ReadTransaction,
    height: u64,
    index: u32,
    found: IndexedTransaction,
) -> Result<Located, IndexError> {
    let receipts = value(transaction, tables::RECEIPTS, height, |bytes| {
        let mut logs_before = 0;
        for earlier in 0..index as usize {
            let earlier = encode::nth(bytes, earlier)?.ok_or(alloy_rlp::Error::InputTooShort)?;
            logs_before += encode::read_receipt(earlier)?.logs.len() as u64;
        }
        let item = encode::nth(bytes, index as usize)?.ok_or(alloy_rlp::Error::InputTooShort)?;
        Ok((logs_before, encode::read_receipt(item)?))
    })?;
    let (logs_before, receipt) = receipts.ok_or(missing("receipts", height))?;
    Ok(Located {
        block: read_header(transaction, height)?.ok_or(missing("headers", height))?,
        index,
        transaction: found,
        receipt,
        logs_before,
    })
}

/// The header at a height.
pub(super) fn read_header(
    transaction: &ReadTransaction,
    height: u64,
) -> Result<Option<SealedHeader>, IndexError> {
    let header = value(transaction, tables::HEADERS, height, encode::read_header)?;
    Ok(header.map(|(hash, header)| SealedHeader { hash, header }))
}

/// One transaction of a block.
pub(super) fn read_transaction(
    transaction: &ReadTransaction,
    height: u64,
    index: u32,
) -> Result<Option<IndexedTransaction>, IndexError> {
    let found = value(transaction, tables::BODIES, height, |bytes| {
        encode::nth(bytes, index as usize)?
            .map(encode::read_transaction)
            .transpose()
    })?;
    Ok(found.flatten())
}

/// The value of a table at a height, decoded.
pub(super) fn value<T>(
    transaction: &ReadTransaction,
    table: ByHeight,
    height: u64,
    read: impl FnOnce(&[u8]) -> alloy_rlp::Result<T>,
) -> Result<Option<T>, IndexError> {
    let opened = transaction.open_table(table.table())?;
    let Some(bytes) = opened.get(height)? else {
        return Ok(None);
    };
    match read(bytes.value()) {
        Ok(value) => Ok(Some(value)),
        Err(_) => Err(missing(table.0, height)),
    }
}

/// What must be in a table is not, or does not decode.
pub(super) fn missing(table: &'static str, height: u64) -> IndexError {
    IndexError::Damaged { table, height }
}
