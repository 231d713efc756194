//! What became of a request, as it is told.

use axum::http::StatusCode;
use serde_json::json;
use theriac_contracts::codes::ExitKind;

use crate::{
    door::Answer,
    packs::{clock::utc, desk::Done},
};

/// 200 where it is final, 202 where it waits in the book for a node. `kind` is how the pack left; `None` where it came back.
pub(super) fn answer(content_type: &str, done: &Done, kind: Option<ExitKind>) -> Answer {
    let told = json!({
        "pack": done.label.bracketed(),
        "as": kind.map_or("undone", ExitKind::word),
        "requestedAt": utc(done.time_ms),
        "final": done.is_final,
        "queued": !done.is_final,
        "repeated": done.is_repeated,
        "unchecked": done.unchecked,
    });
    let status = match done.is_final {
        true => StatusCode::OK,
        false => StatusCode::ACCEPTED,
    };
    Answer::new(content_type, told.to_string()).status(status)
}
