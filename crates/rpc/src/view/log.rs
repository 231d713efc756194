//! Logs in JSON.

use alloy_rpc_types_eth::Log;
use theriac_ledger::index::{ExecutedBlock, IndexedLog, LogFilter};

use super::locate_all;

/// A log in JSON. A finalised block is never taken back, so `removed` is always false.
pub(crate) fn log_view(found: IndexedLog) -> Log {
    Log {
        inner: found.log,
        block_hash: Some(found.block_hash),
        block_number: Some(found.height),
        block_timestamp: Some(found.time),
        transaction_hash: Some(found.transaction_hash),
        transaction_index: Some(found.transaction_index.into()),
        log_index: Some(found.log_index),
        removed: false,
    }
}

/// The logs of a block that a filter matches.
pub(crate) fn block_logs(block: &ExecutedBlock, filter: &LogFilter) -> Vec<IndexedLog> {
    let mut logs = Vec::new();
    if !filter.may_match(&block.header.logs_bloom) {
        return logs;
    }
    for located in locate_all(block) {
        for (log_index, log) in (located.logs_before..).zip(&located.receipt.logs) {
            if filter.matches(log) {
                logs.push(IndexedLog {
                    height: located.block.header.number,
                    block_hash: located.block.hash,
                    time: located.block.header.timestamp,
                    transaction_hash: located.transaction.hash,
                    transaction_index: located.index,
                    log_index,
                    log: log.clone(),
                });
            }
        }
    }
    logs
}
