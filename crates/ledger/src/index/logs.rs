//! Finding logs: by span filter, then by header bloom, then by the receipts themselves.

use std::ops::RangeInclusive;

use alloy_primitives::{B256, Log};
use redb::{ReadTransaction, ReadableDatabase};

use super::{
    Index, IndexError, LogFilter, SealedHeader, encode,
    read::{missing, read_header, read_transaction, value},
    span::{last_of, may_match, span_of},
    tables,
};

/// A log and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedLog {
    /// Height of the block.
    pub height: u64,
    /// Hash of the block.
    pub block_hash: B256,
    /// Time of the block, in seconds since 1970.
    pub time: u64,
    /// The transaction that emitted it.
    pub transaction_hash: B256,
    /// The transaction's index in the block.
    pub transaction_index: u32,
    /// The log's index in the block.
    pub log_index: u64,
    /// The log.
    pub log: Log,
}

/// How much one query may do before it hands back a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLimits {
    /// The page ends with the block in which this many logs are reached.
    pub logs: usize,
    /// The page ends after the receipts of this many blocks were read.
    pub blocks_read: usize,
}

/// Some of the logs asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPage {
    /// In chain order; a block's logs are never split over pages.
    pub logs: Vec<IndexedLog>,
    /// Where to go on; none if the range is done.
    pub next: Option<u64>,
}

impl Index {
    /// The logs that `filter` matches in `range`, as far as `limits` allow.
    ///
    /// # Errors
    ///
    /// [`IndexError::Database`] or [`IndexError::Damaged`] if reading fails.
    pub fn logs(
        &self,
        filter: &LogFilter,
        range: RangeInclusive<u64>,
        limits: LogLimits,
    ) -> Result<LogPage, IndexError> {
        let mut page = LogPage::default();
        let Some((head, _)) = self.head() else {
            return Ok(page);
        };
        let transaction = self.database.begin_read()?;
        let end = head.min(*range.end());
        let mut height = (*range.start()).max(self.floor()?.unwrap_or(0));
        let mut blocks_read = 0;
        while height <= end {
            let last = last_of(span_of(height)).min(end);
            if skips(&transaction, span_of(height), filter)? {
                height = last + 1;
                continue;
            }
            while height <= last {
                blocks_read +=
                    usize::from(block_logs(&transaction, height, filter, &mut page.logs)?);
                height += 1;
                let full = page.logs.len() >= limits.logs || blocks_read >= limits.blocks_read;
                if full && height <= end {
                    page.next = Some(height);
                    return Ok(page);
                }
            }
        }
        Ok(page)
    }
}

/// Whether the span is complete and holds nothing that is wanted.
fn skips(transaction: &ReadTransaction, span: u64, filter: &LogFilter) -> Result<bool, IndexError> {
    let spans = transaction.open_table(tables::SPANS)?;
    Ok(spans
        .get(span)?
        .is_some_and(|bytes| !may_match(bytes.value(), filter)))
}

/// Adds the wanted logs of a block; says whether its receipts had to be read.
fn block_logs(
    transaction: &ReadTransaction,
    height: u64,
    filter: &LogFilter,
    logs: &mut Vec<IndexedLog>,
) -> Result<bool, IndexError> {
    let Some(SealedHeader { hash, header }) = read_header(transaction, height)? else {
        return Ok(false);
    };
    if !filter.may_match(&header.logs_bloom) {
        return Ok(false);
    }
    let receipts = value(transaction, tables::RECEIPTS, height, |bytes| {
        encode::all(bytes, encode::read_receipt)
    })?
    .ok_or(missing("receipts", height))?;
    let mut log_index = 0;
    for (transaction_index, receipt) in (0u32..).zip(receipts) {
        let mut transaction_hash = None;
        for log in receipt.logs {
            let index = log_index;
            log_index += 1;
            if !filter.matches(&log) {
                continue;
            }
            let transaction_hash = match transaction_hash {
                Some(known) => known,
                None => {
                    let found = read_transaction(transaction, height, transaction_index)?;
                    *transaction_hash.insert(found.ok_or(missing("bodies", height))?.hash)
                }
            };
            logs.push(IndexedLog {
                height,
                block_hash: hash,
                time: header.timestamp,
                transaction_hash,
                transaction_index,
                log_index: index,
                log,
            });
        }
    }
    Ok(true)
}
