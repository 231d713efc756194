//! Blocks and transactions as the bytes that hash to their names.

use std::sync::Arc;

use alloy_eips::eip2718::Encodable2718;
use alloy_primitives::{B256, Bytes};
use alloy_rlp::{Encodable, Header as RlpHeader};
use theriac_ledger::index::ExecutedBlock;

use super::{Call, block::one_block, transaction::find};
use crate::{
    Refusal,
    answer::{Answer, RpcError, answer},
};

pub(super) async fn header(mut call: Call) -> Answer {
    let block = one_block(&mut call)?;
    let height = call.height(block).await?.ok_or(Refusal::BlockUnknown)?;
    let sealed = call
        .service
        .chain
        .header(height)
        .await?
        .ok_or(Refusal::BlockUnknown)?;
    answer(&Bytes::from(alloy_rlp::encode(&sealed.header)))
}

pub(super) async fn block(mut call: Call) -> Answer {
    let block = readable_block(&mut call).await?;
    answer(&encode(&block))
}

pub(super) async fn receipts(mut call: Call) -> Answer {
    let block = readable_block(&mut call).await?;
    let encoded: Vec<Bytes> = block
        .receipts
        .iter()
        .map(|receipt| receipt.envelope().encoded_2718().into())
        .collect();
    answer(&encoded)
}

pub(super) async fn transaction(mut call: Call) -> Answer {
    let hash: B256 = call.arguments.required("hash")?;
    call.arguments.check_finished()?;
    answer(
        &find(&call, hash)
            .await?
            .map(|located| located.transaction.raw),
    )
}

/// A block that the caller may read as a whole.
async fn readable_block(call: &mut Call) -> Result<Arc<ExecutedBlock>, RpcError> {
    let block = one_block(call)?;
    let block = call.block(block).await?.ok_or(Refusal::BlockUnknown)?;
    match call
        .service
        .readers
        .whole_block(call.caller, &block)
        .await?
    {
        true => Ok(block),
        false => Err(Refusal::NotFound.into()),
    }
}

/// RLP of header, transactions, and no ommers and withdrawals.
fn encode(block: &ExecutedBlock) -> Bytes {
    let mut transactions = Vec::new();
    for transaction in &block.transactions {
        match transaction.raw.first() {
            // A legacy transaction is a list already; a typed one stands as a byte string.
            Some(0xc0..) => transactions.extend_from_slice(&transaction.raw),
            _ => transaction.raw.encode(&mut transactions),
        }
    }
    let mut payload = Vec::new();
    block.header.encode(&mut payload);
    list(&transactions, &mut payload);
    list(&[], &mut payload);
    list(&[], &mut payload);
    let mut encoded = Vec::new();
    list(&payload, &mut encoded);
    encoded.into()
}

fn list(payload: &[u8], out: &mut Vec<u8>) {
    let header = RlpHeader {
        list: true,
        payload_length: payload.len(),
    };
    header.encode(out);
    out.extend_from_slice(payload);
}
