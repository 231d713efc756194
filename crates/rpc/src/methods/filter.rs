//! Filters that an account polls.

use alloy_primitives::{B256, U128};
use serde_json::Value;

use super::{Call, log};
use crate::{
    Refusal,
    answer::{Answer, RpcError, answer},
    filters::{FilterId, Watched, drain},
    params::{Argument, BlockReference, LogQuery, LogRange},
};

/// Block hashes that one poll tells at most; the next poll goes on.
const MAX_BLOCKS: u64 = 1_024;

pub(super) async fn new_logs(mut call: Call) -> Answer {
    let query: LogQuery = call.arguments.required("filter")?;
    let next = next_height(&call).await?;
    install(call, Watched::Logs(query, next))
}

pub(super) async fn new_blocks(call: Call) -> Answer {
    let next = next_height(&call).await?;
    install(call, Watched::Blocks(next))
}

pub(super) async fn new_transactions(call: Call) -> Answer {
    let admitted = call.service.chain.admitted();
    install(call, Watched::Transactions(admitted))
}

pub(super) async fn uninstall(mut call: Call) -> Answer {
    let id = filter_id(&mut call)?;
    answer(&call.service.filters.uninstall(call.account()?, id))
}

pub(super) async fn logs(mut call: Call) -> Answer {
    let id = filter_id(&mut call)?;
    let service = &call.service;
    let query = service.filters.with(
        call.account()?,
        id,
        service.now_ms(),
        |watched| match watched {
            Watched::Logs(query, _) => Some(query.clone()),
            Watched::Blocks(_) | Watched::Transactions(_) => None,
        },
    )?;
    let query = query.ok_or(Refusal::FilterUnknown)?;
    let Some(range) = log::heights(service, &query.range).await? else {
        return answer(&[(); 0]);
    };
    answer(&log::find(service, call.caller, &query.filter, range).await?)
}

/// What a poll has to look up after the filter was moved on.
enum Changes {
    Blocks(u64, u64),
    Logs(LogQuery, u64),
    Transactions(Vec<B256>),
}

pub(super) async fn changes(mut call: Call) -> Answer {
    let id = filter_id(&mut call)?;
    let service = &call.service;
    let head = service.chain.head().await?.header.number;
    let changes =
        service.filters.with(
            call.account()?,
            id,
            service.now_ms(),
            |watched| match watched {
                Watched::Blocks(next) => {
                    let (from, to) = (*next, (head + 1).min(*next + MAX_BLOCKS));
                    *next = to.max(from);
                    Changes::Blocks(from, to)
                }
                Watched::Logs(query, next) => {
                    let from = *next;
                    *next = (head + 1).max(from);
                    Changes::Logs(query.clone(), from)
                }
                Watched::Transactions(receiver) => Changes::Transactions(drain(receiver)),
            },
        )?;
    match changes {
        Changes::Transactions(hashes) => answer(&hashes),
        Changes::Blocks(from, to) => answer(&block_hashes(&call, from, to).await?),
        Changes::Logs(query, from) => new_logs_since(&call, &query, from, head).await,
    }
}

/// Logs of blocks from `from` to `head`, as far as the filter's own range reaches.
async fn new_logs_since(call: &Call, query: &LogQuery, from: u64, head: u64) -> Answer {
    let last = match query.range {
        LogRange::Between(_, Some(BlockReference::Height(to))) => to.min(head),
        LogRange::Between(_, _) => head,
        LogRange::Block(_) => return answer(&[(); 0]),
    };
    let first = match query.range {
        LogRange::Between(Some(BlockReference::Height(start)), _) => start.max(from),
        LogRange::Between(_, _) | LogRange::Block(_) => from,
    };
    match first <= last {
        true => answer(&log::find(&call.service, call.caller, &query.filter, first..=last).await?),
        false => answer(&[(); 0]),
    }
}

async fn block_hashes(call: &Call, from: u64, to: u64) -> Result<Vec<B256>, RpcError> {
    let mut hashes = Vec::new();
    for height in from..to {
        if let Some(sealed) = call.service.chain.header(height).await? {
            hashes.push(sealed.hash);
        }
    }
    Ok(hashes)
}

async fn next_height(call: &Call) -> Result<u64, RpcError> {
    Ok(call.service.chain.head().await?.header.number + 1)
}

fn install(call: Call, watched: Watched) -> Answer {
    call.arguments.check_finished()?;
    let now = call.service.now_ms();
    answer(
        &call
            .service
            .filters
            .install(call.account()?, watched, now)?,
    )
}

fn filter_id(call: &mut Call) -> Result<FilterId, RpcError> {
    let id = call.arguments.required("id")?;
    call.arguments.check_finished()?;
    Ok(id)
}

impl Argument for U128 {
    fn read(value: &Value) -> Result<Self, String> {
        let wide = alloy_primitives::U256::read(value)?;
        Self::checked_from_limbs_slice(wide.as_limbs())
            .ok_or_else(|| "hex quantity over 128 bits".to_owned())
    }
}
