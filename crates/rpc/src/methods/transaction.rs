//! Transactions and receipts. One that the caller may not read is null, as one that is not there.

use alloy_primitives::B256;
use theriac_ledger::index::Located;

use super::Call;
use crate::{
    answer::{Answer, RpcError, answer},
    params::{BlockReference, Quantity},
    view::{located_view, pending_view, receipt_view, transaction_view},
};

pub(super) async fn by_hash(mut call: Call) -> Answer {
    let hash: B256 = call.arguments.required("hash")?;
    call.arguments.check_finished()?;
    if let Some(located) = find(&call, hash).await? {
        return answer(&located_view(&located)?);
    }
    let waiting = call.service.chain.pending_transaction(hash).await?;
    match waiting.filter(|waiting| call.service.readers.waiting(call.caller, waiting)) {
        Some(waiting) => answer(&pending_view(&waiting)?),
        None => answer(&()),
    }
}

pub(super) async fn by_place(mut call: Call) -> Answer {
    let block: BlockReference = call.arguments.required("block")?;
    let Quantity(index) = call.arguments.required("index")?;
    call.arguments.check_finished()?;
    let Some(block) = call.block(block).await? else {
        return answer(&());
    };
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    let (Some(transaction), Some(receipt)) =
        (block.transactions.get(index), block.receipts.get(index))
    else {
        return answer(&());
    };
    let readers = &call.service.readers;
    match readers
        .transaction(call.caller, transaction, receipt)
        .await?
    {
        true => answer(&transaction_view(&block, index)?),
        false => answer(&()),
    }
}

pub(super) async fn receipt(mut call: Call) -> Answer {
    let hash: B256 = call.arguments.required("hash")?;
    call.arguments.check_finished()?;
    match find(&call, hash).await? {
        Some(located) => answer(&receipt_view(&located)?),
        None => answer(&()),
    }
}

/// A finalised transaction, if the caller may read it.
pub(super) async fn find(call: &Call, hash: B256) -> Result<Option<Located>, RpcError> {
    let Some(located) = call.service.chain.transaction(hash).await? else {
        return Ok(None);
    };
    let readers = &call.service.readers;
    let readable = readers
        .transaction(call.caller, &located.transaction, &located.receipt)
        .await?;
    Ok(readable.then_some(located))
}
