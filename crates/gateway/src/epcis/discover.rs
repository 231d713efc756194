//! `OPTIONS`: what the gateway can do, and what may be done with a resource.

use crate::door::{Answer, Call, Problem, add_capture_limits, allowed, discovery, empty};

/// A resource that is read, and perhaps ended.
pub(crate) async fn readable(call: Call) -> Result<Answer, Problem> {
    let answer = empty().with("allow", &allowed(call.pattern));
    let headers = discovery().into_iter();
    Ok(headers.fold(answer, |answer, (name, text)| answer.with(name, text)))
}

/// A resource to which something is added.
pub(crate) async fn writable(call: Call) -> Result<Answer, Problem> {
    readable(call).await
}

/// The capture interface.
pub(crate) async fn capture(call: Call) -> Result<Answer, Problem> {
    let service = call.service.clone();
    let answer = readable(call).await?;
    let mut answer = answer.with("gs1-capture-error-behaviour", "all");
    add_capture_limits(answer.0.headers_mut(), &service.config.limits);
    Ok(answer)
}
