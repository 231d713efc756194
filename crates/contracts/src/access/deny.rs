//! The controller denies a request.

use alloy_primitives::{Address, B256};

use super::{
    log::{self, Entry},
    state::{self, Request},
};
use crate::{
    codes::{EntryKind, RequestStatus},
    host::{Host, Stop},
    refusals::Refusal,
    seals::close_openings,
};

/// Denies a pending request, for ever.
///
/// # Errors
/// In this order: `RequestUnknown`, `NotTheController`, `KeyFrozen`, `RequestDecided` or `RequestExpired`.
pub(super) fn deny(host: &mut dyn Host, caller: Address, id: B256) -> Result<(), Stop> {
    let case = state::own_case(host, caller, id)?;
    match case.status {
        RequestStatus::Pending => {}
        RequestStatus::Expired => return Err(Refusal::RequestExpired.into()),
        RequestStatus::Admitted
        | RequestStatus::Granted
        | RequestStatus::Denied
        | RequestStatus::Revoked => return Err(Refusal::RequestDecided.into()),
    }
    let request = Request {
        status: RequestStatus::Denied.code(),
        decided_time_ms: host.time_ms(),
        ..case.request
    };
    state::save_decision(host, id, &request)?;
    close_openings(host, request.chart)?;
    let entry = Entry {
        kind: EntryKind::Denied,
        actor: caller,
        subject: id,
        detail: B256::ZERO,
    };
    Ok(log::append(host, request.chart, entry)?)
}

#[cfg(test)]
mod tests;
