//! The port: accepts connections, and takes each request through door and gate.

mod connection;
mod module;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use jsonrpsee::{
    core::{middleware::RpcServiceBuilder, traits::IdProvider},
    server::{
        BatchRequestConfig, PingConfig, Server, ServerConfig, ServerHandle, StopHandle,
        stop_channel,
    },
    types::SubscriptionId,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tower::layer::layer_fn;

use crate::{
    Auth, Chain, Clock, Config, Keepers, Limits, Vault, filters::FilterId, gate::Gate,
    service::Service,
};

/// How often a WebSocket is asked whether the other side is still there.
const PING_INTERVAL: Duration = Duration::from_secs(30);

/// A server that runs until it is stopped or dropped.
#[derive(Debug)]
pub struct RpcServer {
    address: SocketAddr,
    handle: ServerHandle,
}

impl RpcServer {
    /// Binds the port and serves on it, in tasks of the current Tokio runtime. Without a vault, its routes
    /// do not exist; a keeper is always there.
    ///
    /// # Errors
    /// Those of binding the port; [`io::ErrorKind::InvalidInput`] if logins are off and the address is not
    /// loopback.
    pub async fn start(
        config: Config,
        chain: Arc<dyn Chain>,
        stores: (Option<Arc<dyn Vault>>, Arc<dyn Keepers>),
        clock: Clock,
    ) -> io::Result<Self> {
        if config.auth != Auth::On && !config.listen.ip().is_loopback() {
            let message =
                "logins may be off on loopback only: listen on 127.0.0.1, or turn logins on";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let listener = TcpListener::bind(config.listen).await?;
        let address = listener.local_addr()?;
        let domain = config.domain.clone().unwrap_or_else(|| address.to_string());
        let service = Arc::new(Service::new(config, &domain, chain, stores, clock));
        let (stop, handle) = stop_channel();
        tokio::spawn(accept(listener, service, stop));
        Ok(Self { address, handle })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more connections, lets calls in progress end, and returns when all are closed.
    pub async fn stop(self) {
        // It may have stopped already.
        let _ = self.handle.stop();
        self.handle.stopped().await;
    }
}

/// Accepts connections until the server is stopped.
async fn accept(listener: TcpListener, service: Arc<Service>, stop: StopHandle) {
    let limits = &service.config.limits;
    let connections = Arc::new(Semaphore::new(limits.connections as usize));
    let rpc = Server::builder()
        .set_config(rpc_config(limits))
        .to_service_builder();
    let methods = module::methods(service.clone());
    let mut ids = 0u32;
    loop {
        let accepted = tokio::select! {
            () = stop.clone().shutdown() => return,
            accepted = listener.accept() => accepted,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: give connections time to close.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Ok(permit) = connections.clone().try_acquire_owned() else {
            continue;
        };
        ids = ids.wrapping_add(1);
        let gate = service.clone();
        let middleware =
            RpcServiceBuilder::new().layer(layer_fn(move |inner| Gate::new(inner, gate.clone())));
        let rpc = rpc
            .clone()
            .set_rpc_middleware(middleware)
            .connection_id(ids)
            .build(methods.clone(), stop.clone());
        let visitor = connection::Visitor {
            stream,
            from: from.ip(),
            permit,
        };
        tokio::spawn(connection::serve(
            visitor,
            service.clone(),
            rpc,
            stop.clone(),
        ));
    }
}

fn rpc_config(limits: &Limits) -> ServerConfig {
    let ping = PingConfig::new()
        .ping_interval(PING_INTERVAL)
        .inactive_limit(PING_INTERVAL * 2);
    ServerConfig::builder()
        .max_request_body_size(limits.request_bytes)
        .max_response_body_size(limits.response_bytes)
        .max_connections(limits.connections)
        .max_subscriptions_per_connection(limits.subscriptions)
        .set_batch_request_config(BatchRequestConfig::Limit(limits.batch))
        .set_message_buffer_capacity(256)
        .enable_ws_ping(ping)
        .set_id_provider(QuantityIds)
        .build()
}

/// Ids of subscriptions as hex quantities, which is what clients of Ethereum expect.
#[derive(Debug)]
struct QuantityIds;

impl IdProvider for QuantityIds {
    fn next_id(&self) -> SubscriptionId<'static> {
        let id = FilterId::from(rand::random::<u128>());
        SubscriptionId::Str(format!("{id:#x}").into())
    }
}
