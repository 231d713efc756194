//! Accounts: balance, nonce, code, storage.

use alloy_primitives::{Address, B256, U64};
use serde_json::json;

use super::Call;
use crate::{
    answer::{Answer, answer},
    params::{BlockReference, Slot},
};

pub(super) async fn balance(mut call: Call) -> Answer {
    let (address, _) = account_at(&mut call).await?;
    let account = call.service.readers.account(call.caller, address).await?;
    answer(&account.balance)
}

pub(super) async fn transaction_count(mut call: Call) -> Answer {
    let (address, block) = account_at(&mut call).await?;
    let account = call.service.readers.account(call.caller, address).await?;
    let nonce = match block {
        BlockReference::Pending => call.service.chain.pending_nonce(address).await?,
        _ => account.nonce,
    };
    answer(&U64::from(nonce))
}

pub(super) async fn code(mut call: Call) -> Answer {
    let (address, _) = account_at(&mut call).await?;
    answer(&call.service.chain.code(address).await?)
}

pub(super) async fn storage(mut call: Call) -> Answer {
    let address: Address = call.arguments.required("address")?;
    let Slot(slot) = call.arguments.required("slot")?;
    let block = call.arguments.optional("block")?;
    call.arguments.check_finished()?;
    call.check_state(block).await?;
    call.service.readers.storage(call.caller, &address)?;
    let value = call.service.chain.storage(address, slot).await?;
    answer(&B256::from(value))
}

pub(super) async fn info(mut call: Call) -> Answer {
    let (address, _) = account_at(&mut call).await?;
    let account = call.service.readers.account(call.caller, address).await?;
    let code = call.service.chain.code(address).await?;
    answer(&json!({
        "balance": account.balance,
        "nonce": U64::from(account.nonce),
        "code": code,
    }))
}

/// The arguments of most of these: an address, and a block that names the state now.
async fn account_at(call: &mut Call) -> Result<(Address, BlockReference), crate::answer::RpcError> {
    let address = call.arguments.required("address")?;
    let block: Option<BlockReference> = call.arguments.optional("block")?;
    call.arguments.check_finished()?;
    call.check_state(block).await?;
    Ok((address, block.unwrap_or_default()))
}
