//! `POST /packs/undo`: an exit is undone within 10 days.

use super::{body, desk, done, key, now_ms, problem};
use crate::door::{Answer, Call, Problem};

/// Undoes the exit of the pack of the body's scan.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let (desk, content_type) = (desk(&call)?, call.wants.json()?);
    let body: body::Scan = body::read(&mut call, "expected {\"scan\": text}").await?;
    let key = key(&call)?;
    let undone = desk.undo(&body.scan, &key, now_ms()).await;
    Ok(done::answer(
        content_type,
        &undone.map_err(problem::of)?,
        None,
    ))
}
