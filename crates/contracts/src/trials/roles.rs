//! Who may do what in a study.

use std::collections::BTreeSet;

use alloy_primitives::{Address, B256};

use super::state::{self, GRANTS, Head, SITES};
use crate::{
    codes::{Role, TrialRole},
    directory::standing::{Standing, find, standing},
    host::{Halt, Host, Stop},
    refusals::Refusal,
};

/// Those who enter a site's data.
pub(super) const ENTERING: &[TrialRole] = &[TrialRole::Investigator, TrialRole::Coordinator];
/// Those who ask about data.
pub(super) const ASKING: &[TrialRole] = &[TrialRole::Monitor, TrialRole::DataManager];

/// Refuses an account without one of these roles at the site, or at none with 0. A role that is held for all sites counts at each.
///
/// # Errors
/// Of [`standing`], then `TrialRoleMissing`, `NotOfTheSite`.
pub(super) fn check(
    host: &mut dyn Host,
    account: Address,
    (study, site): (B256, u16),
    allowed: &[TrialRole],
) -> Result<TrialRole, Stop> {
    let standing = standing(host, account)?;
    for place in [site, 0] {
        let Some(role) = held(host, study, account, place)? else {
            continue;
        };
        if !allowed.contains(&role) {
            continue;
        }
        if place != 0 {
            check_organisation(host, &standing, (study, place))?;
        }
        return Ok(role);
    }
    Err(Refusal::TrialRoleMissing.into())
}

fn check_organisation(
    host: &mut dyn Host,
    standing: &Standing,
    (study, site): (B256, u16),
) -> Result<(), Stop> {
    match state::site(host, study, site)?.organisation == standing.organisation.0 {
        true => Ok(()),
        false => Err(Refusal::NotOfTheSite.into()),
    }
}

/// The role of an account at a place now.
pub(super) fn held(
    host: &mut dyn Host,
    study: B256,
    account: Address,
    site: u16,
) -> Result<Option<TrialRole>, Halt> {
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let grant = GRANTS
        .at(state, study)?
        .at(state, account)?
        .at(state, site)?
        .load(state)?;
    let live = grant.until > time_ms;
    Ok(TrialRole::from_code(grant.role).filter(|_| live))
}

/// Reads what [`check`] will look at for these sites, and judges nothing.
pub(super) fn touch(
    host: &mut dyn Host,
    account: Address,
    (study, sites): (B256, &BTreeSet<u16>),
) -> Result<(), Halt> {
    let _ = find(host, account)?;
    for site in sites.iter().chain([&0]) {
        held(host, study, account, *site)?;
        let state = &mut state::state(host);
        SITES.at(state, study)?.at(state, *site)?.load(state)?;
    }
    Ok(())
}

/// Refuses who does not act for the sponsor: an administrator of it, or its trial manager.
///
/// # Errors
/// Of [`standing`], then `TrialRoleMissing`.
pub(super) fn check_sponsor(
    host: &mut dyn Host,
    account: Address,
    (study, head): (B256, &Head),
) -> Result<(), Stop> {
    let standing = standing(host, account)?;
    if standing.role == Role::Administrator && standing.organisation.0 == head.sponsor {
        return Ok(());
    }
    match held(host, study, account, 0)? {
        Some(TrialRole::Manager) => Ok(()),
        Some(_) | None => Err(Refusal::TrialRoleMissing.into()),
    }
}
