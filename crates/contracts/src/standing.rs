//! What other parts of the node ask the contracts without a call.

use alloy_primitives::{Address, B256};

use crate::{
    access, delegation, directory,
    host::{Halt, Host},
    identifiers::OrganisationId,
    members, records, recovery,
    refusals::Refusal,
    seals,
};

/// The organisation in whose quota `sender` may send now: an admin account, or a person with an active enrolment.
/// A person without one, or whose organisation was removed, who controls a chart may send in the common quota of
/// [`OrganisationId::NONE`]. `None`: may not send; so it is for a key that is frozen or replaced.
///
/// # Errors
/// Any [`Halt`].
pub fn may_send(host: &mut dyn Host, sender: Address) -> Result<Option<OrganisationId>, Halt> {
    match directory::standing::find(host, sender)? {
        Ok(standing) => Ok(Some(standing.organisation)),
        Err(Refusal::NotEnrolled | Refusal::KeyFrozen | Refusal::KeyReplaced) => Ok(None),
        Err(_) => {
            let controls = records::state::controls_a_chart(host, sender)?;
            Ok(controls.then_some(OrganisationId::NONE))
        }
    }
}

/// Gas per block of an organisation, or the common quota for [`OrganisationId::NONE`]; 0 when it does not exist.
///
/// # Errors
/// Any [`Halt`].
pub fn quota(host: &mut dyn Host, organisation: OrganisationId) -> Result<u64, Halt> {
    Ok(members::parameters::load_quota(host, organisation)?.unwrap_or_default())
}

/// Whether `account` is a party of `chart` now: its controller, author of a record in it, holder of a live request or grant, or of
/// a live opening, or a delegate.
///
/// # Errors
/// Any [`Halt`].
pub fn is_party(host: &mut dyn Host, chart: B256, account: Address) -> Result<bool, Halt> {
    let Some(found) = records::state::chart(host, chart)? else {
        return Ok(false);
    };
    Ok(found.controller == account
        || records::state::is_author_in(host, chart, account)?
        || access::holds_live(host, chart, account)?
        || seals::holds_opening(host, chart, account)?
        || delegation::is_delegate(host, chart, account)?)
}

/// Whether `caller` is told of the recovery of `account`: the account, its guardians of now and to come, and who takes its place.
///
/// # Errors
/// Any [`Halt`].
pub fn is_concerned(host: &mut dyn Host, account: Address, caller: Address) -> Result<bool, Halt> {
    recovery::is_concerned(host, account, caller)
}
