//! `GET /packs/queue`: what waits in the book for a node.

use serde_json::json;
use theriac_contracts::codes::ExitKind;

use super::{desk, problem};
use crate::{
    door::{Answer, Call, Problem},
    packs::{clock::utc, desk::Queued},
};

/// What waits, in the order in which it was asked for.
pub(crate) async fn get(call: Call) -> Result<Answer, Problem> {
    let (desk, content_type) = (desk(&call)?, call.wants.json()?);
    let queue = desk.queue().await.map_err(problem::of)?;
    let entries: Vec<_> = queue.entries.iter().map(entry).collect();
    let told = json!({ "linked": queue.is_linked, "entries": entries });
    Ok(Answer::new(content_type, told.to_string()))
}

fn entry(queued: &Queued) -> serde_json::Value {
    let packs: Vec<_> = queued.packs.iter().map(|label| label.bracketed()).collect();
    let mut told = json!({ "number": queued.number, "entry": queued.entry, "packs": packs });
    if let Some(kind) = ExitKind::from_code(queued.kind) {
        told["as"] = json!(kind.word());
        told["requestedAt"] = json!(utc(queued.time_ms));
    }
    told
}
