//! Someone signs data as they stand.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    roles, set_factor,
    state::{self, Subject},
};
use crate::{
    addresses::TRIALS,
    codes::{Meaning, SignatureScope, TrialEntry, TrialRole},
    host::{Host, Stop},
    interfaces::ITrials::signCall,
    refusals::Refusal,
    signing::{SIGNATURE_LIMIT, Sign, check_key, digest, is_signed_by},
};

/// Enters a signature of the caller with both keys.
///
/// # Errors
/// In this order: `StudyUnknown`, `UnknownSignatureScope`, `ScopeDiffers`, `SubjectUnknown`, `SiteUnknown`, of [`roles::check`] with any role at the site,
/// or for the study of [`roles::check_sponsor`], `UnknownMeaning`, `CommitmentMissing` (of the name), `SignedAhead`, `DataChanged`,
/// `SignatureTooLong`, `FactorMissing`, `NotSignedByAccount`, `NotSignedByFactor`.
pub(super) fn sign(host: &mut dyn Host, caller: Address, call: &signCall) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let scope = SignatureScope::from_code(call.scope).ok_or(Refusal::UnknownSignatureScope)?;
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    let subject = covered(host, &mut draft, call, scope)?;
    let role = signer(host, caller, &draft, call)?;
    let meaning = Meaning::from_code(call.meaning).ok_or(Refusal::UnknownMeaning)?;
    if call.name.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    if call.time > host.time_ms() {
        return Err(Refusal::SignedAhead.into());
    }
    check_data(&draft, call, subject.as_ref())?;
    check_signatures(host, caller, call)?;
    let by_investigator = role == Some(TrialRole::Investigator);
    if let Some(subject) = subject {
        let unsigned = match by_investigator && meaning == Meaning::Responsibility {
            true => 0,
            false => subject.unsigned,
        };
        draft.set_subject(
            call.slot,
            Subject {
                unsigned,
                ..subject
            },
        );
    }
    let about = About::subject(call.slot, call.site);
    draft.enter(host, TrialEntry::Signed, about, body(call))?;
    Ok(draft.write(host, &[])?)
}

/// The subject that is signed, if it is one.
fn covered(
    host: &mut dyn Host,
    draft: &mut Draft,
    call: &signCall,
    scope: SignatureScope,
) -> Result<Option<Subject>, Stop> {
    let whole = match scope {
        SignatureScope::Subject => call.slot != 0 && call.site != 0,
        SignatureScope::Site => call.slot == 0 && call.site != 0,
        SignatureScope::Study => call.slot == 0 && call.site == 0,
    };
    if !whole {
        return Err(Refusal::ScopeDiffers.into());
    }
    let subject = match scope {
        SignatureScope::Subject => Some(draft.subject(host, call.slot)?),
        SignatureScope::Site | SignatureScope::Study => None,
    };
    if subject
        .as_ref()
        .is_some_and(|found| found.site != call.site)
    {
        return Err(Refusal::ScopeDiffers.into());
    }
    if scope == SignatureScope::Site {
        state::site(host, call.study, call.site)?;
    }
    Ok(subject)
}

fn signer(
    host: &mut dyn Host,
    caller: Address,
    draft: &Draft,
    call: &signCall,
) -> Result<Option<TrialRole>, Stop> {
    let found = roles::check(host, caller, (call.study, call.site), TrialRole::ALL);
    let missing = Err(Refusal::TrialRoleMissing.into());
    if found == missing {
        roles::check_sponsor(host, caller, (call.study, &draft.head))?;
        return Ok(None);
    }
    found.map(Some)
}

fn check_data(draft: &Draft, call: &signCall, subject: Option<&Subject>) -> Result<(), Refusal> {
    let stands: B256 = match subject {
        Some(subject) => subject.tip,
        None => draft.head.root,
    };
    match call.dataRoot == stands {
        true => Ok(()),
        false => Err(Refusal::DataChanged),
    }
}

fn check_signatures(host: &mut dyn Host, caller: Address, call: &signCall) -> Result<(), Stop> {
    if call.signature.len() > SIGNATURE_LIMIT || call.second.len() > SIGNATURE_LIMIT {
        return Err(Refusal::SignatureTooLong.into());
    }
    let factor = set_factor::load(host, caller)?;
    if factor.key.is_zero() || factor.height >= host.height() {
        return Err(Refusal::FactorMissing.into());
    }
    let message = Sign {
        study: call.study,
        slot: call.slot,
        site: call.site,
        scope: call.scope,
        dataRoot: call.dataRoot,
        meaning: call.meaning,
        name: call.name,
        time: call.time,
        account: caller,
    };
    let digest = digest(host, TRIALS, &message)?;
    if !is_signed_by(host, caller, digest, &call.signature)? {
        return Err(Refusal::NotSignedByAccount.into());
    }
    let not_by_factor = Stop::from(Refusal::NotSignedByFactor);
    match check_key(host, factor.key, digest, &call.second) {
        Err(Stop::Revert(_)) => Err(not_by_factor),
        other => other,
    }
}

pub(super) fn body(call: &signCall) -> Vec<u8> {
    let fields = (
        u16::from(call.scope),
        call.dataRoot,
        u16::from(call.meaning),
        call.name,
        call.time,
        call.signature.clone(),
        call.second.clone(),
    );
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
