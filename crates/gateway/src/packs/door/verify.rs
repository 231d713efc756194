//! `POST /packs/verify`: one answer to one scan.

use super::{body, desk, now_ms, problem};
use crate::door::{Answer, Call, Problem};

/// Verifies the scan of the body.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let (desk, content_type) = (desk(&call)?, call.wants.json()?);
    let body: body::Scan = body::read(&mut call, "expected {\"scan\": text}").await?;
    let verification = desk.verify(&body.scan, now_ms()).await;
    let verification = verification.map_err(problem::of)?;
    Ok(Answer::new(
        content_type,
        verification.to_json().to_string(),
    ))
}
