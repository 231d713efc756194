//! Tells of new blocks, or of their logs.

use std::sync::Arc;

use theriac_ledger::index::{ExecutedBlock, LogFilter, SealedHeader};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{End, Subscriber};
use crate::{
    answer::RpcError,
    view::{block_logs, header_view, log_view},
};

/// Follows the chain until the end of the subscription.
pub(super) async fn follow(
    subscriber: &Subscriber,
    mut finalised: Receiver<Arc<ExecutedBlock>>,
    filter: Option<&LogFilter>,
) -> End {
    let mut next = None;
    loop {
        let received = tokio::select! {
            () = subscriber.sink.closed() => return End::Gone,
            received = finalised.recv() => received,
        };
        let block = match received {
            Ok(block) => block,
            // What was dropped lies between `next` and the block that is received next.
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return End::Gone,
        };
        if let Err(end) = tell_up_to(subscriber, next, &block, filter).await {
            return end;
        }
        next = Some(block.height() + 1);
    }
}

async fn tell_up_to(
    subscriber: &Subscriber,
    next: Option<u64>,
    block: &ExecutedBlock,
    filter: Option<&LogFilter>,
) -> Result<(), End> {
    subscriber.check().await?;
    for missed in next.unwrap_or(block.height())..block.height() {
        let missed = subscriber.service.chain.block(missed).await;
        if let Some(missed) = missed.map_err(RpcError::from)? {
            tell(subscriber, &missed, filter).await?;
        }
    }
    tell(subscriber, block, filter).await
}

async fn tell(
    subscriber: &Subscriber,
    block: &ExecutedBlock,
    filter: Option<&LogFilter>,
) -> Result<(), End> {
    let Some(filter) = filter else {
        let sealed = SealedHeader {
            hash: block.hash,
            header: block.header.clone(),
        };
        return subscriber.push(&header_view(&sealed)).await;
    };
    for found in block_logs(block, filter) {
        let readers = &subscriber.service.readers;
        let readable = readers.log(subscriber.caller, &found.log).await;
        if readable.map_err(RpcError::from)? {
            subscriber.push(&log_view(found)).await?;
        }
    }
    Ok(())
}
