//! The controller's client gives the wrap for a request that a rule admitted.

use alloy_primitives::{Address, B256};

use super::{
    log::{self, Entry},
    state::{self, Request},
};
use crate::{
    codes::{EntryKind, RequestStatus},
    host::{Host, Stop},
    refusals::Refusal,
};

/// Gives the wrap; from now on the grant can be opened.
///
/// # Errors
/// In this order: `RequestUnknown`, `NotTheController`, `KeyFrozen`, by status `RequestNotAdmitted`, `RequestDecided`,
/// `RequestDenied`, `GrantRevoked` or `RequestExpired`, then `WrapMissing`.
pub(super) fn fulfil(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
    wrap: B256,
) -> Result<(), Stop> {
    let case = state::own_case(host, caller, id)?;
    match case.status {
        RequestStatus::Admitted => {}
        RequestStatus::Pending => return Err(Refusal::RequestNotAdmitted.into()),
        RequestStatus::Granted => return Err(Refusal::RequestDecided.into()),
        RequestStatus::Denied => return Err(Refusal::RequestDenied.into()),
        RequestStatus::Revoked => return Err(Refusal::GrantRevoked.into()),
        RequestStatus::Expired => return Err(Refusal::RequestExpired.into()),
    }
    if wrap.is_zero() {
        return Err(Refusal::WrapMissing.into());
    }
    let request = Request {
        wrap,
        status: RequestStatus::Granted.code(),
        decided_time_ms: host.time_ms(),
        ..case.request
    };
    state::save_decision(host, id, &request)?;
    let entry = Entry {
        kind: EntryKind::Fulfilled,
        actor: caller,
        subject: id,
        detail: wrap,
    };
    Ok(log::append(host, request.chart, entry)?)
}

#[cfg(test)]
mod tests;
