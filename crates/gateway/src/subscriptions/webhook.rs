//! One notification, sent.

use super::{Destination, guard::Guarded};
use crate::config::Webhooks;
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::Full;
use hyper::{Request, StatusCode, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use rustls_platform_verifier::BuilderVerifierExt;
use sha2::Sha256;
use std::{io, net::SocketAddr, sync::Arc};
use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

/// Why a notification was not taken.
#[derive(Debug, Error)]
pub(crate) enum WebhookError {
    #[error(transparent)]
    Guarded(#[from] Guarded),
    #[error("no address could be connected to")]
    Connect(#[source] io::Error),
    #[error("no secure connection")]
    Tls(#[source] io::Error),
    #[error("secure connections cannot be set up")]
    Setup(#[from] rustls::Error),
    #[error("the exchange failed")]
    Exchange(#[from] hyper::Error),
    #[error("it took too long")]
    TimedOut,
    /// Also where it redirects: that is not followed.
    #[error("answered {0}")]
    Answered(StatusCode),
}

/// Sends `body`, signed with `token`.
///
/// # Errors
/// See [`WebhookError`]; anything but success is one.
pub(crate) async fn send(
    destination: &Destination,
    (body, token): (Bytes, Option<&str>),
    webhooks: &Webhooks,
) -> Result<(), WebhookError> {
    let sent = timeout(webhooks.patience, async {
        let addresses = destination.addresses().await?;
        let stream = connect(&addresses).await?;
        let request = request(destination, body, token);
        let status = match destination.is_tls {
            true => exchange(secure(stream, &destination.host).await?, request).await?,
            false => exchange(stream, request).await?,
        };
        match status.is_success() {
            true => Ok(()),
            false => Err(WebhookError::Answered(status)),
        }
    });
    sent.await.map_err(|_| WebhookError::TimedOut)?
}

/// `sha256=` and the HMAC-SHA-256 of the body under the token, in hexadecimal.
pub(crate) fn signature(token: &str, body: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(token.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

fn request(destination: &Destination, body: Bytes, token: Option<&str>) -> Request<Full<Bytes>> {
    let uri = &destination.uri;
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let mut request = Request::post(path)
        .header(header::HOST, host)
        .header(header::CONTENT_TYPE, "application/json")
        .header("gs1-epcis-version", "2.0.0")
        .header("gs1-cbv-version", "2.0.0");
    if let Some(token) = token {
        request = request.header("gs1-signature", signature(token, &body));
    }
    request
        .body(Full::new(body))
        .expect("a URL that was read has a path and host that headers hold")
}

/// Connects to the first of these addresses that takes the connection.
///
/// # Errors
/// `Connect` where none does.
pub(crate) async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, WebhookError> {
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(WebhookError::Connect(last))
}

/// Speaks TLS, with the system's trust.
///
/// # Errors
/// `Tls`, `Setup`.
pub(crate) async fn secure(
    stream: TcpStream,
    host: &str,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, WebhookError> {
    // By name: other parts of a program may bring a provider of their own.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()
        .with_no_client_auth();
    let bare = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    let name = ServerName::try_from(bare);
    let name = name.map_err(|error| WebhookError::Tls(io::Error::other(error)))?;
    let connector = TlsConnector::from(Arc::new(config));
    connector
        .connect(name, stream)
        .await
        .map_err(WebhookError::Tls)
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<StatusCode, hyper::Error>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let answered = sender.send_request(request).await;
    // The status says all; what else comes is not read.
    connection.abort();
    answered.map(|response| response.status())
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn the_signature_is_the_hmac_of_rfc_4231_case_2() {
        let expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature("Jefe", b"what do ya want for nothing?"), expected);
    }
}
