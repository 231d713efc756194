//! `GET /capture` and `GET /capture/{captureID}`: how captures went.

use super::discover;
use crate::{
    clock,
    door::{Answer, Call, Place, Problem, ProblemKind, Syntax, escaped},
    partners::Right,
    repository::{Capture, CaptureState},
};
use serde_json::{Value, json};

/// Failures that are told of one capture.
const FAILURES: usize = 100;

/// The caller's captures, or those of all partners, the oldest first.
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let page = call.bare_page()?;
    let after = match page.resumed {
        Some(Place::Behind(number)) => number.parse().unwrap_or(0),
        Some(Place::Events(_)) | None => 0,
    };
    let repository = &call.service.repository;
    let whose = (call.caller(), call.caller().may(Right::Administer));
    let mut captures = repository.captures(whose, after, page.size + 1).await?;
    let more = captures.len() > page.size;
    captures.truncate(page.size);
    let last = captures.last().map(|capture| capture.number.to_string());
    let mut jobs = Vec::with_capacity(captures.len());
    for capture in &captures {
        jobs.push(job(&call, capture).await?);
    }
    let answer = Answer::new(content_type, Value::from(jobs).to_string());
    Ok(call.link(answer, last.filter(|_| more).map(Place::Behind)))
}

/// One capture.
pub(crate) async fn show(call: Call) -> Result<Answer, Problem> {
    let (syntax, content_type) = call.wants.either()?;
    let capture = find(&call).await?;
    let job = job(&call, &capture).await?;
    let body = match syntax {
        Syntax::Json => job.to_string(),
        Syntax::Xml => to_xml(&job),
    };
    Ok(Answer::new(content_type, body))
}

/// What may be done with a capture.
pub(crate) async fn discover(call: Call) -> Result<Answer, Problem> {
    find(&call).await?;
    discover::readable(call).await
}

async fn find(call: &Call) -> Result<Capture, Problem> {
    let found = call.service.repository.capture(call.parameter("captureID"));
    let caller = call.caller();
    let seen =
        |capture: &Capture| capture.partner == caller.name() || caller.may(Right::Administer);
    let found = found.await?.filter(seen);
    found.ok_or_else(|| ProblemKind::NotFound.into())
}

async fn job(call: &Call, capture: &Capture) -> Result<Value, Problem> {
    let failures = match capture.success {
        true => Vec::new(),
        false => {
            let repository = &call.service.repository;
            repository.failures(capture.number, FAILURES).await?
        }
    };
    let errors: Vec<_> = failures.iter().map(|failure| failure.0.to_json()).collect();
    let mut job = json!({
        "captureID": capture.id,
        "createdAt": clock::text(capture.created),
        "running": capture.state != CaptureState::Finished,
        "success": capture.success,
        "captureErrorBehaviour": capture.behaviour.name(),
        "errors": errors,
    });
    if let Some(finished) = capture.finished {
        job["finishedAt"] = json!(clock::text(finished));
    }
    Ok(job)
}

fn to_xml(job: &Value) -> String {
    let text = |name: &str| match &job[name] {
        Value::String(text) => escaped(text),
        other => other.to_string(),
    };
    let finished = job.get("finishedAt").map_or(String::new(), |_| {
        format!("<finishedAt>{}</finishedAt>", text("finishedAt"))
    });
    let errors = job["errors"].as_array().into_iter().flatten().map(|error| {
        let members = error
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| {
                let value = value.as_str().map_or(value.to_string(), str::to_owned);
                format!("<{name}>{}</{name}>", escaped(&value))
            });
        format!("<error>{}</error>", members.collect::<String>())
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<epcis:EPCISCaptureJob \
         xmlns:epcis=\"urn:epcglobal:epcis:xsd:2\" captureID=\"{}\" running=\"{}\" \
         success=\"{}\"><captureErrorBehaviour>{}</captureErrorBehaviour><createdAt>{}</createdAt>\
         {finished}<errors>{}</errors></epcis:EPCISCaptureJob>",
        text("captureID"),
        text("running"),
        text("success"),
        text("captureErrorBehaviour"),
        text("createdAt"),
        errors.collect::<String>(),
    )
}
