//! An account is given a role in a study, or loses it.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    roles,
    state::{self, GRANTS, Grant, Head, SIGHTS},
};
use crate::{
    codes::{TrialEntry, TrialRole},
    host::{Halt, Host, Stop},
    interfaces::ITrials::roleCall,
    refusals::Refusal,
};

/// The account holds or held a role that must not see allocations.
const BLINDED: u8 = 1;
/// The account holds or held a role that sees allocations.
const SEEING: u8 = 2;

/// Gives an account a role at a site, or for the study with 0, in place of the one that it had there; or ends it.
///
/// # Errors
/// In this order: `StudyUnknown`, `UnknownTrialRole`, of [`roles::check_sponsor`] (for coordinators: or of [`roles::check`] as investigator of the site),
/// `AccountNotAllowed`, `RoleNotOfSite`, `SiteUnknown`, `UntilPassed`, `SightsMixed`.
pub(super) fn role(host: &mut dyn Host, caller: Address, call: &roleCall) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let role = TrialRole::from_code(call.role).ok_or(Refusal::UnknownTrialRole)?;
    check_giver(host, caller, (call, &head), role)?;
    if call.account.is_zero() {
        return Err(Refusal::AccountNotAllowed.into());
    }
    check_place(host, call, role)?;
    if call.until != 0 && call.until <= host.time_ms() {
        return Err(Refusal::UntilPassed.into());
    }
    let sight = sight(host, (call.study, call.account), role)?;
    let about = About {
        site: call.site,
        ..About::study()
    };
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.enter(host, TrialEntry::RoleSet, about, body(call))?;
    save(host, call, sight)?;
    Ok(draft.write(host, &[])?)
}

fn check_giver(
    host: &mut dyn Host,
    caller: Address,
    (call, head): (&roleCall, &Head),
    role: TrialRole,
) -> Result<(), Stop> {
    let as_sponsor = roles::check_sponsor(host, caller, (call.study, head));
    let missing = Err(Refusal::TrialRoleMissing.into());
    if as_sponsor != missing || role != TrialRole::Coordinator {
        return as_sponsor;
    }
    let place = (call.study, call.site);
    roles::check(host, caller, place, &[TrialRole::Investigator]).map(|_| ())
}

fn check_place(host: &mut dyn Host, call: &roleCall, role: TrialRole) -> Result<(), Stop> {
    let fits = match role.is_of_site() {
        Some(at_site) => at_site == (call.site != 0),
        None => true,
    };
    if !fits {
        return Err(Refusal::RoleNotOfSite.into());
    }
    if call.site != 0 {
        state::site(host, call.study, call.site)?;
    }
    Ok(())
}

/// What the account then was: who ever saw allocations is given no blinded role in the study, and the other way round.
fn sight(
    host: &mut dyn Host,
    (study, account): (B256, Address),
    role: TrialRole,
) -> Result<u8, Stop> {
    let state = &mut state::state(host);
    let was = SIGHTS.at(state, study)?.at(state, account)?.load(state)?;
    let is = match role {
        role if role.sees_allocations() => SEEING,
        role if role.is_blinded() => BLINDED,
        _ => was,
    };
    match was == 0 || was == is {
        true => Ok(is),
        false => Err(Refusal::SightsMixed.into()),
    }
}

fn save(host: &mut dyn Host, call: &roleCall, sight: u8) -> Result<(), Halt> {
    let grant = Grant {
        role: call.role,
        until: call.until,
    };
    let state = &mut state::state(host);
    GRANTS
        .at(state, call.study)?
        .at(state, call.account)?
        .at(state, call.site)?
        .save(state, &grant)?;
    SIGHTS
        .at(state, call.study)?
        .at(state, call.account)?
        .save(state, &sight)
}

pub(super) fn body(call: &roleCall) -> Vec<u8> {
    let fields = (call.account, call.site, u16::from(call.role), call.until);
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
