//! `DELETE /nextPageToken/{token}`: gives up the rest of an answer.

use crate::door::{Answer, Call, Problem, ProblemKind, empty};

/// Forgets what a next page would need.
pub(crate) async fn delete(call: Call) -> Result<Answer, Problem> {
    let token = call.parameter("token");
    match call.service.pages.forget(token, call.caller().name()) {
        true => Ok(empty()),
        false => Err(ProblemKind::NotFound.into()),
    }
}
