//! Views of quotas and limits.

use super::state::{self, ORGANISATION_COUNT, ORGANISATIONS};
use crate::{
    host::{Halt, Host, Stop},
    identifiers::OrganisationId,
    interfaces::IMembers::Parameters,
    refusals::Refusal,
};

/// Longest time that a vote may last, in seconds: 90 days.
pub(crate) const VOTING_PERIOD_MAX: u64 = 90 * 86_400;

/// Gas per block of an organisation; of 0, the common quota.
///
/// # Errors
/// `UnknownOrganisation`.
pub(super) fn quota(host: &mut dyn Host, id: u32) -> Result<u64, Stop> {
    load_quota(host, OrganisationId(id))?.ok_or_else(|| Refusal::UnknownOrganisation.into())
}

/// Gas per block of an organisation, or the common quota; `None` when it does not exist.
pub(crate) fn load_quota(host: &mut dyn Host, id: OrganisationId) -> Result<Option<u64>, Halt> {
    if id == OrganisationId::NONE {
        return Ok(Some(state::limits(host)?.common_gas_per_block));
    }
    let state = &mut state::state(host);
    if id.0 > ORGANISATION_COUNT.load(state)? {
        return Ok(None);
    }
    let entry = ORGANISATIONS.at(state, id.0)?;
    Ok(Some(entry.fields.load(state)?.gas_per_block))
}

/// Limits of the network.
pub(super) fn parameters(host: &mut dyn Host) -> Result<Parameters, Stop> {
    let limits = state::limits(host)?;
    Ok(Parameters {
        requestLifetime: limits.request_lifetime,
        grantLifetime: limits.grant_lifetime,
        requestsPerDay: limits.requests_per_day,
        rulesPerChart: limits.rules_per_chart,
        signatureGas: limits.signature_gas,
        commonGasPerBlock: limits.common_gas_per_block,
        openingLifetime: limits.opening_lifetime,
        ruleGas: limits.rule_gas,
        reviewPeriod: limits.review_period,
        votingPeriod: limits.voting_period,
        recoveryDelayMin: limits.recovery_delay_min,
        recoveryDelayMax: limits.recovery_delay_max,
    })
}
