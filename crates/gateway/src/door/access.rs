//! Who calls, and whether the route is for them.

use super::{Problem, ProblemKind, Service, route::Policy};
use crate::partners::Caller;
use axum::http::{HeaderMap, header};

/// The caller, if the policy admits it.
///
/// # Errors
/// No token, one that is not known, or one without the right.
pub(super) fn admit(
    service: &Service,
    headers: &HeaderMap,
    policy: Policy,
) -> Result<Option<Caller>, Problem> {
    let is_open = match policy {
        Policy::Open => true,
        Policy::Responder(_) => service.config.answers_anyone(),
        Policy::Known | Policy::With(_) | Policy::Either(..) => false,
    };
    if is_open {
        return Ok(None);
    }
    let caller = identify(service, headers)?;
    match policy.admits(&caller) {
        true => Ok(Some(caller)),
        false => {
            let detail = format!("needs the right: {}", policy.words());
            Err(ProblemKind::Forbidden.because(detail))
        }
    }
}

/// The caller.
///
/// # Errors
/// No token, or one that is not known.
pub(super) fn identify(service: &Service, headers: &HeaderMap) -> Result<Caller, Problem> {
    let value = headers.get(header::AUTHORIZATION);
    let value = value.and_then(|value| value.to_str().ok());
    let token = value.and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then_some(token.trim())
    });
    let caller = token.and_then(|token| service.roll.identify(token));
    caller.ok_or_else(|| ProblemKind::Unauthorized.into())
}
