//! Blocks.

use alloy_primitives::{B256, U64};

use super::Call;
use crate::{
    answer::{Answer, RpcError, answer},
    params::{BlockReference, Quantity},
    view::{block_view, locate_all, receipt_view},
};

pub(super) async fn number(call: Call) -> Answer {
    call.arguments.check_finished()?;
    answer(&U64::from(call.service.chain.head().await?.header.number))
}

pub(super) async fn by_number(mut call: Call) -> Answer {
    let block = call.arguments.required("block")?;
    get(call, block).await
}

pub(super) async fn by_hash(mut call: Call) -> Answer {
    let hash: B256 = call.arguments.required("hash")?;
    get(call, BlockReference::Hash(hash)).await
}

/// Whole transactions are all or none: where the caller may not read one of them, hashes are given for
/// all. Clients take a list of either, but not a mixture.
async fn get(mut call: Call, block: BlockReference) -> Answer {
    let whole = call.arguments.optional("whole")?.unwrap_or(false);
    call.arguments.check_finished()?;
    let Some(block) = call.block(block).await? else {
        return answer(&());
    };
    let whole = whole
        && call
            .service
            .readers
            .whole_block(call.caller, &block)
            .await?;
    answer(&block_view(&block, whole)?)
}

pub(super) async fn transaction_count(mut call: Call) -> Answer {
    let block = one_block(&mut call)?;
    let block = call.block(block).await?;
    answer(&block.map(|block| U64::from(block.transactions.len())))
}

pub(super) async fn uncle_count(mut call: Call) -> Answer {
    let block = one_block(&mut call)?;
    let height = call.height(block).await?;
    answer(&height.map(|_| U64::ZERO))
}

pub(super) async fn uncle(mut call: Call) -> Answer {
    let _: BlockReference = call.arguments.required("block")?;
    let _: Quantity = call.arguments.required("index")?;
    call.arguments.check_finished()?;
    answer(&())
}

pub(super) async fn receipts(mut call: Call) -> Answer {
    let block = one_block(&mut call)?;
    let Some(block) = call.block(block).await? else {
        return answer(&());
    };
    let mut views = Vec::new();
    for located in locate_all(&block) {
        let readers = &call.service.readers;
        if readers
            .transaction(call.caller, &located.transaction, &located.receipt)
            .await?
        {
            views.push(receipt_view(&located)?);
        }
    }
    answer(&views)
}

/// The only argument, a block.
pub(super) fn one_block(call: &mut Call) -> Result<BlockReference, RpcError> {
    let block = call.arguments.required("block")?;
    call.arguments.check_finished()?;
    Ok(block)
}
