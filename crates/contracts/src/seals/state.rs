//! Storage of seals. Slots 0 to 10, as `solidity/layout/Seals.sol` has them.

use alloy_primitives::{Address, B256};

use crate::{
    addresses::SEALS,
    codes::{Kind, Kinds},
    host::{Halt, Host},
    records, recovery,
    storage::{Item, Map, State, stored},
};

stored! {
    /// The seal of one version of a record.
    Seal, 2 slots {
        /// Its identifier; zero when there is none.
        id: B256 = (0, 0), "id";
        /// Content id of the data key encrypted under it.
        sealed_key: B256 = (1, 0), "sealedKey";
    }
}

stored! {
    /// Where the rule of a kind stands; all zero for the native rules.
    Pointer, 2 slots {
        /// Hash of the contract's code when it was pointed at.
        code_hash: B256 = (0, 0), "codeHash";
        /// The contract.
        rule: Address = (1, 0), "rule";
    }
}

stored! {
    /// An opening.
    Opening, 6 slots {
        /// The chart.
        chart: B256 = (0, 0), "chart";
        /// Content id of the requester's one-time public key.
        key: B256 = (1, 0), "key";
        /// Hash of the list of seals.
        seals_root: B256 = (2, 0), "sealsRoot";
        /// The request or grant, or zero.
        request: B256 = (3, 0), "request";
        /// Who opens.
        requester: Address = (4, 0), "requester";
        /// The requester's organisation at that time; 0 for the controller.
        organisation: u32 = (4, 20), "organisation";
        /// Mask of kinds.
        kinds: u32 = (4, 24), "kinds";
        /// Code of the requester's role at that time; 0 for the controller.
        role: u8 = (4, 28), "role";
        /// Code of the purpose.
        purpose: u8 = (4, 29), "purpose";
        /// Code of the basis.
        basis: u8 = (4, 30), "basis";
        /// Code of the status; 0 when there is no such opening.
        status: u8 = (4, 31), "status";
        /// Its block.
        height: u64 = (5, 0), "height";
        /// Time of that block.
        time_ms: u64 = (5, 8), "timeMs";
        /// Unix seconds; 0 for one that was denied.
        expiry: u64 = (5, 16), "expiry";
        /// Its place in the log of the chart.
        entry: u64 = (5, 24), "entry";
    }
}

stored! {
    /// What break-glass may open.
    Glass, 1 slots {
        /// Mask of kinds.
        kinds: u32 = (0, 0), "kinds";
        /// Whether the controller set it.
        is_set: bool = (0, 4), "isSet";
    }
}

stored! {
    /// The review of an opening that broke the glass.
    Review, 4 slots {
        /// Salted commitment to the requester's reason.
        reason: B256 = (0, 0), "reason";
        /// Salted commitment to the officer's words, or zero.
        note: B256 = (1, 0), "note";
        /// Who reviewed, or zero.
        officer: Address = (2, 0), "officer";
        /// Unix seconds; 0 when there is nothing to review.
        due: u64 = (2, 20), "due";
        /// Code of the outcome; 0 while it is open.
        outcome: u8 = (2, 28), "outcome";
        /// When it was reviewed.
        reviewed_time_ms: u64 = (3, 0), "reviewedTimeMs";
        /// Its place among the open reviews of the organisation.
        place: u64 = (3, 8), "place";
    }
}

/// Seals by record and version.
pub(crate) const SEALS_OF: Map<B256, Map<u32, Item<Seal>>> = Map::new(0);
/// Where the rules of a chart stand, by kind.
pub(crate) const POINTERS: Map<B256, Map<u8, Item<Pointer>>> = Map::new(1);
/// Number of openings so far.
pub(crate) const OPENING_COUNT: Item<u64> = Item::new(2);
/// Openings by number.
pub(crate) const OPENINGS: Map<u64, Item<Opening>> = Map::new(3);
/// The openings of a chart below this number are closed.
pub(crate) const CLOSED_BEFORE: Map<B256, Item<u64>> = Map::new(4);
/// One more than the number of the newest opening of a chart that an account was admitted to by others; 0 for none.
pub(crate) const LATEST_OPENING: Map<B256, Map<Address, Item<u64>>> = Map::new(5);
/// What break-glass may open, by chart.
pub(crate) const GLASS: Map<B256, Item<Glass>> = Map::new(6);
/// Reviews by number of the opening.
pub(crate) const REVIEWS: Map<u64, Item<Review>> = Map::new(7);
/// How many reviews an organisation owes.
pub(crate) const OWED_COUNT: Map<u32, Item<u64>> = Map::new(8);
/// The openings whose reviews an organisation owes, by place.
pub(crate) const OWED: Map<u32, Map<u64, Item<u64>>> = Map::new(9);
/// The openings of the charts that an account controls below this number are closed.
pub(crate) const CLOSED_OF: Map<Address, Item<u64>> = Map::new(10);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, SEALS)
}

/// The opening with this number, if there is one.
pub(crate) fn opening(host: &mut dyn Host, number: u64) -> Result<Option<Opening>, Halt> {
    let state = &mut state(host);
    let opening = OPENINGS.at(state, number)?.load(state)?;
    Ok((opening.status != 0).then_some(opening))
}

/// The openings of a chart below this number are closed: by a restriction of the chart, or with all of its controller's. Who controls it may not be
/// written at the chart yet, so both accounts count.
pub(crate) fn closed_before(host: &mut dyn Host, chart: B256) -> Result<u64, Halt> {
    let by_chart = {
        let state = &mut state(host);
        CLOSED_BEFORE.at(state, chart)?.load(state)?
    };
    let Some(found) = records::state::stored_chart(host, chart)? else {
        return Ok(by_chart);
    };
    let holder = recovery::state::holder(host, found.controller)?;
    let of_stored = closed_of(host, found.controller)?;
    let of_holder = closed_of(host, holder)?;
    Ok(by_chart.max(of_stored).max(of_holder))
}

fn closed_of(host: &mut dyn Host, account: Address) -> Result<u64, Halt> {
    let state = &mut state(host);
    CLOSED_OF.at(state, account)?.load(state)
}

/// The kinds that break-glass may open.
pub(crate) fn glass_scope(host: &mut dyn Host, chart: B256) -> Result<Kinds, Halt> {
    let state = &mut state(host);
    let glass = GLASS.at(state, chart)?.load(state)?;
    Ok(if glass.is_set {
        Kinds(glass.kinds)
    } else {
        default_scope()
    })
}

/// What break-glass may open until the controller says otherwise: what saves a life without telling much.
fn default_scope() -> Kinds {
    let kinds = [
        Kind::Summary,
        Kind::Medication,
        Kind::Immunization,
        Kind::Allergy,
    ];
    kinds.into_iter().collect()
}
