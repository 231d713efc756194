//! An opening is numbered, written and told.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    entry::OpeningTerms,
    list::{Listed, kinds},
    state::{self, LATEST_OPENING, OPENING_COUNT, OPENINGS, Opening},
};
use crate::{
    access::{
        Entry, Terms, log,
        request::{activity_with_opening, save_activity},
    },
    codes::{Basis, EntryKind, OpeningStatus},
    directory::standing::Standing,
    host::{Halt, Host, Stop},
    interfaces::ISeals::OpeningDecided,
    members,
};

/// Nothing ends an opening before its lifetime does.
pub(super) const NO_END: u64 = u64::MAX;

/// What was decided on an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) basis: Basis,
    pub(super) status: OpeningStatus,
    /// Unix seconds at which what admitted it ends, or [`NO_END`].
    pub(super) until: u64,
}

/// An opening before it has a number.
pub(super) struct Proposal<'a> {
    pub(super) chart: B256,
    pub(super) requester: Address,
    /// None for who opens by a right of their own.
    pub(super) standing: Option<Standing>,
    pub(super) purpose: u8,
    pub(super) key: B256,
    pub(super) request: B256,
    pub(super) list: &'a [Listed],
    pub(super) decision: Decision,
}

/// Writes an opening, its entry and its event, and returns its number.
///
/// # Errors
/// `DailyLimitReached`.
pub(super) fn write(host: &mut dyn Host, proposal: &Proposal<'_>) -> Result<u64, Stop> {
    let activity = activity_with_opening(host, proposal.requester)?;
    let seals: Vec<_> = proposal.list.iter().map(|listed| listed.seal).collect();
    let opening = compose(host, proposal, &seals)?;
    save_activity(host, proposal.requester, &activity)?;
    let number = save(host, proposal, &opening)?;
    enter(host, proposal, (number, &opening))?;
    tell(host, proposal, (number, &opening), seals)?;
    Ok(number)
}

fn compose(host: &mut dyn Host, proposal: &Proposal<'_>, seals: &[B256]) -> Result<Opening, Halt> {
    let seals_root = host.keccak(&seals.abi_encode())?;
    let lifetime = members::state::limits(host)?.opening_lifetime;
    let time_ms = host.time_ms();
    let expiry = match proposal.decision.status {
        OpeningStatus::Admitted => (time_ms / 1_000)
            .saturating_add(lifetime)
            .min(proposal.decision.until),
        OpeningStatus::Denied => 0,
    };
    let standing = proposal.standing;
    Ok(Opening {
        chart: proposal.chart,
        key: proposal.key,
        seals_root,
        request: proposal.request,
        requester: proposal.requester,
        organisation: standing.map_or(0, |standing| standing.organisation.0),
        kinds: kinds(proposal.list).0,
        role: standing.map_or(0, |standing| standing.role.code()),
        purpose: proposal.purpose,
        basis: proposal.decision.basis.code(),
        status: proposal.decision.status.code(),
        height: host.height(),
        time_ms,
        expiry,
        entry: log::length(host, proposal.chart)?,
    })
}

fn save(host: &mut dyn Host, proposal: &Proposal<'_>, opening: &Opening) -> Result<u64, Halt> {
    let state = &mut state::state(host);
    let number = OPENING_COUNT.load(state)?;
    OPENING_COUNT.save(state, &(number + 1))?;
    OPENINGS.at(state, number)?.save(state, opening)?;
    let admitted = proposal.decision.status == OpeningStatus::Admitted;
    // Who opens by a right of their own is a party without an opening.
    if admitted && proposal.standing.is_some() {
        LATEST_OPENING
            .at(state, opening.chart)?
            .at(state, opening.requester)?
            .save(state, &(number + 1))?;
    }
    Ok(number)
}

fn enter(
    host: &mut dyn Host,
    proposal: &Proposal<'_>,
    (number, opening): (u64, &Opening),
) -> Result<(), Halt> {
    let terms = Terms {
        purpose: opening.purpose,
        role: opening.role,
        organisation: opening.organisation,
        kinds: opening.kinds,
        expiry: opening.expiry,
    };
    let subject = OpeningTerms {
        terms,
        basis: opening.basis,
        records: proposal.list.len() as u32,
        number,
    };
    let entry = Entry {
        kind: entry_kind(proposal.decision),
        actor: opening.requester,
        subject: subject.to_word(),
        detail: opening.seals_root,
    };
    log::append(host, opening.chart, entry)
}

fn entry_kind(decision: Decision) -> EntryKind {
    match (decision.status, decision.basis) {
        (OpeningStatus::Denied, _) => EntryKind::OpeningDenied,
        (OpeningStatus::Admitted, Basis::BreakGlass) => EntryKind::GlassBroken,
        (
            OpeningStatus::Admitted,
            Basis::Grant | Basis::NativeRule | Basis::ContractRule | Basis::Owner | Basis::Delegate,
        ) => EntryKind::SealedOpened,
    }
}

fn tell(
    host: &mut dyn Host,
    proposal: &Proposal<'_>,
    (number, opening): (u64, &Opening),
    seals: Vec<B256>,
) -> Result<(), Halt> {
    state::state(host).emit(&OpeningDecided {
        opening: number,
        chart: opening.chart,
        requester: opening.requester,
        purpose: opening.purpose,
        basis: opening.basis,
        status: opening.status,
        key: opening.key,
        request: opening.request,
        expiry: opening.expiry,
        records: proposal.list.iter().map(|listed| listed.record).collect(),
        seals,
    })
}
