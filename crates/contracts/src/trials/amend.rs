//! A protocol is amended.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    outcomes, roles, schedule,
    schedule::{Planned, Visits},
    state::{self, Terms},
};
use crate::{
    codes::{AmendmentReason, TrialEntry},
    host::{Host, Stop},
    interfaces::ITrials::amendCall,
    refusals::Refusal,
};

/// Amends protocol, schedule or outcomes: dated, with a reason, and never in place of what stood before.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check_sponsor`], `NumberNotNext`, `CommitmentMissing` (of the protocol, the reason or a schedule that is not
/// empty), `UnknownReason`, of [`Planned::later`], of [`outcomes::check`] where there are outcomes.
pub(super) fn amend(host: &mut dyn Host, caller: Address, call: &amendCall) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    roles::check_sponsor(host, caller, (call.study, &head))?;
    let mut terms = state::terms(host, call.study)?;
    if terms.version.checked_add(1) != Some(call.version) {
        return Err(Refusal::NumberNotNext.into());
    }
    check_form(call)?;
    let planned = planned(host, &terms, call)?;
    if !call.outcomes.is_empty() {
        outcomes::check(&call.outcomes)?;
        terms.outcomes = call.outcomes.len() as u16;
    }
    terms.protocol = call.protocol;
    terms.version = call.version;
    if call.renew {
        terms.consent = call.version;
    }
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.enter(host, TrialEntry::Amended, About::study(), body(call))?;
    if let Some(planned) = &planned {
        let root: B256 = call.schedule.root;
        schedule::save(host, (call.study, &mut terms), (root, planned))?;
    }
    state::save_terms(host, call.study, &terms)?;
    Ok(draft.write(host, &[])?)
}

fn check_form(call: &amendCall) -> Result<(), Refusal> {
    let schedule = &call.schedule;
    let no_root = schedule.root.is_zero() && !schedule.cells.is_empty();
    if call.protocol.is_zero() || call.reason.is_zero() || no_root {
        return Err(Refusal::CommitmentMissing);
    }
    match AmendmentReason::from_code(call.reasonCode) {
        Some(_) => Ok(()),
        None => Err(Refusal::UnknownReason),
    }
}

fn planned(host: &mut dyn Host, terms: &Terms, call: &amendCall) -> Result<Option<Planned>, Stop> {
    if call.schedule.root.is_zero() {
        return Ok(None);
    }
    let before = Visits::load(host, call.study, terms.visits)?;
    let retired = schedule::load(host, call.study, terms.schedule)?.retired;
    let planned = Planned::later(&before, retired, &call.schedule.cells)?;
    Ok(Some(planned))
}

pub(super) fn body(call: &amendCall) -> Vec<u8> {
    let fields = (
        call.version,
        call.protocol,
        u16::from(call.reasonCode),
        call.reason,
        call.schedule.clone(),
        call.outcomes.clone(),
        call.renew,
    );
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
