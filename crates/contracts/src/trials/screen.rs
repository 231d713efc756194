//! A screening for fabricated data is entered.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    roles, state,
};
use crate::{
    codes::TrialEntry,
    host::{Host, Stop},
    interfaces::ITrials::screenCall,
    refusals::Refusal,
};

/// Enters the report of the next screening.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check`], `NumberNotNext`, `CommitmentMissing`.
pub(super) fn screen(host: &mut dyn Host, caller: Address, call: &screenCall) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    roles::check(host, caller, (call.study, 0), roles::ASKING)?;
    let mut terms = state::terms(host, call.study)?;
    if terms.screenings.checked_add(1) != Some(call.number) {
        return Err(Refusal::NumberNotNext.into());
    }
    if call.report.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.enter(host, TrialEntry::Screened, About::study(), body(call))?;
    terms.screenings = call.number;
    state::save_terms(host, call.study, &terms)?;
    Ok(draft.write(host, &[])?)
}

/// The body of the entry.
pub(super) fn body(call: &screenCall) -> Vec<u8> {
    (call.report, call.number).abi_encode_params()
}

#[cfg(test)]
mod tests;
