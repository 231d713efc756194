//! Storage of records. Slots 0 to 8, as `solidity/layout/Records.sol` has them; 0 to 2 are named in docs/protocol/evidence.md.

use alloy_primitives::{Address, B256};

use crate::{
    addresses::RECORDS,
    host::{Halt, Host},
    recovery,
    storage::{Item, Map, State, stored},
};

stored! {
    /// A record in its newest version.
    Record, 6 slots {
        /// Salted commitment to the content.
        commitment: B256 = (0, 0), "commitment";
        /// Merkle root of the ciphertext chunks.
        content_id: B256 = (1, 0), "contentId";
        /// The data key wrapped to the controller.
        wrap_id: B256 = (2, 0), "wrapId";
        /// The chart that it belongs to.
        chart: B256 = (3, 0), "chart";
        /// Who registered it.
        author: Address = (4, 0), "author";
        /// Code of the kind.
        kind: u8 = (4, 20), "kind";
        /// Code of the protection.
        protection: u8 = (4, 21), "protection";
        /// Code of the status; 0 when there is no such record.
        status: u8 = (4, 22), "status";
        /// From 1.
        version: u32 = (4, 23), "version";
        /// Block of version 1.
        registered_height: u64 = (5, 0), "registeredHeight";
        /// Time of version 1.
        registered_time_ms: u64 = (5, 8), "registeredTimeMs";
        /// Block of the newest change.
        changed_height: u64 = (5, 16), "changedHeight";
        /// Time of the newest change.
        changed_time_ms: u64 = (5, 24), "changedTimeMs";
    }
}

/// Slot of a record that is never zero when the record exists.
const RECORD_STATUS_SLOT: u64 = 4;

stored! {
    /// The two slots of a record that an opening reads: where it belongs and how it stands.
    Heading, 2 slots {
        /// The chart that it belongs to.
        chart: B256 = (0, 0), "chart";
        /// Code of the kind.
        kind: u8 = (1, 20), "kind";
        /// Code of the protection.
        protection: u8 = (1, 21), "protection";
        /// Code of the status; 0 when there is no such record.
        status: u8 = (1, 22), "status";
        /// From 1.
        version: u32 = (1, 23), "version";
    }
}

/// Slot of the heading from the base of a record.
const HEADING_SLOT: u64 = 3;

stored! {
    /// A chart.
    Chart, 2 slots {
        /// The person who decides; zero when there is no such chart.
        controller: Address = (0, 0), "controller";
        /// When it was opened.
        opened_time_ms: u64 = (0, 20), "openedTimeMs";
        /// Records ever registered in it.
        record_count: u64 = (1, 0), "recordCount";
    }
}

stored! {
    /// What a version of a record put into the vault.
    Version, 2 slots {
        /// Merkle root of the ciphertext chunks.
        content_id: B256 = (0, 0), "contentId";
        /// The data key wrapped to the controller.
        wrap_id: B256 = (1, 0), "wrapId";
    }
}

/// Records by identifier.
pub(crate) const RECORDS_BY_ID: Map<B256, Item<Record>> = Map::new(0);
/// Charts by identifier.
pub(crate) const CHARTS: Map<B256, Item<Chart>> = Map::new(1);
/// Records of a chart by index.
pub(crate) const RECORDS_OF: Map<B256, Map<u64, Item<B256>>> = Map::new(2);
/// How many charts an account controls.
pub(crate) const CHART_COUNT: Map<Address, Item<u64>> = Map::new(3);
/// Charts of a controller by index.
pub(crate) const CHARTS_OF: Map<Address, Map<u64, Item<B256>>> = Map::new(4);
/// Whether an account is author of a record in a chart.
pub(crate) const AUTHORED: Map<B256, Map<Address, Item<bool>>> = Map::new(5);
/// Signatures of an author that were counted.
pub(crate) const NONCES: Map<Address, Item<u64>> = Map::new(6);
/// Until when a record must be kept, in unix seconds.
pub(crate) const HOLDS: Map<B256, Item<u64>> = Map::new(7);
/// Versions that were replaced, by record and number; the newest stands in the record itself.
pub(crate) const VERSIONS: Map<B256, Map<u32, Item<Version>>> = Map::new(8);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, RECORDS)
}

/// The chart, if it was opened, with who controls it now: where the controller's key was replaced, the key in its place.
pub(crate) fn chart(host: &mut dyn Host, id: B256) -> Result<Option<Chart>, Halt> {
    let Some(chart) = stored_chart(host, id)? else {
        return Ok(None);
    };
    let controller = recovery::state::holder(host, chart.controller)?;
    Ok(Some(Chart {
        controller,
        ..chart
    }))
}

/// The chart as it is stored: its controller's key may have been replaced since.
pub(crate) fn stored_chart(host: &mut dyn Host, id: B256) -> Result<Option<Chart>, Halt> {
    let state = &mut state(host);
    let chart = CHARTS.at(state, id)?.load(state)?;
    Ok((!chart.controller.is_zero()).then_some(chart))
}

/// The record, if it was registered.
pub(crate) fn record(host: &mut dyn Host, id: B256) -> Result<Option<Record>, Halt> {
    let state = &mut state(host);
    let record = RECORDS_BY_ID.at(state, id)?.load(state)?;
    Ok((record.status != 0).then_some(record))
}

/// The heading of a record, if it was registered, by two reads.
pub(crate) fn heading(host: &mut dyn Host, id: B256) -> Result<Option<Heading>, Halt> {
    let state = &mut state(host);
    let record = RECORDS_BY_ID.at(state, id)?;
    let heading: Heading = record.part(HEADING_SLOT).load(state)?;
    Ok((heading.status != 0).then_some(heading))
}

/// Whether a record was registered, by one read.
pub(crate) fn record_exists(host: &mut dyn Host, id: B256) -> Result<bool, Halt> {
    let state = &mut state(host);
    let record = RECORDS_BY_ID.at(state, id)?;
    Ok(!record.word(state, RECORD_STATUS_SLOT)?.is_zero())
}

/// Whether the account controls a chart.
pub(crate) fn controls_a_chart(host: &mut dyn Host, account: Address) -> Result<bool, Halt> {
    let state = &mut state(host);
    Ok(CHART_COUNT.at(state, account)?.load(state)? != 0)
}

/// Whether the account is author of a record in the chart.
pub(crate) fn is_author_in(
    host: &mut dyn Host,
    chart: B256,
    account: Address,
) -> Result<bool, Halt> {
    let state = &mut state(host);
    AUTHORED.at(state, chart)?.at(state, account)?.load(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_two_slots_of_its_record() {
        for field in Heading::FIELDS {
            let whole = Record::FIELDS.iter().find(|one| one.label == field.label);
            let whole = whole.expect("it is a field of the record");
            assert_eq!(whole.slot, field.slot + HEADING_SLOT);
            assert_eq!((whole.offset, whole.bytes), (field.offset, field.bytes));
        }
    }
}
