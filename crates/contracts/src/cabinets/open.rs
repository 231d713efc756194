//! An organisation opens a cabinet.

use alloy_primitives::Address;

use super::state::{self, CABINETS_BY_ID, Cabinet};
use crate::{
    codes::OrganisationKind,
    host::{Host, Stop},
    interfaces::ICabinets::{CabinetOpened, openCall},
    members,
    refusals::Refusal,
    trade::actor,
};

/// Opens a cabinet for the caller's organisation.
///
/// # Errors
/// In this order: of [`actor`], `NotATradingPartner`, `RoleMayNotOpenCabinets`, `CommitmentMissing`, `CabinetExists`, `UnknownOrganisation`,
/// `NoLongerAMember` (of the auditor), `AuditorNotARegulator`.
pub(super) fn open(host: &mut dyn Host, caller: Address, call: &openCall) -> Result<(), Stop> {
    let actor = actor(host, caller)?;
    actor.check_partner()?;
    if !actor.role.may_handle_packs() {
        return Err(Refusal::RoleMayNotOpenCabinets.into());
    }
    if call.cabinet.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let exists = {
        let state = &mut state::state(host);
        let found = CABINETS_BY_ID.at(state, call.cabinet)?.load(state)?;
        found.organisation != 0
    };
    if exists {
        return Err(Refusal::CabinetExists.into());
    }
    if call.auditor != 0 {
        let auditor = members::state::member(host, call.auditor)?;
        if auditor.kind != OrganisationKind::Regulator.code() {
            return Err(Refusal::AuditorNotARegulator.into());
        }
    }
    let cabinet = Cabinet {
        opened_by: caller,
        organisation: actor.organisation,
        auditor: call.auditor,
        opened_time_ms: host.time_ms(),
    };
    let state = &mut state::state(host);
    CABINETS_BY_ID
        .at(state, call.cabinet)?
        .save(state, &cabinet)?;
    Ok(state.emit(&CabinetOpened {
        cabinet: call.cabinet,
        organisation: actor.organisation,
        auditor: call.auditor,
        account: caller,
    })?)
}

#[cfg(test)]
mod tests;
