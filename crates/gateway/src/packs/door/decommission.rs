//! `POST /packs/decommission`: a pack leaves otherwise than by being dispensed.

use theriac_contracts::codes::ExitKind;

use super::{body, desk, done, key, now_ms, problem};
use crate::door::{Answer, Call, Problem, ProblemKind};

/// Lets the pack of the body's scan leave.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let (desk, content_type) = (desk(&call)?, call.wants.json()?);
    let expected = "expected {\"scan\": text, \"as\": text}";
    let body: body::Exit = body::read(&mut call, expected).await?;
    let key = key(&call)?;
    let kind = ExitKind::from_word(&body.kind).filter(|kind| *kind != ExitKind::Dispensed);
    let unknown = "as: expected a word of the list in /openapi.json";
    let kind = kind.ok_or_else(|| ProblemKind::RequestInvalid.because(unknown))?;
    let left = desk.decommission(&body.scan, kind, (&key, now_ms())).await;
    let left = left.map_err(problem::of)?;
    Ok(done::answer(content_type, &left, Some(kind)))
}
