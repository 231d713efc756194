//! The controller takes a grant back.

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

/// Revokes a grant, or an admission by rule, for ever.
///
/// # Errors
/// In this order: `RequestUnknown`, `NotTheController`, `KeyFrozen`, by status `NotYetGranted`, `RequestDenied`, `GrantRevoked`
/// or `GrantExpired`.
pub(super) fn revoke(host: &mut dyn Host, caller: Address, id: B256) -> Result<(), Stop> {
    let case = state::own_case(host, caller, id)?;
    match case.status {
        RequestStatus::Granted | RequestStatus::Admitted => {}
        RequestStatus::Pending => return Err(Refusal::NotYetGranted.into()),
        RequestStatus::Denied => return Err(Refusal::RequestDenied.into()),
        RequestStatus::Revoked => return Err(Refusal::GrantRevoked.into()),
        RequestStatus::Expired => return Err(Refusal::GrantExpired.into()),
    }
    let request = Request {
        status: RequestStatus::Revoked.code(),
        decided_time_ms: host.time_ms(),
        ..case.request
    };
    state::save_decision(host, id, &request)?;
    close_openings(host, request.chart)?;
    let entry = Entry {
        kind: EntryKind::Revoked,
        actor: caller,
        subject: id,
        detail: B256::ZERO,
    };
    Ok(log::append(host, request.chart, entry)?)
}

#[cfg(test)]
mod tests;
