//! What every JSON-RPC call passes before its method runs, in a batch as alone.

use std::{future::Future, sync::Arc, time::Instant};

use jsonrpsee::{
    core::middleware::{Batch, BatchEntry, Notification, RpcServiceT},
    server::{BatchResponseBuilder, MethodResponse},
    types::{ErrorObjectOwned, Id, Request},
};

use crate::{
    Access, METHODS, Method, Refusal,
    answer::RpcError,
    read::{Caller, Visit},
    service::Service,
};

/// The gate, around jsonrpsee's own service.
#[derive(Clone)]
pub(crate) struct Gate<S> {
    inner: S,
    service: Arc<Service>,
}

impl<S> Gate<S> {
    /// A gate around `inner`.
    pub(crate) fn new(inner: S, service: Arc<Service>) -> Self {
        Self { inner, service }
    }
}

impl<S> Gate<S>
where
    S: RpcServiceT<MethodResponse = MethodResponse> + Sync,
{
    /// Lets the method answer within the time of a call. Subscribing hands over to a task of its own.
    async fn answer(&self, id: Id<'_>, request: Request<'_>) -> MethodResponse {
        let limit = self.service.config.limits.call_time;
        let answered = tokio::time::timeout(limit, self.inner.call(request)).await;
        answered.unwrap_or_else(|_| {
            MethodResponse::error(id, ErrorObjectOwned::from(Refusal::TookTooLong))
        })
    }
}

impl<S> RpcServiceT for Gate<S>
where
    S: RpcServiceT<MethodResponse = MethodResponse, NotificationResponse = MethodResponse>
        + Clone
        + Send
        + Sync
        + 'static,
{
    type MethodResponse = MethodResponse;
    type NotificationResponse = MethodResponse;
    type BatchResponse = MethodResponse;

    fn call<'a>(
        &self,
        mut request: Request<'a>,
    ) -> impl Future<Output = MethodResponse> + Send + 'a {
        let gate = self.clone();
        async move {
            let id = request.id.clone();
            let known = METHODS.iter().find(|method| method.name == request.method);
            let started = Instant::now();
            let response = match admit(&gate.service, known, &request).await {
                Err(error) => MethodResponse::error(id, ErrorObjectOwned::from(error)),
                Ok(caller) => {
                    request.extensions.insert(caller);
                    gate.answer(id, request).await
                }
            };
            // A name that is not ours may hold anything, so it is not logged.
            let method = known.map_or("unknown", |method| method.name);
            let code = response.as_error_code();
            tracing::debug!(method, code, elapsed = ?started.elapsed(), "answered a call");
            response
        }
    }

    fn batch<'a>(&self, batch: Batch<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let gate = self.clone();
        async move {
            let limit = gate.service.config.limits.response_bytes as usize;
            let mut responses = BatchResponseBuilder::new_with_limit(limit);
            let mut notified = false;
            for entry in batch {
                let response = match entry {
                    Ok(BatchEntry::Call(request)) => gate.call(request).await,
                    Ok(BatchEntry::Notification(notification)) => {
                        notified = true;
                        gate.notification(notification).await;
                        continue;
                    }
                    Err(malformed) => {
                        let (error, id) = malformed.into_parts();
                        MethodResponse::error(id, error)
                    }
                };
                if let Err(too_large) = responses.append(response) {
                    return too_large;
                }
            }
            match responses.is_empty() && notified {
                true => MethodResponse::notification(),
                false => MethodResponse::from_batch(responses.finish()),
            }
        }
    }

    fn notification<'a>(
        &self,
        notification: Notification<'a>,
    ) -> impl Future<Output = MethodResponse> + Send + 'a {
        self.inner.notification(notification)
    }
}

/// Lets a call through, or says why not. A method that does not exist is let through to be answered
/// with -32601, whoever asks: clients fall back on that code.
async fn admit(
    service: &Service,
    method: Option<&Method>,
    request: &Request<'_>,
) -> Result<Caller, RpcError> {
    if let Some(params) = &request.params {
        check_depth(params.get(), service.config.limits.json_depth)?;
    }
    let visit = request
        .extensions
        .get::<Visit>()
        .expect("the door notes every visit");
    let caller = service.identify(visit)?;
    let Some(method) = method else {
        service.spend(visit, caller, 1)?;
        return Ok(caller);
    };
    service.spend(visit, caller, method.cost)?;
    match method.access {
        Access::Open => {}
        Access::Enrolled => service.require_enrolled(caller).await?,
    }
    if method.is_subscription() && !visit.is_socket {
        return Err(Refusal::SubscriptionNeedsWebSocket.into());
    }
    Ok(caller)
}

/// Counts brackets outside strings, before anything is parsed into a tree.
fn check_depth(json: &str, limit: usize) -> Result<(), Refusal> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for byte in json.bytes() {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (true, b'"') => in_string = false,
            (true, _) => {}
            (false, b'"') => in_string = true,
            (false, b'[' | b'{') => {
                depth += 1;
                if depth > limit {
                    return Err(Refusal::JsonTooDeep);
                }
            }
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            (false, _) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_strings() {
        assert_eq!(check_depth("[[]]", 2), Ok(()));
        assert_eq!(check_depth("[[[]]]", 2), Err(Refusal::JsonTooDeep));
        assert_eq!(check_depth(r#"[{"a":[]}]"#, 2), Err(Refusal::JsonTooDeep));
        assert_eq!(check_depth(r#"["[[[[", "\"[[[["]"#, 1), Ok(()));
        assert_eq!(check_depth("[[],[],[]]", 2), Ok(()));
        let deep = "[".repeat(1_000_000);
        assert_eq!(check_depth(&deep, 32), Err(Refusal::JsonTooDeep));
    }
}
