//! `POST /packs/dispense`: verified, and dispensed once in the whole network.

use theriac_contracts::codes::ExitKind;

use super::{body, desk, done, key, now_ms, problem};
use crate::door::{Answer, Call, Problem};

/// Dispenses the pack of the body's scan.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let (desk, content_type) = (desk(&call)?, call.wants.json()?);
    let body: body::Scan = body::read(&mut call, "expected {\"scan\": text}").await?;
    let key = key(&call)?;
    let dispensed = desk.dispense(&body.scan, &key, now_ms()).await;
    let dispensed = dispensed.map_err(problem::of)?;
    Ok(done::answer(
        content_type,
        &dispensed,
        Some(ExitKind::Dispensed),
    ))
}
