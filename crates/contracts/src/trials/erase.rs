//! A subject's data are erased.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    roles,
    state::{self, PARTICIPANTS, Subject},
};
use crate::{
    codes::{ErasureBasis, SubjectStatus, TrialEntry, TrialRole},
    host::{Halt, Host, Stop},
    interfaces::ITrials::eraseCall,
    refusals::Refusal,
};

/// Enters that the secrets of a subject's data are destroyed. Its place, its entries and their counts stay; nothing of it is due any more.
///
/// # Errors
/// In this order: `StudyUnknown`, `SubjectUnknown`, of [`roles::check`] at the subject's site, `UnknownErasureBasis`, `CommitmentMissing` (of the reason),
/// `RetentionNotOver`, `SubjectErased`.
pub(super) fn erase(host: &mut dyn Host, caller: Address, call: &eraseCall) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    let subject = draft.subject(host, call.slot)?;
    let allowed = &[TrialRole::DataProtectionOfficer, TrialRole::Investigator];
    roles::check(host, caller, (call.study, subject.site), allowed)?;
    let basis = ErasureBasis::from_code(call.basis).ok_or(Refusal::UnknownErasureBasis)?;
    if call.reason.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let retention = state::terms(host, call.study)?.retention;
    if !basis.admits_early() && host.time_ms() < retention {
        return Err(Refusal::RetentionNotOver.into());
    }
    if subject.status() == SubjectStatus::Erased {
        return Err(Refusal::SubjectErased.into());
    }
    let about = About::subject(call.slot, subject.site);
    let erased = Subject {
        status: SubjectStatus::Erased.code(),
        missing: 0,
        unsigned: 0,
        due: 0,
        ..subject
    };
    draft.set_subject(call.slot, erased);
    draft.enter(host, TrialEntry::Erased, about, body(call))?;
    forget(host, call.study, call.slot)?;
    Ok(draft.write(host, &[])?)
}

fn forget(host: &mut dyn Host, study: B256, slot: u32) -> Result<(), Halt> {
    let state = &mut state::state(host);
    PARTICIPANTS
        .at(state, study)?
        .at(state, slot)?
        .save(state, &Address::ZERO)
}

/// The body of the entry.
pub(super) fn body(call: &eraseCall) -> Vec<u8> {
    (u16::from(call.basis), call.reason).abi_encode_params()
}

#[cfg(test)]
mod tests;
