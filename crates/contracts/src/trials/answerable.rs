//! What a keeper asks of finalised state before it answers an opening of an allocation.

use alloy_primitives::B256;

use super::{
    opening, roles,
    state::{self, Opening},
};
use crate::{
    codes::{SubjectStatus, TrialRole},
    directory::standing::find,
    host::{Halt, Host},
    refusals::Refusal,
    seals::{Answerable, seals_root},
};

/// Whether a keeper answers for the seal of an opening, according to the state and time of the host. A refusal is, in this order: `OpeningUnknown`,
/// `OpeningExpired`, `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `KeyFrozen`, `KeyReplaced`, `OrganisationChanged`, `OpeningClosed` (of who has the
/// role no longer, or of a subject who was erased), `SealsDiffer`.
///
/// # Errors
/// Any [`Halt`].
pub(crate) fn answerable(
    host: &mut dyn Host,
    number: u64,
    seals: &[B256],
) -> Result<Result<Answerable, Refusal>, Halt> {
    let Some(found) = opening::find(host, number)? else {
        return Ok(Err(Refusal::OpeningUnknown));
    };
    if let Err(refusal) = stands(host, &found)? {
        return Ok(Err(refusal));
    }
    let seal = opening::seal_id(host.chain_id(), found.study, (found.list, found.index));
    if seals_root(seals) != seals_root(&[seal]) {
        return Ok(Err(Refusal::SealsDiffer));
    }
    Ok(Ok(Answerable {
        chart: found.study,
        requester: found.reader,
        key: found.key,
    }))
}

fn stands(host: &mut dyn Host, opening: &Opening) -> Result<Result<(), Refusal>, Halt> {
    if host.time_ms() >= opening.expiry.saturating_mul(1_000) {
        return Ok(Err(Refusal::OpeningExpired));
    }
    let standing = match find(host, opening.reader)? {
        Ok(standing) => standing,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if standing.organisation.0 != opening.organisation {
        return Ok(Err(Refusal::OrganisationChanged));
    }
    let subject = {
        let state = &mut state::state(host);
        let place = state::SUBJECTS.at(state, opening.study)?;
        place.at(state, opening.slot)?.load(state)?
    };
    let holds = holds_role(host, opening, subject.site)?;
    match holds && subject.status() != SubjectStatus::Erased {
        true => Ok(Ok(())),
        false => Ok(Err(Refusal::OpeningClosed)),
    }
}

fn holds_role(host: &mut dyn Host, opening: &Opening, site: u16) -> Result<bool, Halt> {
    for place in [site, 0] {
        let admitted = match roles::held(host, opening.study, opening.reader, place)? {
            Some(TrialRole::TrialPharmacist) => true,
            Some(TrialRole::Investigator) => opening.emergency,
            Some(_) | None => false,
        };
        if admitted {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests;
