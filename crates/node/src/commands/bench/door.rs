//! JSON-RPC over kept connections: single calls for setting up, whole batches for load.

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Method, Request,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use theriac_sdk::account::{Account, sign_login};

/// One server, as one account or as none.
#[derive(Clone, Debug)]
pub(super) struct Door {
    base: String,
    client: Client<HttpConnector, Full<Bytes>>,
    authorization: Option<HeaderValue>,
}

/// One answer of a batch.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    pub(super) result: Value,
    pub(super) error: Option<Failure>,
}

/// Why a call was not done.
#[derive(Debug, Deserialize)]
pub(super) struct Failure {
    pub(super) code: i64,
    pub(super) message: String,
}

impl Door {
    /// The server at `base`, such as `http://127.0.0.1:8545`, without a login.
    pub(super) fn new(base: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self {
            base: base.to_owned(),
            client: Client::builder(TokioExecutor::new()).build(connector),
            authorization: None,
        }
    }

    /// The same server after a login.
    ///
    /// # Errors
    /// Where the node refuses it.
    pub(super) async fn login(mut self, account: &Account, chain_id: u64) -> anyhow::Result<Self> {
        let challenge = self
            .ask("theriac_challenge", json!([account.address()]))
            .await?;
        let message = challenge["message"]
            .as_str()
            .context("a challenge has a message")?;
        let signature = sign_login(account, chain_id, &self.base, message)?;
        let answer = json!([message, format!("0x{}", hex::encode(signature))]);
        let session = self.ask("theriac_login", answer).await?;
        let token = session["token"].as_str().context("a login gives a token")?;
        self.authorization = Some(HeaderValue::from_str(&format!("Bearer {token}"))?);
        Ok(self)
    }

    /// One call.
    ///
    /// # Errors
    /// Where the server cannot be reached or answers with an error.
    pub(super) async fn ask(&self, method: &str, params: Value) -> anyhow::Result<Value> {
        let call = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let answer: Answer = self.post(call.to_string().into()).await?;
        match answer.error {
            None => Ok(answer.result),
            Some(Failure { code, message }) => bail!("{method}: {message} ({code})"),
        }
    }

    /// The number that a method without parameters answers.
    ///
    /// # Errors
    /// As [`Door::ask`].
    pub(super) async fn quantity(&self, method: &str) -> anyhow::Result<u64> {
        quantity(&self.ask(method, json!([])).await?)
    }

    /// Sends a body and reads the answer.
    ///
    /// # Errors
    /// Where the server cannot be reached or does not answer with JSON of this form.
    pub(super) async fn post<T: DeserializeOwned>(&self, body: Bytes) -> anyhow::Result<T> {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}/", self.base))
            .header(CONTENT_TYPE, "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        let response = self.client.request(request.body(Full::new(body))?).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        serde_json::from_slice(&body).with_context(|| format!("status {status}, not an answer"))
    }
}

/// A hexadecimal number.
///
/// # Errors
/// Where it is none.
pub(super) fn quantity(value: &Value) -> anyhow::Result<u64> {
    let digits = value.as_str().and_then(|text| text.strip_prefix("0x"));
    let digits = digits.with_context(|| format!("expected a quantity, got {value}"))?;
    Ok(u64::from_str_radix(digits, 16)?)
}
