//! The grantee opens a record.

use alloy_primitives::{Address, B256};

use super::{
    log::{self, Entry},
    state,
};
use crate::{
    codes::{EntryKind, Kind, Kinds, Protection, RecordStatus, RequestStatus},
    directory::standing::standing,
    host::{Host, Stop},
    records,
    refusals::Refusal,
};

/// Opens a record under a grant: an entry in the chart's log. Nothing is admitted at or after the block of a revocation.
///
/// # Errors
/// In this order: `RequestUnknown`, `NotTheGrantee`, by status `NotYetGranted`, `RequestDenied`, `GrantRevoked` or `GrantExpired`,
/// `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `KeyFrozen`, `KeyReplaced`, `OrganisationChanged`, then of [`check_covered`].
pub(super) fn open(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
    record: B256,
) -> Result<(), Stop> {
    let case = state::case(host, id)?;
    if case.request.requester != caller {
        return Err(Refusal::NotTheGrantee.into());
    }
    match case.status {
        RequestStatus::Granted => {}
        RequestStatus::Pending | RequestStatus::Admitted => {
            return Err(Refusal::NotYetGranted.into());
        }
        RequestStatus::Denied => return Err(Refusal::RequestDenied.into()),
        RequestStatus::Revoked => return Err(Refusal::GrantRevoked.into()),
        RequestStatus::Expired => return Err(Refusal::GrantExpired.into()),
    }
    if standing(host, caller)?.organisation.0 != case.request.organisation {
        return Err(Refusal::OrganisationChanged.into());
    }
    check_covered(host, &case.request, record)?;
    let entry = Entry {
        kind: EntryKind::Opened,
        actor: caller,
        subject: id,
        detail: record,
    };
    Ok(log::append(host, case.request.chart, entry)?)
}

/// Refuses a record that the grant does not cover.
///
/// # Errors
/// In this order: `RecordUnknown`, `RecordNotCovered`, `RecordWithdrawnAlready`, `RecordIsSealed`.
fn check_covered(host: &mut dyn Host, request: &state::Request, id: B256) -> Result<(), Stop> {
    let record = records::state::record(host, id)?.ok_or(Refusal::RecordUnknown)?;
    let kind = Kind::from_code(record.kind).ok_or(Refusal::RecordUnknown)?;
    let covered = record.chart == request.chart
        && (request.record.is_zero() || request.record == id)
        && Kinds(request.kinds).covers(kind.bit());
    if !covered {
        return Err(Refusal::RecordNotCovered.into());
    }
    if record.status != RecordStatus::Current.code() {
        return Err(Refusal::RecordWithdrawnAlready.into());
    }
    if record.protection == Protection::Sealed.code() {
        return Err(Refusal::RecordIsSealed.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
