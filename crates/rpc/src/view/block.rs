//! Blocks and headers in JSON.

use alloy_primitives::U256;
use alloy_rlp::{Encodable, length_of_length};
use alloy_rpc_types_eth::{Block, BlockTransactions, Header};
use theriac_ledger::index::{ExecutedBlock, SealedHeader};

use super::transaction::{TransactionView, transaction_view};
use crate::ChainFailure;

/// A block in JSON.
pub(crate) type BlockView = Block<TransactionView, HeaderView>;
/// A header in JSON.
pub(crate) type HeaderView = Header;

/// A header alone, as `newHeads` tells it.
pub(crate) fn header_view(sealed: &SealedHeader) -> HeaderView {
    Header {
        hash: sealed.hash,
        inner: sealed.header.clone(),
        total_difficulty: None,
        size: None,
    }
}

/// A block with whole transactions, or with their hashes.
pub(crate) fn block_view(block: &ExecutedBlock, whole: bool) -> Result<BlockView, ChainFailure> {
    let transactions = match whole {
        false => BlockTransactions::Hashes(block.transactions.iter().map(|one| one.hash).collect()),
        true => BlockTransactions::Full(
            (0..block.transactions.len())
                .map(|index| transaction_view(block, index))
                .collect::<Result<_, _>>()?,
        ),
    };
    let header = Header {
        hash: block.hash,
        inner: block.header.clone(),
        total_difficulty: None,
        size: Some(U256::from(size(block))),
    };
    Ok(Block {
        header,
        uncles: Vec::new(),
        transactions,
        withdrawals: Some(Default::default()),
    })
}

/// Bytes of the Ethereum block: the RLP list of header, transactions, and no ommers and withdrawals.
fn size(block: &ExecutedBlock) -> usize {
    let transactions: usize = block
        .transactions
        .iter()
        .map(|one| match one.raw.first() {
            // A legacy transaction is a list already; a typed one stands as a byte string.
            Some(0xc0..) => one.raw.len(),
            _ => one.raw.length(),
        })
        .sum();
    let empty_lists = 2;
    let payload =
        block.header.length() + length_of_length(transactions) + transactions + empty_lists;
    length_of_length(payload) + payload
}
