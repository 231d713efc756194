//! Calls that are executed without being recorded, always as the caller's own account.

use alloy_primitives::{Address, U64, U256};
use alloy_rpc_types_eth::AccessListResult;

use super::Call;
use crate::{
    CallRequest, Refusal,
    answer::{Answer, RpcError, answer},
    params::{BlockReference, CallArguments},
    read::Caller,
};

pub(super) async fn call(mut call: Call) -> Answer {
    let request = request(&mut call).await?;
    answer(&call.service.chain.call(request).await?)
}

pub(super) async fn estimate(mut call: Call) -> Answer {
    let request = request(&mut call).await?;
    answer(&U64::from(call.service.chain.estimate(request).await?))
}

pub(super) async fn access_list(mut call: Call) -> Answer {
    let request = request(&mut call).await?;
    let outcome = call.service.chain.access_list(request).await?;
    answer(&AccessListResult {
        access_list: outcome.access_list,
        gas_used: U256::from(outcome.gas_used),
        error: outcome.error,
    })
}

async fn request(call: &mut Call) -> Result<CallRequest, RpcError> {
    let arguments: CallArguments = call.arguments.required("call")?;
    let block: Option<BlockReference> = call.arguments.optional("block")?;
    // Overrides would put code at a patient's address, and so speak for her to the contracts' views.
    let overridden = call.arguments.skip() | call.arguments.skip();
    if overridden {
        return Err(Refusal::OverridesNotServed.into());
    }
    call.arguments.check_finished()?;
    call.check_state(block).await?;
    let chain_id = call.service.config.chain_id;
    if arguments.chain_id.is_some_and(|given| given != chain_id) {
        return Err(RpcError::Invalid(format!(
            "wrong chain id: this chain is {chain_id}"
        )));
    }
    Ok(CallRequest {
        from: from(call.caller, arguments.from)?,
        to: arguments.to,
        gas: arguments.gas,
        value: arguments.value,
        input: arguments.input,
        nonce: arguments.nonce,
        access_list: arguments.access_list,
        authorizations: arguments.authorizations,
    })
}

/// The account that a call is made from. Some clients say the zero address where nothing was said.
fn from(caller: Caller, given: Option<Address>) -> Result<Address, Refusal> {
    let given = given.filter(|given| !given.is_zero());
    match (caller, given) {
        (Caller::Nobody, _) => Err(Refusal::LoginRequired),
        (Caller::Anyone(account), given) => Ok(given.unwrap_or(account)),
        (Caller::Account(account), None) => Ok(account),
        (Caller::Account(account), Some(given)) if given == account => Ok(account),
        (Caller::Account(_), Some(_)) => Err(Refusal::FromIsNotYou),
    }
}
