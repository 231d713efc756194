//! Storage of the directory. Slots 0 to 3, as `solidity/layout/Directory.sol` has them.

use alloy_primitives::{Address, B256, U256};

use crate::{
    addresses::DIRECTORY,
    host::Host,
    storage::{Item, Map, Placed, State, stored},
};

stored! {
    /// The first slot of a person: all that decides what the account may do.
    Enrolment, 1 slots {
        /// The organisation; it stays when the enrolment ends.
        organisation: u32 = (0, 0), "organisation";
        /// Code of the role.
        role: u8 = (0, 4), "role";
        /// Code of the status; 0 when the account was never enrolled.
        status: u8 = (0, 5), "status";
        /// Unix seconds; 0 for never.
        expiry: u64 = (0, 6), "expiry";
        /// Time of the newest enrolment.
        enrolled_time_ms: u64 = (0, 14), "enrolledTimeMs";
        /// Time of the newest change by an organisation or by recovery.
        changed_time_ms: u64 = (0, 22), "changedTimeMs";
        /// Whether a recovery froze the key; `recovery` knows until when.
        frozen: bool = (0, 30), "frozen";
    }
}

/// A person: the enrolment, then three slots of their own.
pub(crate) struct Person {
    /// What the account may do.
    pub(crate) enrolment: Item<Enrolment>,
    /// Content id of the encapsulation public key.
    pub(crate) key: Item<B256>,
    /// Salted commitment.
    pub(crate) name_commitment: Item<B256>,
    /// Salted commitment.
    pub(crate) licence_commitment: Item<B256>,
}

impl Placed for Person {
    fn at(slot: U256) -> Self {
        let after = |slots: u64| slot.wrapping_add(U256::from(slots));
        Self {
            enrolment: Item::at(slot),
            key: Item::at(after(1)),
            name_commitment: Item::at(after(2)),
            licence_commitment: Item::at(after(3)),
        }
    }
}

/// People by account.
pub(crate) const PEOPLE: Map<Address, Person> = Map::new(0);
/// How many accounts an organisation has enrolled.
pub(crate) const PEOPLE_COUNT: Map<u32, Item<u64>> = Map::new(1);
/// Accounts that an organisation has enrolled, by index.
pub(crate) const PEOPLE_OF: Map<u32, Map<u64, Item<Address>>> = Map::new(2);
/// Whether an account stands in an organisation's list.
pub(crate) const LISTED: Map<u32, Map<Address, Item<bool>>> = Map::new(3);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, DIRECTORY)
}
