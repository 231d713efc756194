//! A site is opened or closed.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    roles,
    state::{self, SITES, Site},
};
use crate::{
    codes::{SiteStatus, TrialEntry},
    host::{Host, Stop},
    interfaces::ITrials::siteCall,
    members,
    refusals::Refusal,
};

/// Opens the next site, or sets the status of one.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check_sponsor`], `UnknownSiteStatus`, `NumberNotNext`, `UnknownOrganisation`, `NoLongerAMember`,
/// `SiteDiffers`.
pub(super) fn site(host: &mut dyn Host, caller: Address, call: &siteCall) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    roles::check_sponsor(host, caller, (call.study, &head))?;
    if SiteStatus::from_code(call.status).is_none() {
        return Err(Refusal::UnknownSiteStatus.into());
    }
    let mut terms = state::terms(host, call.study)?;
    let is_new = terms.sites.checked_add(1) == Some(call.site);
    if !is_new && !(1..=terms.sites).contains(&call.site) {
        return Err(Refusal::NumberNotNext.into());
    }
    members::state::member(host, call.organisation)?;
    if !is_new && state::site(host, call.study, call.site)?.organisation != call.organisation {
        return Err(Refusal::SiteDiffers.into());
    }
    let about = About {
        site: call.site,
        ..About::study()
    };
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.enter(host, TrialEntry::SiteSet, about, body(call))?;
    if is_new {
        terms.sites = call.site;
        state::save_terms(host, call.study, &terms)?;
    }
    let site = Site {
        organisation: call.organisation,
        status: call.status,
    };
    let state = &mut state::state(host);
    SITES
        .at(state, call.study)?
        .at(state, call.site)?
        .save(state, &site)?;
    Ok(draft.write(host, &[])?)
}

pub(super) fn body(call: &siteCall) -> Vec<u8> {
    (call.site, call.organisation, u16::from(call.status)).abi_encode_params()
}

#[cfg(test)]
mod tests;
