//! Fees: there are none, said in every form that clients ask for.

use alloy_primitives::U64;
use alloy_rpc_types_eth::FeeHistory;

use super::Call;
use crate::{
    Refusal,
    answer::{Answer, answer},
    params::{BlockReference, Quantity},
};

/// Blocks that one fee history spans at most; more is cut, as the execution API allows.
const MAX_HISTORY: u64 = 1_024;

pub(super) async fn zero(call: Call) -> Answer {
    call.arguments.check_finished()?;
    answer(&U64::ZERO)
}

/// Rewards have a row for each block, else clients guess a tip of their own.
pub(super) async fn history(mut call: Call) -> Answer {
    let Quantity(count) = call.arguments.required("count")?;
    let newest: BlockReference = call.arguments.required("block")?;
    let percentiles: Option<Vec<f64>> = call.arguments.optional("percentiles")?;
    call.arguments.check_finished()?;
    let newest = call.height(newest).await?.ok_or(Refusal::BlockUnknown)?;
    let count = count.min(MAX_HISTORY).min(newest + 1);
    let mut oldest = newest + 1;
    let mut ratios = Vec::new();
    while ratios.len() < count as usize {
        let Some(sealed) = call.service.chain.header(oldest - 1).await? else {
            break;
        };
        oldest -= 1;
        let (used, limit) = (sealed.header.gas_used, sealed.header.gas_limit.max(1));
        ratios.push(used as f64 / limit as f64);
    }
    ratios.reverse();
    let blocks = ratios.len();
    answer(&FeeHistory {
        base_fee_per_gas: vec![0; blocks + 1],
        gas_used_ratio: ratios,
        base_fee_per_blob_gas: vec![0; blocks + 1],
        blob_gas_used_ratio: vec![0.0; blocks],
        oldest_block: oldest,
        reward: percentiles.map(|percentiles| vec![vec![0; percentiles.len()]; blocks]),
    })
}
