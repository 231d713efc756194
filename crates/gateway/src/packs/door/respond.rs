//! `GET /verify/gtin/{gtin}/lot/{lot}/ser/{serial}`: another organisation asks about a pack of own making.

use super::{desk, now_ms, problem};
use crate::{
    door::{Answer, Call, Problem, ProblemKind, pairs},
    packs::messaging::Question,
};

/// Whether the pack is one that this organisation made and sold.
pub(crate) async fn get(call: Call) -> Result<Answer, Problem> {
    let (desk, content_type) = (desk(&call)?, call.wants.json()?);
    let path = ["gtin", "lot", "serial"].map(|name| call.parameter(name));
    let given = |name: &str| pairs(call.query()).find(|(key, _)| key == name);
    let question = Question::read(path, |name| given(name).map(|(_, value)| value));
    let question = question.map_err(|fault| ProblemKind::RequestInvalid.because(fault))?;
    let response = desk.respond(&question, now_ms()).await;
    let response = response.map_err(problem::of)?;
    let unknown = "gtin: this organisation does not answer for it";
    let response = response.ok_or_else(|| ProblemKind::PackUnknown.because(unknown))?;
    Ok(Answer::new(content_type, response.to_json().to_string()))
}
