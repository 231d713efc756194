//! `/partners/{partner}/grants/{eventID}`: lets a partner read an event beyond its reach.

use crate::door::{Answer, Call, Problem, ProblemKind, empty};

/// Lets the partner read the event.
pub(crate) async fn put(call: Call) -> Result<Answer, Problem> {
    let (partner, id) = named(&call)?;
    found(call.service.repository.grant(partner, id).await?)
}

/// Takes that back.
pub(crate) async fn delete(call: Call) -> Result<Answer, Problem> {
    let (partner, id) = named(&call)?;
    found(call.service.repository.revoke(partner, id).await?)
}

fn named(call: &Call) -> Result<(&str, &str), Problem> {
    let partner = call.parameter("partner");
    match call.service.roll.named(partner) {
        Some(_) => Ok((partner, call.parameter("eventID"))),
        None => Err(ProblemKind::NotFound.into()),
    }
}

fn found(found: bool) -> Result<Answer, Problem> {
    match found {
        true => Ok(empty()),
        false => Err(ProblemKind::NotFound.into()),
    }
}
