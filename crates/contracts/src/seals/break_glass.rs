//! Someone opens sealed records in an emergency.

use alloy_primitives::Address;

use super::{
    list::{Listed, RECORD_LIMIT, kinds, list, newest},
    opening::{self, Decision, NO_END, Proposal},
    owed,
    state::{glass_scope, state as seals_state},
};
use crate::{
    access::evaluate::{Question, dissents},
    codes::{Basis, Kinds, OpeningStatus, Purpose, Role},
    directory::standing::{Standing, standing},
    host::{Halt, Host, Stop},
    interfaces::ISeals::{GlassBroken, breakGlassCall, breakGlassReturn},
    members, records,
    refusals::Refusal,
};

/// Opens records within the scope that the controller left open; a review is due. A denial is written, not reverted.
///
/// # Errors
/// In this order: `RecordCountOutOfRange`, `NotAnEmergency`, `CommitmentMissing`, `KeyMissing`, `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`,
/// `RoleMayNotBreakGlass`, `ChartUnknown`, `OwnChart`, then of [`list`], `NothingInScope`, `DailyLimitReached`.
pub(super) fn break_glass(
    host: &mut dyn Host,
    caller: Address,
    call: &breakGlassCall,
) -> Result<breakGlassReturn, Stop> {
    check_words(call)?;
    let standing = check_person(host, caller, call)?;
    let (list, status) = decide(host, (caller, standing), call)?;
    let proposal = Proposal {
        chart: call.chart,
        requester: caller,
        standing: Some(standing),
        purpose: call.purpose,
        key: call.key,
        request: Default::default(),
        list: &list,
        decision: Decision {
            basis: Basis::BreakGlass,
            status,
            until: NO_END,
        },
    };
    let opening = opening::write(host, &proposal)?;
    let admitted = status == OpeningStatus::Admitted;
    if admitted {
        demand_review(host, (caller, standing), call, opening)?;
    }
    Ok(breakGlassReturn { opening, admitted })
}

fn check_words(call: &breakGlassCall) -> Result<(), Refusal> {
    if call.records.len() > RECORD_LIMIT {
        return Err(Refusal::RecordCountOutOfRange);
    }
    match Purpose::from_code(call.purpose) {
        Some(Purpose::BreakTheGlass | Purpose::EmergencyTreatment) => {}
        Some(_) | None => return Err(Refusal::NotAnEmergency),
    }
    if call.reason.is_zero() {
        return Err(Refusal::CommitmentMissing);
    }
    if call.key.is_zero() {
        return Err(Refusal::KeyMissing);
    }
    Ok(())
}

fn check_person(
    host: &mut dyn Host,
    caller: Address,
    call: &breakGlassCall,
) -> Result<Standing, Stop> {
    let standing = standing(host, caller)?;
    match standing.role {
        Role::Physician | Role::Nurse => {}
        Role::Patient
        | Role::Pharmacist
        | Role::InsurerAgent
        | Role::Researcher
        | Role::PrivacyOfficer
        | Role::Administrator
        | Role::Gateway => return Err(Refusal::RoleMayNotBreakGlass.into()),
    }
    let chart = records::state::chart(host, call.chart)?.ok_or(Refusal::ChartUnknown)?;
    if chart.controller == caller {
        return Err(Refusal::OwnChart.into());
    }
    Ok(standing)
}

/// The records and the verdict. Who is denied is not told which records the scope would have covered.
fn decide(
    host: &mut dyn Host,
    (caller, standing): (Address, Standing),
    call: &breakGlassCall,
) -> Result<(Vec<Listed>, OpeningStatus), Stop> {
    let scope = glass_scope(host, call.chart)?;
    let listed = list(host, call.chart, &call.records)?;
    let asked = match listed.is_empty() {
        true => scope,
        false => kinds(&listed),
    };
    let question = Question {
        who: caller,
        standing,
        purpose: call.purpose,
        kinds: asked,
    };
    let forbidden = scope == Kinds(0) || !scope.covers(asked);
    if forbidden || dissents(host, call.chart, &question)? {
        return Ok((listed, OpeningStatus::Denied));
    }
    if !listed.is_empty() {
        return Ok((listed, OpeningStatus::Admitted));
    }
    let newest = newest(host, call.chart, scope)?;
    if newest.is_empty() {
        return Err(Refusal::NothingInScope.into());
    }
    Ok((newest, OpeningStatus::Admitted))
}

fn demand_review(
    host: &mut dyn Host,
    (caller, standing): (Address, Standing),
    call: &breakGlassCall,
    opening: u64,
) -> Result<(), Halt> {
    let organisation = standing.organisation.0;
    let period = members::state::limits(host)?.review_period;
    let due = (host.time_ms() / 1_000).saturating_add(period);
    owed::owe(host, organisation, opening, (call.reason, due))?;
    seals_state(host).emit(&GlassBroken {
        opening,
        chart: call.chart,
        organisation,
        requester: caller,
        purpose: call.purpose,
        reason: call.reason,
        reviewDue: due,
    })
}

#[cfg(test)]
mod tests;
