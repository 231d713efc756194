//! How blocks, transactions, receipts and logs look in JSON: the types of `alloy-rpc-types-eth`, price zero.

mod block;
mod log;
mod receipt;
mod transaction;

pub(crate) use block::{block_view, header_view};
pub(crate) use log::{block_logs, log_view};
pub(crate) use receipt::{locate_all, receipt_view};
pub(crate) use transaction::{located_view, pending_view, transaction_view};
