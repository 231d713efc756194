//! An organisation's gateway over HTTP, as its own systems use it.

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Method, Request, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, LOCATION},
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;
use std::time::{Duration, Instant};

/// Longest wait for a capture to be done with.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(20);

/// A gateway's address and the token of who calls.
pub(super) struct Door {
    base: String,
    token: String,
    client: Client<HttpConnector, Full<Bytes>>,
}

struct Answer {
    status: StatusCode,
    location: Option<String>,
    body: Value,
}

impl Door {
    /// The gateway at `base`, such as `http://127.0.0.1:8080`.
    pub(super) fn new(base: String, token: String) -> Self {
        Self {
            base,
            token,
            client: Client::builder(TokioExecutor::new()).build_http(),
        }
    }

    /// Where it answers.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Posts an EPCIS document to `/capture` and waits until its events are stored; how long that took.
    ///
    /// # Errors
    /// Where it is not captured.
    pub(super) async fn capture(&self, document: &str) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let answer = self
            .ask((Method::POST, "/capture"), document.to_owned().into())
            .await?;
        ensure!(
            answer.status == StatusCode::ACCEPTED,
            "the document was not taken: {}",
            answer.status
        );
        let job = answer.location.context("a capture has a location")?;
        let job = job.strip_prefix(&self.base).unwrap_or(&job).to_owned();
        loop {
            let answer = self.ask((Method::GET, &job), Bytes::new()).await?;
            if answer.body["running"] == false {
                ensure!(
                    answer.body["success"] == true,
                    "the document was not captured: {}",
                    answer.body["errors"]
                );
                return Ok(begun.elapsed());
            }
            ensure!(begun.elapsed() < PATIENCE, "the capture takes too long");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The business steps of the events that name an EPC, oldest first.
    ///
    /// # Errors
    /// Where the gateway does not answer with events.
    pub(super) async fn steps_of(&self, epc: &str) -> anyhow::Result<Vec<String>> {
        let mut encoded = String::new();
        for byte in epc.bytes() {
            match byte.is_ascii_alphanumeric() {
                true => encoded.push(byte.into()),
                false => encoded.push_str(&format!("%{byte:02X}")),
            }
        }
        let path = format!("/epcs/{encoded}/events");
        let answer = self.ask((Method::GET, &path), Bytes::new()).await?;
        ensure!(
            answer.status == StatusCode::OK,
            "the events are not told: {}",
            answer.status
        );
        let events = answer.body["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
            .as_array()
            .context("an answer has events")?;
        let step = |event: &Value| event["bizStep"].as_str().unwrap_or_default().to_owned();
        Ok(events.iter().map(step).collect())
    }

    async fn ask(&self, (method, path): (Method, &str), body: Bytes) -> anyhow::Result<Answer> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header(AUTHORIZATION, format!("Bearer {}", self.token))
            .header(CONTENT_TYPE, "application/ld+json")
            .body(Full::new(body))?;
        let response = self.client.request(request).await?;
        let status = response.status();
        let location = response.headers().get(LOCATION);
        let location = location.and_then(|value| value.to_str().ok());
        let location = location.map(str::to_owned);
        let bytes = response.into_body().collect().await?.to_bytes();
        let body = match bytes.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&bytes).context("an answer is JSON")?,
        };
        Ok(Answer {
            status,
            location,
            body,
        })
    }
}
