//! `GET /packs/alarms`: what is to be pulled, and what collided.

use serde_json::{Value, json};
use theriac_contracts::codes::ExitKind;

use super::{desk, problem};
use crate::{
    door::{Answer, Call, Problem},
    packs::{Alarm, clock::utc, desk::Collision},
};

/// Flags that stand on packs in stock, and exits that were queued and refused.
pub(crate) async fn get(call: Call) -> Result<Answer, Problem> {
    let (desk, content_type) = (desk(&call)?, call.wants.json()?);
    let alarms = desk.alarms().await.map_err(problem::of)?;
    let flags: Vec<_> = alarms.flags.iter().map(flag).collect();
    let collisions: Vec<_> = alarms.collisions.iter().map(collision).collect();
    let mut told = json!({ "flags": flags, "collisions": collisions });
    if alarms.looked_ms != 0 {
        told["lookedAt"] = json!(utc(alarms.looked_ms));
    }
    Ok(Answer::new(content_type, told.to_string()))
}

fn flag(alarm: &Alarm) -> Value {
    let flag = &alarm.flag;
    let pull: Vec<_> = alarm.packs.iter().map(|label| label.bracketed()).collect();
    json!({
        "number": flag.number,
        "kind": flag.kind.word(),
        "on": flag.subject.word(),
        "organisation": flag.organisation,
        "raisedAt": utc(flag.time_ms),
        "pull": pull,
    })
}

fn collision(collision: &Collision) -> Value {
    let kept = &collision.kept;
    json!({
        "number": kept.number,
        "pack": collision.label.bracketed(),
        "as": ExitKind::from_code(kept.kind).map_or("undone", ExitKind::word),
        "queuedAt": utc(kept.queued_ms),
        "code": kept.code,
        "organisation": kept.organisation,
        "message": kept.words,
    })
}
