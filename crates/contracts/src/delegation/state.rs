//! Storage of delegation. Slots 0 to 5, as `solidity/layout/Delegations.sol` has them.

use alloy_primitives::{Address, B256};

use crate::{
    addresses::DELEGATION,
    host::Host,
    storage::{Item, Map, State, stored},
};

/// Delegates that a chart may have, those whose time is over included.
pub(crate) const DELEGATE_LIMIT: u32 = 16;

stored! {
    /// The right of one account to act for a chart.
    Delegation, 2 slots {
        /// Code of the kind of delegation; 0 when there is none.
        kind: u8 = (0, 0), "kind";
        /// Mask of kinds of record; 0 for all.
        kinds: u32 = (0, 1), "kinds";
        /// Mask of purposes; 0 for all.
        purposes: u32 = (0, 5), "purposes";
        /// Place in the chart's list.
        place: u32 = (0, 9), "place";
        /// Unix seconds.
        from: u64 = (0, 13), "from";
        /// Unix seconds; 0 for none.
        until: u64 = (0, 21), "until";
        /// Unix seconds; 0 for none.
        majority: u64 = (1, 0), "majority";
        /// Time of the newest appointment.
        appointed_time_ms: u64 = (1, 8), "appointedTimeMs";
    }
}

/// Delegations by chart and delegate.
pub(crate) const DELEGATIONS: Map<B256, Map<Address, Item<Delegation>>> = Map::new(0);
/// How many delegates a chart has.
pub(crate) const DELEGATE_COUNT: Map<B256, Item<u32>> = Map::new(1);
/// Delegates of a chart by place.
pub(crate) const DELEGATES_OF: Map<B256, Map<u32, Item<Address>>> = Map::new(2);
/// For how many charts an account was ever appointed.
pub(crate) const MANDATE_COUNT: Map<Address, Item<u64>> = Map::new(3);
/// Charts for which an account was ever appointed, by index.
pub(crate) const MANDATES_OF: Map<Address, Map<u64, Item<B256>>> = Map::new(4);
/// Whether a chart stands in the list of an account.
pub(crate) const LISTED: Map<B256, Map<Address, Item<bool>>> = Map::new(5);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, DELEGATION)
}

impl Delegation {
    /// No delegation.
    pub(crate) const NONE: Self = Self {
        kind: 0,
        kinds: 0,
        purposes: 0,
        place: 0,
        from: 0,
        until: 0,
        majority: 0,
        appointed_time_ms: 0,
    };

    /// Whether it counts at this Unix second.
    pub(crate) fn is_in_force_at(&self, seconds: u64) -> bool {
        let over = |end: u64| end != 0 && seconds >= end;
        self.kind != 0 && self.from <= seconds && !over(self.until) && !over(self.majority)
    }
}
