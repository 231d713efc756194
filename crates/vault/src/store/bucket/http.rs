//! Carries object_store's requests over the HTTP and TLS that the workspace has.

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use hyper::StatusCode;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, Error, connect};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
    HttpResponse, HttpResponseBody, HttpService,
};
use rustls::{ClientConfig, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt as _;
use std::sync::Arc;
use std::time::Duration;
use tracing::debug;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// The service's answer to a request that it does not carry out. Its words, in which it repeats much of the request, are not read.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("status {0}")]
pub(super) struct Refused(pub(super) u16);

/// Connections to the bucket's service. Redirects are not followed, and no proxy is asked.
#[derive(Clone, Debug)]
pub(super) struct Connections {
    client: Client<HttpsConnector<connect::HttpConnector>, HttpRequestBody>,
    patience: Duration,
}

impl Connections {
    /// Connections whose answers begin within `patience`.
    pub(super) fn new(patience: Duration) -> Self {
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let tls = tls
            .with_safe_default_protocol_versions()
            .expect("ring has all suites of the default versions");
        let tls = tls.with_platform_verifier().with_no_client_auth();
        let mut tcp = connect::HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT_TIMEOUT.min(patience)));
        // The endpoint's scheme was checked: plain HTTP goes to this machine alone.
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let mut client = Client::builder(TokioExecutor::new());
        client
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT);
        Self {
            client: client.build(connector),
            patience,
        }
    }
}

impl HttpConnector for Connections {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

#[async_trait]
impl HttpService for Connections {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let method = request.method().clone();
        let answer = tokio::time::timeout(self.patience, self.client.request(request)).await;
        let answer = answer
            .map_err(|elapsed| HttpError::new(HttpErrorKind::Timeout, elapsed))?
            .map_err(|error| HttpError::new(kind(&error), error))?;
        let status = answer.status();
        debug!(%method, status = status.as_u16(), "the bucket answered");
        if is_final(status) {
            let refused = Refused(status.as_u16());
            return Err(HttpError::new(HttpErrorKind::Unknown, refused));
        }
        let broken = |error| HttpError::new(HttpErrorKind::Interrupted, error);
        Ok(answer.map(|body| HttpResponseBody::new(body.map_err(broken))))
    }
}

/// Whether the same request would be answered in the same way again.
fn is_final(status: StatusCode) -> bool {
    status.is_client_error()
        && !matches!(
            status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::CONFLICT | StatusCode::TOO_MANY_REQUESTS
        )
}

fn kind(error: &Error) -> HttpErrorKind {
    if error.is_connect() {
        HttpErrorKind::Connect
    } else {
        HttpErrorKind::Interrupted
    }
}
