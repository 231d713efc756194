//! A call on its way to its method, and what methods have in common.

use std::sync::Arc;

use alloy_primitives::Address;
use theriac_ledger::index::ExecutedBlock;

use crate::{
    Refusal,
    answer::RpcError,
    params::{Arguments, BlockReference},
    read::Caller,
    service::Service,
};

/// A call that passed the gate.
pub(crate) struct Call {
    pub(crate) service: Arc<Service>,
    pub(crate) caller: Caller,
    pub(crate) arguments: Arguments,
}

impl Call {
    /// The account of the caller. The gate lets nobody without one into a method that needs it.
    pub(super) fn account(&self) -> Result<Address, Refusal> {
        self.caller.account().ok_or(Refusal::LoginRequired)
    }

    /// The height that a reference names, if that block is here.
    pub(super) async fn height(&self, block: BlockReference) -> Result<Option<u64>, RpcError> {
        height(&self.service, block).await
    }

    /// The block that a reference names, if it is here.
    pub(super) async fn block(
        &self,
        block: BlockReference,
    ) -> Result<Option<Arc<ExecutedBlock>>, RpcError> {
        match self.height(block).await? {
            Some(height) => Ok(self.service.chain.block(height).await?),
            None => Ok(None),
        }
    }

    /// Lets a reference to the state through if it names the state now, the only one that is kept.
    ///
    /// # Errors
    /// [`Refusal::BlockUnknown`], [`Refusal::StateNotKept`].
    pub(super) async fn check_state(&self, block: Option<BlockReference>) -> Result<(), RpcError> {
        let asked = match block.unwrap_or_default() {
            BlockReference::Latest | BlockReference::Pending => return Ok(()),
            other => self.height(other).await?.ok_or(Refusal::BlockUnknown)?,
        };
        match asked == self.service.chain.head().await?.header.number {
            true => Ok(()),
            false => Err(Refusal::StateNotKept.into()),
        }
    }
}

/// The height that a reference names, if that block is here.
pub(super) async fn height(
    service: &Service,
    block: BlockReference,
) -> Result<Option<u64>, RpcError> {
    let chain = &service.chain;
    let height = match block {
        BlockReference::Latest | BlockReference::Pending => chain.head().await?.header.number,
        BlockReference::Height(height) => height,
        BlockReference::Hash(hash) => return Ok(chain.height_of(hash).await?),
        BlockReference::Earliest => match chain.header(0).await? {
            Some(_) => 0,
            // A node that synced has no genesis block: the earliest is the first that it has.
            None => chain.status().await?.floor,
        },
    };
    Ok(chain.header(height).await?.map(|_| height))
}
