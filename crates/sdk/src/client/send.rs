//! Sends a transaction and waits until it is final.
//!
//! ```text
//! estimate (a refusal ends here, nothing is written) -> nonce, sign, send -> wait for the receipt -> success or refusal
//!     ^                                                                          |
//!     +------------ failed, and no rule refuses it now: at most twice <-----------+
//! ```

use super::Client;
use crate::{
    Error,
    account::{Draft, Fees, SignedTransaction},
};
use alloy_primitives::{Address, B256, Bytes, TxKind, U64};
use alloy_rpc_types_eth::TransactionReceipt;
use alloy_sol_types::{SolCall, SolEvent};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long to wait for a block. The network makes one each second at least while enough members are up.
const FINALITY_TIMEOUT: Duration = Duration::from_secs(60);
/// How often a transaction is sent that fails although no rule refuses it.
const ATTEMPTS: usize = 3;
const FIRST_POLL: Duration = Duration::from_millis(20);
const LONGEST_POLL: Duration = Duration::from_millis(250);

impl Client {
    /// Calls a function that changes state, and waits until its block is final.
    ///
    /// # Errors
    /// `Refused` with the contract's reason, before or in the block; `TransactionRefused`; `NotFinalInTime`; `NoAccount`.
    pub async fn send<C: SolCall>(
        &self,
        contract: Address,
        call: &C,
    ) -> Result<TransactionReceipt, Error> {
        self.transact(contract.into(), call.abi_encode().into(), Fees::default())
            .await
    }

    /// Sends any transaction, and waits until its block is final.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn transact(
        &self,
        to: TxKind,
        input: Bytes,
        fees: Fees,
    ) -> Result<TransactionReceipt, Error> {
        let request = self.request(to, &input);
        for _ in 0..ATTEMPTS {
            let receipt = self.attempt(&request, (to, &input), fees.clone()).await?;
            if receipt.status() {
                return Ok(receipt);
            }
            // The state changed between the estimate and the block; the state after it says whether a rule refuses. Where none
            // does, it cost more than was estimated, as a vote that others made the deciding one: it changed nothing.
            let params = [request.clone(), json!("latest")];
            let _: Bytes = self.nodes().request("eth_call", &params).await?;
        }
        Err(Error::Reverted(Bytes::new()))
    }

    async fn attempt(
        &self,
        request: &Value,
        (to, input): (TxKind, &Bytes),
        fees: Fees,
    ) -> Result<TransactionReceipt, Error> {
        let estimate: U64 = self
            .nodes()
            .request("eth_estimateGas", std::slice::from_ref(request))
            .await?;
        let draft = Draft {
            chain_id: self.chain_id().await?,
            nonce: 0,
            gas_limit: with_margin(estimate.to()),
            to,
            input: input.clone(),
        };
        let signed = self.sign_and_submit(draft, fees).await?;
        self.finality(signed.hash).await
    }

    /// Gives a signed transaction to a node; another node is asked where one cannot be reached. The same transaction
    /// may be given again.
    ///
    /// # Errors
    /// `TransactionRefused`, `Refused`, those of a call.
    pub async fn submit(&self, raw: &Bytes) -> Result<B256, Error> {
        self.nodes()
            .request("eth_sendRawTransaction", &[json!(raw)])
            .await
    }

    /// Waits until the block of a transaction is final and durable on the node that answers.
    ///
    /// # Errors
    /// `NotFinalInTime` after a minute; those of a call.
    pub async fn finality(&self, hash: B256) -> Result<TransactionReceipt, Error> {
        let deadline = Instant::now() + FINALITY_TIMEOUT;
        let mut pause = FIRST_POLL;
        loop {
            if let Some(receipt) = self.receipt(hash).await? {
                self.wrote(receipt.block_number.unwrap_or_default());
                return Ok(receipt);
            }
            if Instant::now() >= deadline {
                return Err(Error::NotFinalInTime(hash));
            }
            sleep(pause).await;
            // Finality is seen at most a fifth later than it was.
            pause = (pause * 6 / 5).min(LONGEST_POLL);
        }
    }

    /// The receipt of a transaction; `None` while it is not in a final block.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn receipt(&self, hash: B256) -> Result<Option<TransactionReceipt>, Error> {
        self.nodes()
            .request("eth_getTransactionReceipt", &[json!(hash)])
            .await
    }

    /// Signs with the next nonce and submits; where the node counts differently, asks it for its count and tries once more.
    async fn sign_and_submit(&self, draft: Draft, fees: Fees) -> Result<SignedTransaction, Error> {
        let mut turn = self.nonces.turn().await;
        for last in [false, true] {
            let nonce = turn.nonce(self.pending_nonce()).await?;
            let draft = Draft {
                nonce,
                ..draft.clone()
            };
            let signed = self
                .account()?
                .sign_transaction(draft, fees.clone())
                .ok_or(Error::CannotCreate)?;
            match self.submit(&signed.raw).await {
                Ok(_) => {
                    turn.sent(nonce);
                    return Ok(signed);
                }
                // A node that broke off may have taken it: then it is final, and its nonce is used.
                Err(error) if is_about_nonce(&error) => {
                    turn.forget();
                    if self.receipt(signed.hash).await?.is_some() {
                        return Ok(signed);
                    }
                    if last {
                        return Err(error);
                    }
                }
                Err(error) => {
                    turn.forget();
                    return Err(error);
                }
            }
        }
        unreachable!("the second turn of the loop always returns")
    }

    async fn pending_nonce(&self) -> Result<u64, Error> {
        let params = [json!(self.account()?.address()), json!("pending")];
        Ok(self
            .nodes()
            .request::<U64>("eth_getTransactionCount", &params)
            .await?
            .to())
    }
}

fn is_about_nonce(error: &Error) -> bool {
    matches!(error.code(), Some("NonceTooLow" | "NonceTooHigh"))
}

/// A quarter more, since a log may grow between the estimate and the block.
fn with_margin(estimate: u64) -> u64 {
    estimate + estimate / 4 + 10_000
}

/// The first event of this kind that the contract emitted in the transaction.
pub(crate) fn event<E: SolEvent>(
    receipt: &TransactionReceipt,
    contract: Address,
) -> Result<E, Error> {
    let of_contract = receipt
        .logs()
        .iter()
        .filter(|log| log.address() == contract);
    let mut events = of_contract.filter_map(|log| E::decode_log(&log.inner).ok());
    events
        .next()
        .map(|log| log.data)
        .ok_or(Error::MalformedAnswer("event"))
}
