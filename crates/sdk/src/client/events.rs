//! Events of a contract, in ranges that nodes serve.

use super::Client;
use crate::Error;
use alloy_primitives::{Address, B256, U64};
use alloy_rpc_types_eth::Log;
use alloy_sol_types::SolEvent;
use serde_json::json;

/// Blocks of one query; nodes refuse more than 100,000.
const RANGE_BLOCKS: u64 = 50_000;

impl Client {
    /// Events of one kind from a height to the last final block, in order; `topics` are those after the kind's own.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn events<E: SolEvent>(
        &self,
        contract: Address,
        topics: &[B256],
        from: u64,
    ) -> Result<Vec<E>, Error> {
        let head = self.height().await?;
        let topics: Vec<B256> = [E::SIGNATURE_HASH].iter().chain(topics).copied().collect();
        let (mut events, mut start) = (Vec::new(), from);
        while start <= head {
            let mut end = head.min(start + RANGE_BLOCKS - 1);
            let logs = loop {
                match self.logs(contract, &topics, (start, end)).await {
                    Err(error) if is_too_much(&error) && end > start => {
                        end = start + (end - start) / 2;
                    }
                    answer => break answer?,
                }
            };
            let decoded = logs
                .iter()
                .map(|log| E::decode_log(&log.inner).map(|log| log.data));
            let decoded: Result<Vec<E>, _> = decoded.collect();
            events.extend(decoded.map_err(|_| Error::MalformedAnswer("event"))?);
            start = end + 1;
        }
        Ok(events)
    }

    /// Logs of a contract in a range of heights, both ends included.
    pub(crate) async fn logs(
        &self,
        contract: Address,
        topics: &[B256],
        range: (u64, u64),
    ) -> Result<Vec<Log>, Error> {
        let (from, to) = (U64::from(range.0), U64::from(range.1));
        let filter =
            json!({ "address": contract, "topics": topics, "fromBlock": from, "toBlock": to });
        self.nodes().request("eth_getLogs", &[filter]).await
    }
}

/// Whether a node refused since it would have to tell too much at once (EIP-1474).
fn is_too_much(error: &Error) -> bool {
    const LIMIT_EXCEEDED: i64 = -32_005;
    matches!(error, Error::Node { code, .. } if *code == LIMIT_EXCEEDED)
}
