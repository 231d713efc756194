//! One connection: HTTP/1.1, and WebSocket after an upgrade.

use std::{net::IpAddr, sync::Arc};

use hyper::{Request, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use jsonrpsee::{
    core::BoxError,
    server::{HttpBody, HttpResponse, StopHandle},
};
use tokio::{net::TcpStream, sync::OwnedSemaphorePermit};
use tower::Service as TowerService;

use crate::{door, service::Service};

/// The other side of a connection, and its place among those allowed at once.
pub(super) struct Visitor {
    pub(super) stream: TcpStream,
    pub(super) from: IpAddr,
    pub(super) permit: OwnedSemaphorePermit,
}

/// Serves a connection to its end. Its place is kept until the last of its requests is answered and, after an
/// upgrade, handed to jsonrpsee's own count.
pub(super) async fn serve<S>(visitor: Visitor, service: Arc<Service>, rpc: S, stop: StopHandle)
where
    S: TowerService<Request<HttpBody>, Response = HttpResponse, Error = BoxError>
        + Clone
        + Send
        + 'static,
    S::Future: Send + 'static,
{
    let Visitor {
        stream,
        from,
        permit,
    } = visitor;
    // Answers are small and waited for.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection was gone before it was served");
        return;
    }
    let header_time = service.config.limits.header_time;
    let each = service_fn(move |request| door::enter(service.clone(), rpc.clone(), from, request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header_time)
        .serve_connection(TokioIo::new(stream), each)
        .with_upgrades();
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.shutdown() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
    drop(permit);
}
