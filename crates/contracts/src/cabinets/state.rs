//! Storage of cabinets. Slots 0 to 8, as `solidity/layout/Cabinets.sol` has them.

use alloy_primitives::{Address, B256};

use crate::{
    addresses::CABINETS,
    host::{Host, Stop},
    refusals::Refusal,
    storage::{Item, Map, State, stored},
};

stored! {
    /// A cabinet.
    Cabinet, 2 slots {
        /// Who opened it.
        opened_by: Address = (0, 0), "openedBy";
        /// Whose it is; 0 when there is no such cabinet.
        organisation: u32 = (0, 20), "organisation";
        /// A regulator, or 0.
        auditor: u32 = (0, 24), "auditor";
        /// When it was opened.
        opened_time_ms: u64 = (1, 0), "openedTimeMs";
    }
}

stored! {
    /// Running balances of an item: commitments.
    Balances, 6 slots {
        /// What came in.
        received: B256 = (0, 0), "received";
        /// What is there.
        stock: B256 = (1, 0), "stock";
        /// What went to patients.
        dispensed: B256 = (2, 0), "dispensed";
        /// What was wasted.
        wasted: B256 = (3, 0), "wasted";
        /// What went back.
        returned: B256 = (4, 0), "returned";
        /// What was lost.
        lost: B256 = (5, 0), "lost";
    }
}

stored! {
    /// What was done about an item.
    Activity, 1 slots {
        /// Records and counts; 0 when nothing was recorded.
        entries: u64 = (0, 0), "entries";
        /// Time of the newest count that was equal; 0 for none.
        equal_time_ms: u64 = (0, 8), "equalTimeMs";
    }
}

stored! {
    /// A count that differed.
    Discrepancy, 8 slots {
        /// The cabinet.
        cabinet: B256 = (0, 0), "cabinet";
        /// The item.
        item: B256 = (1, 0), "item";
        /// What was counted.
        counted: B256 = (2, 0), "counted";
        /// The balance at that time.
        stock: B256 = (3, 0), "stock";
        /// Who counted.
        counter: Address = (4, 0), "counter";
        /// Whose cabinet it is; 0 when there is no such discrepancy.
        organisation: u32 = (4, 20), "organisation";
        /// It arose after this.
        from_ms: u64 = (4, 24), "fromMs";
        /// Who witnessed the count.
        witness: Address = (5, 0), "witness";
        /// The auditor of the cabinet, or 0.
        auditor: u32 = (5, 20), "auditor";
        /// Time of the count.
        time_ms: u64 = (5, 24), "timeMs";
        /// Salted commitment to the report, or zero.
        document: B256 = (6, 0), "document";
        /// Who explained it, or zero.
        explained_by: Address = (7, 0), "explainedBy";
        /// Code of the outcome; 0 while it is open.
        outcome: u8 = (7, 20), "outcome";
        /// When it was explained.
        explained_time_ms: u64 = (7, 21), "explainedTimeMs";
    }
}

/// Cabinets by identifier.
pub(crate) const CABINETS_BY_ID: Map<B256, Item<Cabinet>> = Map::new(0);
/// Balances by cabinet and item.
pub(crate) const BALANCES: Map<B256, Map<B256, Item<Balances>>> = Map::new(1);
/// What was done, by cabinet and item.
pub(crate) const ACTIVITY: Map<B256, Map<B256, Item<Activity>>> = Map::new(2);
/// Number of discrepancies so far.
pub(crate) const DISCREPANCY_COUNT: Item<u64> = Item::new(3);
/// Discrepancies by number.
pub(crate) const DISCREPANCIES: Map<u64, Item<Discrepancy>> = Map::new(4);
/// How many open discrepancies concern an organisation.
pub(crate) const OPEN_COUNT: Map<u32, Item<u64>> = Map::new(5);
/// The open discrepancies that concern an organisation, by place.
pub(crate) const OPEN_OF: Map<u32, Map<u64, Item<u64>>> = Map::new(6);
/// The place of an open discrepancy in an organisation's list.
pub(crate) const PLACE_OF: Map<u32, Map<u64, Item<u64>>> = Map::new(7);
/// Whether amounts were recorded, by cabinet and hash of the item and the amounts.
pub(crate) const RECORDED: Map<B256, Map<B256, Item<bool>>> = Map::new(8);

/// Time in which a discrepancy must be explained, in milliseconds.
const EXPLAIN_PERIOD_MS: u64 = 24 * 3_600_000;

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, CABINETS)
}

/// A cabinet.
///
/// # Errors
/// `CabinetUnknown`.
pub(crate) fn cabinet(host: &mut dyn Host, id: B256) -> Result<Cabinet, Stop> {
    let state = &mut state(host);
    let found = CABINETS_BY_ID.at(state, id)?.load(state)?;
    if found.organisation == 0 {
        return Err(Refusal::CabinetUnknown.into());
    }
    Ok(found)
}

/// A discrepancy.
///
/// # Errors
/// `DiscrepancyUnknown`.
pub(crate) fn discrepancy(host: &mut dyn Host, number: u64) -> Result<Discrepancy, Stop> {
    let state = &mut state(host);
    let found = DISCREPANCIES.at(state, number)?.load(state)?;
    if found.organisation == 0 {
        return Err(Refusal::DiscrepancyUnknown.into());
    }
    Ok(found)
}

impl Discrepancy {
    /// Unix seconds by which it must be explained.
    pub(crate) fn due(&self) -> u64 {
        self.time_ms
            .saturating_add(EXPLAIN_PERIOD_MS)
            .div_ceil(1_000)
    }
}
