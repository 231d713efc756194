//! A plain JSON-RPC client.

use alloy_primitives::Address;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::Key;

#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) url: String,
    http: reqwest::Client,
    bearer: Option<String>,
}

impl Client {
    pub(crate) fn new(url: String) -> Self {
        Self {
            url,
            http: reqwest::Client::new(),
            bearer: None,
        }
    }

    /// The same, with a token in the header.
    pub(crate) fn with_bearer(&self, token: &str) -> Self {
        Self {
            bearer: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// The same, with a token in the path.
    pub(crate) fn with_path(&self, token: &str) -> Self {
        Self {
            url: format!("{}/t/{token}", self.url),
            ..self.clone()
        }
    }

    pub(crate) fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match &self.bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Posts a body as it is.
    pub(crate) async fn post(&self, body: impl Into<reqwest::Body>) -> (StatusCode, Value) {
        let request = self
            .request(reqwest::Method::POST, "")
            .header("content-type", "application/json");
        let response = request.body(body).send().await.expect("the server answers");
        let status = response.status();
        let text = response.text().await.expect("the answer is text");
        (
            status,
            serde_json::from_str(&text).unwrap_or(Value::String(text)),
        )
    }

    /// Calls a method; the error is the JSON-RPC error object.
    pub(crate) async fn call(&self, method: &str, params: Value) -> Result<Value, Value> {
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let (_, mut answer) = self.post(body.to_string()).await;
        match answer.get_mut("error").map(Value::take) {
            Some(error) => Err(error),
            None => Ok(answer
                .get_mut("result")
                .expect("a result or an error")
                .take()),
        }
    }

    /// Calls a method that must answer.
    pub(crate) async fn ask(&self, method: &str, params: Value) -> Value {
        self.call(method, params)
            .await
            .unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Calls a method that must be refused; returns code and name of the refusal.
    pub(crate) async fn refused(&self, method: &str, params: Value) -> (i64, String) {
        match self.call(method, params).await {
            Ok(answer) => panic!("{method} answered {answer}"),
            Err(error) => name(&error),
        }
    }

    pub(crate) async fn challenge(&self, address: Address) -> String {
        let challenge = self.ask("theriac_challenge", json!([address])).await;
        challenge["message"].as_str().expect("a message").to_owned()
    }

    /// Logs in and returns the token.
    pub(crate) async fn login(&self, key: Key) -> String {
        let message = self.challenge(key.address()).await;
        let signature = key.sign(&message);
        let session = self.ask("theriac_login", json!([message, signature])).await;
        session["token"].as_str().expect("a token").to_owned()
    }
}

/// Code and name of an error.
pub(crate) fn name(error: &Value) -> (i64, String) {
    let name = error["data"]["name"].as_str().unwrap_or_default();
    (
        error["code"].as_i64().expect("errors have a code"),
        name.to_owned(),
    )
}
