//! One GET of an address that the ledger named.

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{Request, StatusCode, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

use super::{AskFailure, Requester, message::MOST};
use crate::subscriptions::{Destination, WebhookError, connect, secure};

/// The body of the answer.
///
/// # Errors
/// All of [`AskFailure`] but what is said of the answer's content.
pub(super) async fn fetch(requester: &Requester, url: &str) -> Result<Bytes, AskFailure> {
    let refused = |_| AskFailure::AddressRefused;
    let destination = Destination::read(url, &requester.reach()).map_err(refused)?;
    let addresses = destination.addresses().await.map_err(refused)?;
    let stream = connect(&addresses).await.map_err(unreachable)?;
    let request = request(requester, &destination);
    match destination.is_tls {
        true => {
            let stream = secure(stream, &destination.host).await;
            exchange(stream.map_err(unreachable)?, request).await
        }
        false => exchange(stream, request).await,
    }
}

fn unreachable(_: WebhookError) -> AskFailure {
    AskFailure::Unreachable
}

fn request(requester: &Requester, destination: &Destination) -> Request<Empty<Bytes>> {
    let uri = &destination.uri;
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let mut request = Request::get(path)
        .header(header::HOST, host)
        .header(header::ACCEPT, "application/json")
        .header("gs1us-version", "1.3.0");
    if let Some(token) = requester.token(&destination.host) {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let request = request.body(Empty::new());
    request.expect("a URL that was read has a path and host that headers hold")
}

/// A redirection is not followed: it is another status.
async fn exchange<S>(stream: S, request: Request<Empty<Bytes>>) -> Result<Bytes, AskFailure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broken = |_| AskFailure::Unreachable;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    let connection = tokio::spawn(connection);
    let answered = async {
        let response = sender.send_request(request).await.map_err(broken)?;
        let status = response.status();
        if status != StatusCode::OK {
            return Err(AskFailure::Status(status.as_u16()));
        }
        let body = Limited::new(response.into_body(), MOST).collect().await;
        Ok(body.map_err(|_| AskFailure::Unreachable)?.to_bytes())
    };
    let answered = answered.await;
    connection.abort();
    answered
}
