//! Giving the node a signed transaction.

use std::{sync::Arc, time::Duration};

use alloy_primitives::{B256, Bytes};
use theriac_ledger::index::ExecutedBlock;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::timeout,
};

use super::Call;
use crate::{
    answer::{Answer, RpcError, answer},
    params::Quantity,
    view::receipt_view,
};

/// How long `eth_sendRawTransactionSync` waits where the caller does not say.
const DEFAULT_WAIT_MS: u64 = 5_000;

pub(super) async fn send(mut call: Call) -> Answer {
    let raw: Bytes = call.arguments.required("transaction")?;
    call.arguments.check_finished()?;
    answer(&call.service.chain.submit(raw).await?)
}

/// EIP-7966. A timeout of zero counts as none given; it never exceeds the time of a call.
pub(super) async fn send_and_wait(mut call: Call) -> Answer {
    let raw: Bytes = call.arguments.required("transaction")?;
    let wait: Option<Quantity> = call.arguments.optional("timeout")?;
    call.arguments.check_finished()?;
    let wait = wait
        .map(|wait| wait.0)
        .filter(|wait| *wait > 0)
        .unwrap_or(DEFAULT_WAIT_MS);
    let longest = call.service.config.limits.call_time * 9 / 10;
    let wait = Duration::from_millis(wait).min(longest);
    // Subscribed before submitting: the block cannot slip through between.
    let finalised = call.service.chain.finalised();
    let hash = call.service.chain.submit(raw).await?;
    match timeout(wait, finality(&call, hash, finalised)).await {
        Ok(answer) => answer,
        Err(_) => Err(RpcError::NotYetFinal(hash)),
    }
}

async fn finality(call: &Call, hash: B256, mut finalised: Receiver<Arc<ExecutedBlock>>) -> Answer {
    loop {
        if let Some(located) = call.service.chain.transaction(hash).await? {
            return answer(&receipt_view(&located)?);
        }
        loop {
            match finalised.recv().await {
                Ok(block) if block.transactions.iter().any(|one| one.hash == hash) => break,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return Err(RpcError::NotYetFinal(hash)),
            }
        }
    }
}
