//! What a keeper asks of its node's finalised state.

use crate::Refusal;
use alloy_primitives::Address;
use async_trait::async_trait;

/// An opening that a keeper may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answerable {
    /// Whose it is.
    pub requester: Address,
    /// The content id of its one-time key.
    pub key: [u8; 32],
}

/// The state after the last block that is final here, and of no other. A keeper that lags answers by what it has.
#[async_trait]
pub trait Finalised: Send + Sync + 'static {
    /// Whether an opening over exactly these seals may be answered now.
    ///
    /// # Errors
    /// [`FinalisedFailure`] where the state cannot be read; the refusal of the ledger is the inner result.
    async fn answerable(
        &self,
        opening: u64,
        seals: &[[u8; 32]],
    ) -> Result<Result<Answerable, Refusal>, FinalisedFailure>;
}

/// The node's state could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the finalised state cannot be read")]
pub struct FinalisedFailure(#[source] pub Box<dyn std::error::Error + Send + Sync>);
