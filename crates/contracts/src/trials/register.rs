//! A study is registered.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    digest::charged,
    draft::{About, Draft},
    entry::STUDY_DOMAIN,
    outcomes, schedule,
    schedule::Planned,
    state::{self, APPROVERS, Head, REGISTERED, Terms},
    sums,
};
use crate::{
    codes::{OrganisationKind, Role, StudyMilestone, StudyStatus, TrialEntry},
    host::{Halt, Host, Stop},
    interfaces::ITrials::registerCall,
    refusals::Refusal,
    trade::{Actor, actor},
};

/// Most approvers of an unlock.
const APPROVERS_MAX: usize = 16;

/// Registers a study under the sponsor's next number, and returns its identifier.
///
/// # Errors
/// In this order: of [`actor`], `NotAnAdministrator`, `MayNotSponsor`, `StudyRegistered`, `NumberNotNext`, `CommitmentMissing` (of the protocol or the
/// schedule), of [`Planned::first`], of [`outcomes::check`], `ApproversMalformed`, `RetentionPassed`.
pub(super) fn register(
    host: &mut dyn Host,
    caller: Address,
    call: &registerCall,
) -> Result<B256, Stop> {
    let actor = actor(host, caller)?;
    check_sponsor(&actor)?;
    check_number(host, actor.organisation, call.number)?;
    if call.protocol.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    schedule::check_root(&call.schedule)?;
    let planned = Planned::first(&call.schedule.cells)?;
    outcomes::check(&call.outcomes)?;
    check_approvers(&call.approvers, call.threshold)?;
    if call.retention <= host.time_ms() {
        return Err(Refusal::RetentionPassed.into());
    }
    Ok(write(host, &actor, call, &planned)?)
}

fn check_sponsor(actor: &Actor) -> Result<(), Refusal> {
    if actor.role != Role::Administrator {
        return Err(Refusal::NotAnAdministrator);
    }
    match actor.kind {
        OrganisationKind::Sponsor
        | OrganisationKind::Manufacturer
        | OrganisationKind::Hospital
        | OrganisationKind::Clinic => Ok(()),
        OrganisationKind::Pharmacy
        | OrganisationKind::Insurer
        | OrganisationKind::Wholesaler
        | OrganisationKind::Regulator
        | OrganisationKind::PatientOrganisation => Err(Refusal::MayNotSponsor),
    }
}

fn check_number(host: &mut dyn Host, organisation: u32, number: u32) -> Result<(), Stop> {
    let state = &mut state::state(host);
    let registered = REGISTERED.at(state, organisation)?.load(state)?;
    if (1..=registered).contains(&number) {
        return Err(Refusal::StudyRegistered.into());
    }
    match registered.checked_add(1) == Some(number) {
        true => Ok(()),
        false => Err(Refusal::NumberNotNext.into()),
    }
}

fn check_approvers(approvers: &[Address], threshold: u8) -> Result<(), Refusal> {
    let whole = (1..=APPROVERS_MAX).contains(&approvers.len())
        && (1..=approvers.len()).contains(&usize::from(threshold));
    let repeats = |index: usize| approvers[..index].contains(&approvers[index]);
    let odd =
        approvers.iter().any(|approver| approver.is_zero()) || (0..approvers.len()).any(repeats);
    match whole && !odd {
        true => Ok(()),
        false => Err(Refusal::ApproversMalformed),
    }
}

fn write(
    host: &mut dyn Host,
    actor: &Actor,
    call: &registerCall,
    planned: &Planned,
) -> Result<B256, Halt> {
    let study = identify(host, actor.organisation, call.number)?;
    let head = Head {
        root: B256::ZERO,
        sums: sums::empty(host)?,
        size: 0,
        subjects: 0,
        status: StudyStatus::Registered.code(),
        sponsor: actor.organisation,
        number: call.number,
        lists: 0,
        analyses: 0,
        plans: 0,
    };
    let mut terms = first_terms(call);
    schedule::save(host, (study, &mut terms), (call.schedule.root, planned))?;
    state::save_terms(host, study, &terms)?;
    save_approvers(host, study, &call.approvers)?;
    let state = &mut state::state(host);
    REGISTERED
        .at(state, actor.organisation)?
        .save(state, &call.number)?;
    let mut draft = Draft::begin(host, (study, head), actor.account)?;
    draft.enter(host, TrialEntry::Registered, About::study(), body(call))?;
    draft.write(host, &[StudyMilestone::Registration])?;
    Ok(study)
}

/// The identifier of a sponsor's study on this chain.
pub(super) fn identify(host: &mut dyn Host, organisation: u32, number: u32) -> Result<B256, Halt> {
    let chain_id = host.chain_id().to_be_bytes();
    charged(
        host,
        &[
            STUDY_DOMAIN,
            &chain_id,
            &organisation.to_be_bytes(),
            &number.to_be_bytes(),
        ],
    )
}

fn first_terms(call: &registerCall) -> Terms {
    Terms {
        protocol: call.protocol,
        version: 1,
        consent: 1,
        schedule: 0,
        outcomes: call.outcomes.len() as u16,
        visits: 0,
        cells: 0,
        approvers: call.approvers.len() as u8,
        threshold: call.threshold,
        sites: 0,
        queries: 0,
        screenings: 0,
        retention: call.retention,
        lock: 0,
        approvals: 0,
    }
}

fn save_approvers(host: &mut dyn Host, study: B256, approvers: &[Address]) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let place = APPROVERS.at(state, study)?;
    for (number, approver) in (1u8..).zip(approvers) {
        place.at(state, *approver)?.save(state, &number)?;
    }
    Ok(())
}

pub(super) fn body(call: &registerCall) -> Vec<u8> {
    let fields = (
        call.number,
        call.protocol,
        call.schedule.clone(),
        call.outcomes.clone(),
        call.approvers.clone(),
        u16::from(call.threshold),
        call.retention,
    );
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
