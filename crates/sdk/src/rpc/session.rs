//! A login at one node: the token that it gave, sent with every later request.

use super::failed;
use crate::{
    Error,
    account::{Account, sign_login},
};
use alloy_primitives::U64;
use jsonrpsee::{
    core::{ClientError, client::ClientT},
    http_client::HttpClient,
};
use serde::Deserialize;

/// What `theriac_login` answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Session {
    /// Sent as `authorization: Bearer <token>`, or as the path `/t/<token>`.
    pub(crate) token: String,
}

/// What `theriac_challenge` answers.
#[derive(Debug, Deserialize)]
struct Challenge {
    message: String,
}

impl Session {
    /// Asks the node for a challenge and signs it.
    ///
    /// # Errors
    /// `Login` where the challenge is not one for this account; those of a call.
    pub(crate) async fn begin(
        node: &str,
        client: &HttpClient,
        account: &Account,
    ) -> Result<Self, Error> {
        let wrong = |error: ClientError| failed(node, error);
        let chain_id: U64 = client
            .request("eth_chainId", Vec::<()>::new())
            .await
            .map_err(wrong)?;
        let challenge: Challenge = client
            .request("theriac_challenge", vec![account.address()])
            .await
            .map_err(wrong)?;
        let signature = sign_login(account, chain_id.to(), node, &challenge.message)?;
        let answer = vec![challenge.message, format!("0x{}", hex::encode(signature))];
        client.request("theriac_login", answer).await.map_err(wrong)
    }
}
