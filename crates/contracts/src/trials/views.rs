//! Views of trials.

use alloy_primitives::{Address, B256};

use super::{
    draft, lists, opening, query,
    record::Sums,
    register, set_factor,
    state::{self, GRANTS, MILESTONES, PARTICIPANTS, REGISTERED, SITES, SUBJECTS, TOTALS},
};
use crate::{
    codes::StudyMilestone,
    host::{Halt, Host, Stop},
    interfaces::ITrials,
    refusals::Refusal,
};

/// How many studies a sponsor registered.
pub(super) fn registered(host: &mut dyn Host, organisation: u32) -> Result<u32, Halt> {
    let state = &mut state::state(host);
    REGISTERED.at(state, organisation)?.load(state)
}

/// The identifier that a sponsor's study has, whether it is registered or not.
pub(super) fn study_id(host: &mut dyn Host, organisation: u32, number: u32) -> Result<B256, Halt> {
    register::identify(host, organisation, number)
}

/// A study.
///
/// # Errors
/// `StudyUnknown`.
pub(super) fn study_of(host: &mut dyn Host, study: B256) -> Result<ITrials::Study, Stop> {
    let head = state::head(host, study)?;
    let terms = state::terms(host, study)?;
    Ok(ITrials::Study {
        sponsor: head.sponsor,
        number: head.number,
        status: head.status,
        size: head.size,
        root: head.root,
        sums: head.sums,
        subjects: head.subjects,
        sites: terms.sites,
        lists: head.lists,
        plans: head.plans,
        analyses: head.analyses,
        screenings: terms.screenings,
        queries: terms.queries,
        protocol: terms.protocol,
        version: terms.version,
        consent: terms.consent,
        schedule: terms.schedule,
        visits: terms.visits,
        cells: terms.cells,
        outcomes: terms.outcomes,
        approvers: terms.approvers,
        threshold: terms.threshold,
        retention: terms.retention,
        lockEntry: terms.lock,
    })
}

/// What the subjects of a study come to.
///
/// # Errors
/// `StudyUnknown`.
pub(super) fn sums_of(host: &mut dyn Host, study: B256) -> Result<ITrials::Sums, Stop> {
    state::head(host, study)?;
    let state = &mut state::state(host);
    let sums = Sums::unpack(TOTALS.at(state, study)?.load(state)?);
    Ok(ITrials::Sums {
        subjects: sums.subjects,
        entries: sums.entries,
        items: sums.items,
        nulls: sums.nulls,
        missing: sums.missing,
        openQueries: sums.open_queries,
        unsigned: sums.unsigned,
    })
}

/// The state of a study at a milestone.
///
/// # Errors
/// `StudyUnknown`, `MilestoneUnknown`.
pub(super) fn milestone_of(
    host: &mut dyn Host,
    study: B256,
    milestone: u8,
) -> Result<ITrials::Milestone, Stop> {
    state::head(host, study)?;
    let milestone = StudyMilestone::from_code(milestone).ok_or(Refusal::MilestoneUnknown)?;
    let state = &mut state::state(host);
    let place = MILESTONES.at(state, study)?.at(state, milestone.code())?;
    let found = place.load(state)?;
    Ok(ITrials::Milestone {
        root: found.root,
        size: found.size,
        height: found.height,
        timeMs: found.time_ms,
    })
}

/// A subject.
///
/// # Errors
/// `StudyUnknown`, `SubjectUnknown`.
pub(super) fn subject_of(
    host: &mut dyn Host,
    study: B256,
    slot: u32,
) -> Result<ITrials::Subject, Stop> {
    state::head(host, study)?;
    let state = &mut state::state(host);
    let found = SUBJECTS.at(state, study)?.at(state, slot)?.load(state)?;
    if found.site == 0 {
        return Err(Refusal::SubjectUnknown.into());
    }
    let place = PARTICIPANTS.at(state, study)?.at(state, slot)?;
    Ok(ITrials::Subject {
        slot,
        site: found.site,
        status: found.status,
        schedule: found.schedule,
        entries: found.entries,
        items: found.items,
        nulls: found.nulls,
        missing: found.missing,
        openQueries: found.open_queries,
        unsigned: found.unsigned,
        due: found.due,
        consent: found.consent,
        tip: found.tip,
        unscheduled: found.unscheduled,
        participant: place.load(state)?,
    })
}

/// The newest entry of a form; 0 where there is none.
pub(super) fn entry_of(
    host: &mut dyn Host,
    (study, slot): (B256, u32),
    cell: u32,
) -> Result<u64, Halt> {
    draft::newest(host, (study, slot), cell)
}

/// A site; zeros where there is none.
pub(super) fn site_of(
    host: &mut dyn Host,
    study: B256,
    number: u16,
) -> Result<ITrials::Site, Halt> {
    let state = &mut state::state(host);
    let found = SITES.at(state, study)?.at(state, number)?.load(state)?;
    Ok(ITrials::Site {
        organisation: found.organisation,
        status: found.status,
    })
}

/// A role; zeros where there is none.
pub(super) fn role_of(
    host: &mut dyn Host,
    (study, account): (B256, Address),
    site: u16,
) -> Result<ITrials::Grant, Halt> {
    let state = &mut state::state(host);
    let found = GRANTS
        .at(state, study)?
        .at(state, account)?
        .at(state, site)?
        .load(state)?;
    Ok(ITrials::Grant {
        role: found.role,
        until: found.until,
    })
}

/// A query; zeros where there is none.
pub(super) fn query_of(
    host: &mut dyn Host,
    study: B256,
    number: u32,
) -> Result<ITrials::Query, Halt> {
    let found = query::load(host, study, number)?;
    Ok(ITrials::Query {
        slot: found.slot,
        cell: found.cell,
        state: found.state,
    })
}

/// A list; zeros where there is none.
pub(super) fn list_of(
    host: &mut dyn Host,
    study: B256,
    number: u16,
) -> Result<ITrials::List, Halt> {
    let found = lists::load(host, study, number)?;
    Ok(ITrials::List {
        height: found.height,
        length: found.length,
        next: found.next,
        status: found.status,
    })
}

/// The seal of an entry of a list, whether there is one or not.
pub(super) fn seal_of(host: &mut dyn Host, study: B256, entry: (u16, u32)) -> Result<B256, Halt> {
    host.charge(opening::SEAL_GAS)?;
    Ok(opening::seal_id(host.chain_id(), study, entry))
}

/// An opening of an allocation.
///
/// # Errors
/// `OpeningUnknown`.
pub(super) fn opening_by_number(
    host: &mut dyn Host,
    number: u64,
) -> Result<ITrials::Opening, Stop> {
    let found = opening::find(host, number)?.ok_or(Refusal::OpeningUnknown)?;
    Ok(ITrials::Opening {
        study: found.study,
        slot: found.slot,
        list: found.list,
        index: found.index,
        reader: found.reader,
        organisation: found.organisation,
        key: found.key,
        emergency: found.emergency,
        height: found.height,
        timeMs: found.time_ms,
        expiry: found.expiry,
    })
}

/// The second key of an account, or zero.
pub(super) fn factor_of(host: &mut dyn Host, account: Address) -> Result<Address, Halt> {
    Ok(set_factor::load(host, account)?.key)
}

#[cfg(test)]
mod tests;
