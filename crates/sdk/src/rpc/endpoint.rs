//! One node's door: its address, and the login held there.

use super::{Session, failed};
use crate::{Error, account::Account};
use alloy_primitives::U64;
use jsonrpsee::{
    core::{client::ClientT, params::BatchRequestBuilder},
    http_client::{HeaderMap, HeaderValue, HttpClient, HttpClientBuilder},
    types::ErrorObjectOwned,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use tokio::sync::RwLock;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// An evidence bundle of a long log is the largest answer.
const MAX_ANSWER_BYTES: u32 = 64 << 20;

/// A node, with the client and the token that are in use.
#[derive(Debug)]
pub(crate) struct Endpoint {
    /// `http://` or `https://` address without a slash at the end.
    base: String,
    door: RwLock<Door>,
    /// The greatest height that the node was seen to have.
    reached: AtomicU64,
}

#[derive(Clone, Debug)]
struct Door {
    client: HttpClient,
    token: Option<String>,
}

impl Endpoint {
    /// # Errors
    /// `Address` where the text is not an HTTP address.
    pub(crate) fn new(address: &str) -> Result<Self, Error> {
        let base = address.trim_end_matches('/').to_owned();
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return Err(Error::Address(address.to_owned()));
        }
        let door = RwLock::new(Door {
            client: client(&base, None)?,
            token: None,
        });
        Ok(Self {
            base,
            door,
            reached: AtomicU64::new(0),
        })
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The token held now, if any.
    pub(crate) async fn token(&self) -> Option<String> {
        self.door.read().await.token.clone()
    }

    /// Calls a method. Where the node asks for a login, or the token has expired, and there is an account, logs in
    /// and calls once more.
    pub(crate) async fn request<T: DeserializeOwned>(
        &self,
        account: Option<&Account>,
        method: &str,
        params: &[Value],
    ) -> Result<T, Error> {
        let door = self.door.read().await.clone();
        let first = door
            .client
            .request(method, params)
            .await
            .map_err(|error| failed(&self.base, error));
        match (first, account) {
            (Err(Error::LoginNeeded), Some(account)) => {
                let client = self.login(account, door.token.as_deref()).await?;
                client
                    .request(method, params)
                    .await
                    .map_err(|error| failed(&self.base, error))
            }
            (answer, _) => answer,
        }
    }

    /// Whether the node has this block: asks only where the node was not seen to have it.
    pub(crate) async fn has_reached(
        &self,
        account: Option<&Account>,
        height: u64,
    ) -> Result<bool, Error> {
        if self.reached.load(Ordering::Relaxed) < height {
            let told: U64 = self.request(account, "eth_blockNumber", &[]).await?;
            self.reached.fetch_max(told.to(), Ordering::Relaxed);
        }
        Ok(self.reached.load(Ordering::Relaxed) >= height)
    }

    /// Calls a method for each list of parameters in one request; logs in and asks once more as [`Endpoint::request`] does.
    pub(crate) async fn request_all<T: DeserializeOwned>(
        &self,
        account: Option<&Account>,
        method: &str,
        params: &[[Value; 2]],
    ) -> Result<Vec<Result<T, Error>>, Error> {
        let door = self.door.read().await.clone();
        let first = self.batch(&door.client, method, params).await?;
        let is_closed = |answer: &Result<T, Error>| matches!(answer, Err(Error::LoginNeeded));
        match account {
            Some(account) if first.iter().any(is_closed) => {
                let client = self.login(account, door.token.as_deref()).await?;
                self.batch(&client, method, params).await
            }
            Some(_) | None => Ok(first),
        }
    }

    async fn batch<T: DeserializeOwned>(
        &self,
        client: &HttpClient,
        method: &str,
        params: &[[Value; 2]],
    ) -> Result<Vec<Result<T, Error>>, Error> {
        let mut batch = BatchRequestBuilder::new();
        for params in params {
            let one = batch.insert(method, params.as_slice());
            one.map_err(|_| Error::MalformedAnswer("request"))?;
        }
        if params.is_empty() {
            return Ok(Vec::new());
        }
        let answers = client.batch_request::<Value>(batch).await;
        let answers = answers.map_err(|error| failed(&self.base, error))?;
        let read = |answer: Result<Value, ErrorObjectOwned>| match answer {
            Ok(value) => serde_json::from_value(value).map_err(|_| Error::MalformedAnswer("json")),
            Err(object) => Err(failed(&self.base, object.into())),
        };
        let read = answers
            .into_iter()
            .map(|answer| read(answer.map_err(|error| error.into_owned())));
        Ok(read.collect())
    }

    /// Logs in, unless another task has done so since `stale` was seen.
    pub(crate) async fn login(
        &self,
        account: &Account,
        stale: Option<&str>,
    ) -> Result<HttpClient, Error> {
        let mut door = self.door.write().await;
        if door.token.as_deref() == stale {
            let token = Session::begin(&self.base, &client(&self.base, None)?, account)
                .await?
                .token;
            *door = Door {
                client: client(&self.base, Some(&token))?,
                token: Some(token),
            };
        }
        Ok(door.client.clone())
    }
}

fn client(base: &str, token: Option<&str>) -> Result<HttpClient, Error> {
    let mut headers = HeaderMap::new();
    if let Some(token) = token {
        let value = HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|_| Error::MalformedAnswer("token"))?;
        headers.insert("authorization", value);
    }
    let builder = HttpClientBuilder::default()
        .connect_timeout(CONNECT_TIMEOUT)
        .request_timeout(REQUEST_TIMEOUT);
    let builder = builder
        .max_response_size(MAX_ANSWER_BYTES)
        .set_headers(headers);
    builder
        .build(base)
        .map_err(|_| Error::Address(base.to_owned()))
}
