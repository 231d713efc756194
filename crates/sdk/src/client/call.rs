//! Typed calls of contracts that change nothing.

use super::Client;
use crate::Error;
use alloy_primitives::{Address, Bytes, TxKind};
use alloy_sol_types::SolCall;
use serde_json::{Value, json};

impl Client {
    /// Calls a view as this client's account, on the newest state.
    ///
    /// # Errors
    /// `Refused` with the contract's reason; those of a call.
    pub async fn call<C: SolCall>(&self, contract: Address, call: &C) -> Result<C::Return, Error> {
        let request = self.request(contract.into(), &call.abi_encode().into());
        let data: Bytes = self
            .nodes()
            .request("eth_call", &[request, json!("latest")])
            .await?;
        C::abi_decode_returns(&data).map_err(|_| Error::MalformedAnswer("return data"))
    }

    /// The call object of the Ethereum JSON-RPC.
    pub(super) fn request(&self, to: TxKind, input: &Bytes) -> Value {
        let mut request = json!({ "input": input });
        if let TxKind::Call(to) = to {
            request["to"] = json!(to);
        }
        if let Some(account) = self.nodes().account() {
            request["from"] = json!(account.address());
        }
        request
    }
}
