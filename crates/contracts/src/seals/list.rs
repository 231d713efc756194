//! The records of an opening, with their kinds and seals.

use std::collections::BTreeSet;

use alloy_primitives::B256;

use super::state::{self, SEALS_OF};
use crate::{
    codes::{Kind, Kinds, Protection, RecordStatus},
    host::{Halt, Host, Stop},
    records::state::{Heading, RECORDS_OF, chart as find_chart, heading, state as records_state},
    refusals::Refusal,
};

/// Records that one opening may hold: a long history, within the gas of one transaction.
pub(super) const RECORD_LIMIT: usize = 512;

/// A record of an opening.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed {
    pub(super) record: B256,
    pub(super) kind: Kind,
    pub(super) seal: B256,
}

/// The kinds of these records.
pub(super) fn kinds(list: &[Listed]) -> Kinds {
    list.iter().map(|listed| listed.kind).collect()
}

/// Looks the records of an opening up. All are read before one is judged: what is not loaded is then missed at once, and not a record in each round.
///
/// # Errors
/// Of the first record that has one, in this order: `RecordTwice`, `RecordUnknown`, `RecordNotSealed`, `RecordWithdrawnAlready`.
pub(super) fn list(
    host: &mut dyn Host,
    chart: B256,
    records: &[B256],
) -> Result<Vec<Listed>, Stop> {
    let mut headings = Vec::with_capacity(records.len());
    for record in records {
        headings.push(heading(host, *record)?);
    }
    let mut seen = BTreeSet::new();
    let mut list = Vec::with_capacity(records.len());
    for (record, heading) in records.iter().zip(headings) {
        if !seen.insert(record) {
            return Err(Refusal::RecordTwice.into());
        }
        let heading = heading.ok_or(Refusal::RecordUnknown)?;
        let kind = Kind::from_code(heading.kind).ok_or(Refusal::RecordUnknown)?;
        if heading.chart != chart {
            return Err(Refusal::RecordUnknown.into());
        }
        if heading.protection != Protection::Sealed.code() {
            return Err(Refusal::RecordNotSealed.into());
        }
        if heading.status != RecordStatus::Current.code() {
            return Err(Refusal::RecordWithdrawnAlready.into());
        }
        list.push(load(host, *record, (kind, heading.version))?);
    }
    Ok(list)
}

/// The newest sealed and current records of a chart that are of these kinds, as many as an opening may hold.
pub(super) fn newest(host: &mut dyn Host, chart: B256, kinds: Kinds) -> Result<Vec<Listed>, Halt> {
    let count = find_chart(host, chart)?.map_or(0, |chart| chart.record_count);
    let mut list = Vec::new();
    for index in (0..count).rev() {
        if list.len() == RECORD_LIMIT {
            break;
        }
        let record = {
            let state = &mut records_state(host);
            RECORDS_OF.at(state, chart)?.at(state, index)?.load(state)?
        };
        let Some(heading) = heading(host, record)? else {
            continue;
        };
        if let Some(kind) = openable(&heading).filter(|kind| kinds.covers(kind.bit())) {
            list.push(load(host, record, (kind, heading.version))?);
        }
    }
    Ok(list)
}

/// The kind of a record, if it is sealed and current.
fn openable(heading: &Heading) -> Option<Kind> {
    let openable = heading.protection == Protection::Sealed.code()
        && heading.status == RecordStatus::Current.code();
    Kind::from_code(heading.kind).filter(|_| openable)
}

fn load(host: &mut dyn Host, record: B256, (kind, version): (Kind, u32)) -> Result<Listed, Halt> {
    let state = &mut state::state(host);
    // The identifier is the first slot of a seal.
    let seal = SEALS_OF.at(state, record)?.at(state, version)?;
    let seal = seal.word(state, 0)?.into();
    Ok(Listed { record, kind, seal })
}
