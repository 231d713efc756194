//! What became of clinical data that were sent in.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    door::Answer,
    trials::source::{ListedQuery, Taken},
};

/// The report, with status 422 where something does not fit and nothing was entered.
pub(super) fn answer(content_type: &str, taken: &Taken) -> Answer {
    let status = match taken.misfits.count {
        0 => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Answer::new(content_type, report(taken).to_string()).status(status)
}

fn report(taken: &Taken) -> Value {
    let misfits = taken.misfits.first.iter().map(|(at, misfit)| {
        json!({ "place": at.to_string(), "code": misfit.code(), "message": misfit.to_string() })
    });
    json!({
        "values": taken.values,
        "same": taken.same,
        "captured": taken.captured,
        "corrected": taken.corrected,
        "queries": taken.queries.iter().map(query).collect::<Vec<_>>(),
        "misfitCount": taken.misfits.count,
        "misfits": misfits.collect::<Vec<_>>(),
    })
}

fn query(query: &ListedQuery) -> Value {
    json!({
        "place": query.at.to_string(),
        "id": query.id,
        "state": query.state,
        "visit": query.whose.visit.first(),
        "form": query.whose.form.first(),
        "item": query.item,
    })
}
