//! An opening under a request or grant of `access`.

use alloy_primitives::{Address, B256};

use super::{
    by_rule::by_rule,
    list::{Listed, kinds},
    opening::Decision,
};
use crate::{
    access::{
        evaluate::Question,
        state::{Case, case},
    },
    codes::{Basis, Kinds, OpeningStatus, RequestStatus},
    directory::standing::Standing,
    host::{Host, Stop},
    interfaces::ISeals::openCall,
    refusals::Refusal,
};

/// Loads the request of an opening, if it is the caller's and live.
///
/// # Errors
/// In this order: `RequestUnknown`, `NotTheGrantee`, by status `NotYetGranted`, `RequestDenied`, `GrantRevoked` or `GrantExpired`.
pub(super) fn live(host: &mut dyn Host, caller: Address, id: B256) -> Result<Case, Stop> {
    let case = case(host, id)?;
    if case.request.requester != caller {
        return Err(Refusal::NotTheGrantee.into());
    }
    match case.status {
        RequestStatus::Granted | RequestStatus::Admitted => Ok(case),
        RequestStatus::Pending => Err(Refusal::NotYetGranted.into()),
        RequestStatus::Denied => Err(Refusal::RequestDenied.into()),
        RequestStatus::Revoked => Err(Refusal::GrantRevoked.into()),
        RequestStatus::Expired => Err(Refusal::GrantExpired.into()),
    }
}

/// Decides an opening under a live request: the controller's own decision stands, a rule's is made anew.
///
/// # Errors
/// In this order: `OrganisationChanged`, `PurposeDiffers`, `RecordNotCovered`.
pub(super) fn by_request(
    host: &mut dyn Host,
    call: &openCall,
    (case, standing): (&Case, Standing),
    list: &[Listed],
) -> Result<Decision, Stop> {
    check_covered(call, (case, standing), list)?;
    let until = case.request.expiry;
    if case.status == RequestStatus::Granted {
        return Ok(Decision {
            basis: Basis::Grant,
            status: OpeningStatus::Admitted,
            until,
        });
    }
    let question = Question {
        who: case.request.requester,
        standing,
        purpose: call.purpose,
        kinds: kinds(list),
    };
    let decision = by_rule(host, call.chart, &question, list)?;
    Ok(Decision {
        until: decision.until.min(until),
        ..decision
    })
}

fn check_covered(
    call: &openCall,
    (case, standing): (&Case, Standing),
    list: &[Listed],
) -> Result<(), Refusal> {
    let request = &case.request;
    if standing.organisation.0 != request.organisation {
        return Err(Refusal::OrganisationChanged);
    }
    if call.purpose != request.purpose {
        return Err(Refusal::PurposeDiffers);
    }
    let in_request = |listed: &Listed| request.record.is_zero() || request.record == listed.record;
    let covered = call.chart == request.chart
        && Kinds(request.kinds).covers(kinds(list))
        && list.iter().all(in_request);
    if !covered {
        return Err(Refusal::RecordNotCovered);
    }
    Ok(())
}
