//! Blobs of a node's vault over HTTP: `PUT` and `GET /vault/<content id>`, whole or as streams.

use super::Endpoint;
use crate::{Error, account::Account};
use http_body_util::{BodyExt, Collected, Full, Limited, combinators::UnsyncBoxBody};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::AUTHORIZATION,
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use rustls::{ClientConfig, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt;
use std::{io, sync::Arc, time::Duration};
use theriac_envelope::ContentId;

/// The largest blob that is read: a document of the largest size, encrypted, with room to spare.
const MAX_BLOB_BYTES: usize = 64 << 20;
/// An error's words are not longer.
const MAX_ERROR_BYTES: usize = 64 << 10;
const TIMEOUT: Duration = Duration::from_secs(60);

/// What a request carries.
pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The HTTP connections that carry blobs, shared by all nodes.
#[derive(Clone, Debug)]
pub(crate) struct Blobs {
    client: Client<HttpsConnector<HttpConnector>, Body>,
}

/// A node's answer to `GET` or `PUT`.
struct Answer {
    status: StatusCode,
    body: Bytes,
}

impl Blobs {
    pub(crate) fn new() -> Self {
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let tls = tls
            .with_safe_default_protocol_versions()
            .expect("ring has all suites of the default versions");
        let tls = tls.with_platform_verifier().with_no_client_auth();
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .build();
        Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
        }
    }

    /// Stores a blob at one node and returns when it says that it is stored.
    ///
    /// # Errors
    /// `LoginNeeded`, `NotAllowed`, `Unreachable`, `Node`.
    pub(crate) async fn put(
        &self,
        at: &Endpoint,
        account: Option<&Account>,
        blob: (ContentId, Bytes),
    ) -> Result<(), Error> {
        let answer = self.ask(at, account, (Method::PUT, blob.0, blob.1)).await?;
        refused(&answer).map_or(Ok(()), Err)
    }

    /// Fetches a blob from one node and checks that its content has its name; `None` where the node has none.
    ///
    /// # Errors
    /// As [`Blobs::put`], and `BlobAltered`.
    pub(crate) async fn get(
        &self,
        at: &Endpoint,
        account: Option<&Account>,
        id: ContentId,
    ) -> Result<Option<Bytes>, Error> {
        let answer = self
            .ask(at, account, (Method::GET, id, Bytes::new()))
            .await?;
        match refused(&answer) {
            None if ContentId::of(&answer.body) == id => Ok(Some(answer.body)),
            None => Err(Error::BlobAltered(id)),
            Some(_) if answer.status == StatusCode::NOT_FOUND => Ok(None),
            Some(error) => Err(error),
        }
    }

    /// Asks, and once more after a login where the node wants one.
    async fn ask(
        &self,
        at: &Endpoint,
        account: Option<&Account>,
        ask: (Method, ContentId, Bytes),
    ) -> Result<Answer, Error> {
        let token = at.token().await;
        let first = self.send(at, token.as_deref(), &ask).await?;
        match account {
            Some(account) if first.status == StatusCode::UNAUTHORIZED => {
                at.login(account, token.as_deref()).await?;
                self.send(at, at.token().await.as_deref(), &ask).await
            }
            Some(_) | None => Ok(first),
        }
    }

    async fn send(
        &self,
        at: &Endpoint,
        token: Option<&str>,
        ask: &(Method, ContentId, Bytes),
    ) -> Result<Answer, Error> {
        let (method, id, body) = ask.clone();
        let body = Full::new(body).map_err(|never| match never {});
        let request = request((at, token), (method, id), body.boxed_unsync())?;
        let answer = tokio::time::timeout(TIMEOUT, self.receive(request)).await;
        answer
            .map_err(|elapsed| Error::unreachable(at.base(), elapsed))?
            .map_err(|error| Error::unreachable(at.base(), error))
    }

    /// Sends one request whose answer, or body, takes as long as it is long.
    ///
    /// # Errors
    /// `LoginNeeded`, `NotAllowed`, `Unreachable`, `Node`, as the status tells.
    pub(crate) async fn stream(
        &self,
        at: &Endpoint,
        (method, id): (Method, ContentId),
        (body, patience): (Body, Duration),
    ) -> Result<Response<Incoming>, Error> {
        let token = at.token().await;
        let request = request((at, token.as_deref()), (method, id), body)?;
        let answer = tokio::time::timeout(patience, self.client.request(request)).await;
        let answer = answer.map_err(|elapsed| Error::unreachable(at.base(), elapsed))?;
        let answer = answer.map_err(|error| Error::unreachable(at.base(), error))?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let status = answer.status();
        let told = Limited::new(answer.into_body(), MAX_ERROR_BYTES).collect();
        let body = told.await.map(Collected::to_bytes).unwrap_or_default();
        Err(refused(&Answer { status, body }).expect("the status is none of success"))
    }

    async fn receive(
        &self,
        request: Request<Body>,
    ) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        let response = self.client.request(request).await?;
        let status = response.status();
        let body = Limited::new(response.into_body(), MAX_BLOB_BYTES)
            .collect()
            .await?
            .to_bytes();
        Ok(Answer { status, body })
    }
}

fn request(
    (at, token): (&Endpoint, Option<&str>),
    (method, id): (Method, ContentId),
    body: Body,
) -> Result<Request<Body>, Error> {
    let uri = format!("{}/vault/0x{id}", at.base());
    let mut request = Request::builder().method(method).uri(uri);
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    let request = request.body(body);
    request.map_err(|_| Error::Address(at.base().to_owned()))
}

/// The error that a status other than success tells.
fn refused(answer: &Answer) -> Option<Error> {
    let message = || {
        String::from_utf8_lossy(&answer.body)
            .chars()
            .take(200)
            .collect::<String>()
    };
    match answer.status {
        status if status.is_success() => None,
        StatusCode::UNAUTHORIZED => Some(Error::LoginNeeded),
        StatusCode::FORBIDDEN => Some(Error::NotAllowed(message())),
        status => Some(Error::Node {
            code: status.as_u16().into(),
            message: message(),
        }),
    }
}
