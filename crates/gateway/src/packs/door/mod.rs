//! `/packs`: verify and dispense over HTTP, and the questions of other organisations about packs of own making.
//!
//! Scans come in bodies, but for `/packs/provenance`, and stand in no log.

pub(crate) mod alarms;
mod body;
pub(crate) mod connectivity;
pub(crate) mod decommission;
pub(crate) mod dispense;
mod done;
mod problem;
pub(crate) mod provenance;
pub(crate) mod queue;
pub(crate) mod respond;
pub(crate) mod undo;
pub(crate) mod verify;

use super::desk::{Desk, RequestKey};
use crate::door::{Call, Problem, ProblemKind};

/// The header that names a request.
const KEY: &str = "idempotency-key";

/// The desk of this gateway.
fn desk(call: &Call) -> Result<Desk, Problem> {
    let desk = call.service.desk.clone();
    desk.ok_or_else(|| ProblemKind::NoPacks.into())
}

/// The key of a request, under its caller.
fn key(call: &Call) -> Result<RequestKey, Problem> {
    let given = call.headers.get(KEY).and_then(|key| key.to_str().ok());
    let missing = || ProblemKind::RequestInvalid.because("Idempotency-Key: missing");
    let key = RequestKey::new(call.caller().name(), given.ok_or_else(missing)?);
    key.map_err(|refusal| problem::of(refusal.into()))
}

/// Unix milliseconds.
fn now_ms() -> u64 {
    super::clock::now_ms()
}
