//! Logs.

use std::ops::RangeInclusive;

use alloy_rpc_types_eth::Log;
use theriac_ledger::index::{LogFilter, LogLimits};

use super::{Call, call::height};
use crate::{
    Refusal,
    answer::{Answer, RpcError, answer},
    params::{BlockReference, LogQuery, LogRange},
    read::Caller,
    service::Service,
    view::log_view,
};

/// What the index does before it hands back a page, so that a call that took too long stops soon.
const PAGE: LogLimits = LogLimits {
    logs: 2_000,
    blocks_read: 2_000,
};

pub(super) async fn get(mut call: Call) -> Answer {
    let query: LogQuery = call.arguments.required("filter")?;
    call.arguments.check_finished()?;
    let Some(range) = heights(&call.service, &query.range).await? else {
        return answer(&[(); 0]);
    };
    answer(&find(&call.service, call.caller, &query.filter, range).await?)
}

/// The heights that a query spans; none if it lies beyond the head.
pub(super) async fn heights(
    service: &Service,
    range: &LogRange,
) -> Result<Option<RangeInclusive<u64>>, RpcError> {
    let (from, to) = match range {
        LogRange::Block(hash) => {
            let at = height(service, BlockReference::Hash(*hash)).await?;
            let at = at.ok_or(Refusal::BlockUnknown)?;
            return Ok(Some(at..=at));
        }
        LogRange::Between(from, to) => (from.unwrap_or_default(), to.unwrap_or_default()),
    };
    let head = service.chain.head().await?.header.number;
    let from = bound(service, from, head).await?;
    let to = bound(service, to, head).await?;
    if from > to && to != head {
        return Err(RpcError::Invalid("fromBlock is after toBlock".to_owned()));
    }
    if from > to.min(head) {
        return Ok(None);
    }
    let to = to.min(head);
    match to - from < service.config.limits.log_blocks {
        true => Ok(Some(from..=to)),
        false => Err(Refusal::RangeTooWide.into()),
    }
}

/// A height that may lie beyond the head.
async fn bound(service: &Service, block: BlockReference, head: u64) -> Result<u64, RpcError> {
    match block {
        BlockReference::Latest | BlockReference::Pending => Ok(head),
        BlockReference::Height(height) => Ok(height),
        BlockReference::Earliest | BlockReference::Hash(_) => {
            Ok(height(service, block).await?.ok_or(Refusal::BlockUnknown)?)
        }
    }
}

/// The logs that a caller may read, page by page: what it may not read counts for nothing.
pub(super) async fn find(
    service: &Service,
    caller: Caller,
    filter: &LogFilter,
    range: RangeInclusive<u64>,
) -> Result<Vec<Log>, RpcError> {
    let mut readable = Vec::new();
    let (mut from, to) = range.into_inner();
    loop {
        let page = service.chain.logs(filter, from..=to, PAGE).await?;
        for found in page.logs {
            if service.readers.log(caller, &found.log).await? {
                readable.push(log_view(found));
            }
        }
        if readable.len() > service.config.limits.log_results {
            return Err(Refusal::TooManyLogs.into());
        }
        match page.next {
            Some(next) => from = next,
            None => return Ok(readable),
        }
        tokio::task::yield_now().await;
    }
}
