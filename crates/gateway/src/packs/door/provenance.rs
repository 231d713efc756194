//! `GET /packs/provenance`: the way of a pack, as a file that others check.

use super::{body::SCAN, desk, problem};
use crate::door::{Answer, Call, Problem, ProblemKind, pairs};

/// The evidence of the way of the scanned pack.
pub(crate) async fn get(call: Call) -> Result<Answer, Problem> {
    let (desk, content_type) = (desk(&call)?, call.wants.json()?);
    let mut given = pairs(call.query()).filter(|(name, _)| name == "scan");
    let scan = given
        .next()
        .filter(|(_, scan)| (1..=SCAN).contains(&scan.len()));
    let missing = || ProblemKind::RequestInvalid.because("scan: expected 1 to 4096 bytes");
    let (_, scan) = scan.ok_or_else(missing)?;
    let evidence = desk.provenance(&scan).await.map_err(problem::of)?;
    Ok(Answer::new(content_type, evidence.to_json()))
}
