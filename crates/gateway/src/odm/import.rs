//! `POST /odm/{study}`: clinical data as ODM, taken whole or not at all.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{problem, study};
use crate::{
    door::{Answer, Call, Problem, ProblemKind},
    repository::Form,
    trials::source::{ListedQuery, Taken, Terms, read_odm},
};
use theriac_standards::odm::Limits;

/// Captures and corrects what the body tells, and answers with what became of it.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let (trials, sites) = study::named(&call)?;
    let (form, bytes) = call.read_body(call.service.config.limits.odm_bytes).await?;
    if form != Form::Xml {
        let detail = "ODM is read in XML";
        return Err(ProblemKind::UnsupportedMediaType.because(detail));
    }
    let taken = study::with_book(trials, async move |party| {
        let source = read_odm(bytes.as_slice(), Limits::default());
        let source = source.map_err(|fault| problem::of_source(&fault))?;
        // Subjects of other sites are unknown to the caller.
        let terms = Terms {
            sites,
            ..Terms::default()
        };
        let taken = party.take_source(source, &terms).await;
        taken.map_err(|error| problem::of(&error))
    })
    .await?;
    let status = match taken.misfits.count {
        0 => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Answer::new(content_type, report(&taken).to_string()).status(status))
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
