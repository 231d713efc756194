//! Storage of members. Slots 0 to 7, as `solidity/layout/Members.sol` has them.

use alloy_primitives::{Address, B256};

use crate::{
    addresses::MEMBERS,
    host::{Halt, Host},
    identifiers::OrganisationId,
    storage::{Item, Map, Placed, State, Text, stored},
};

stored! {
    /// An organisation without its name, which stands in the next slot.
    Organisation, 1 slots {
        /// The account that enrols its people.
        admin: Address = (0, 0), "admin";
        /// Code of its kind.
        kind: u8 = (0, 20), "kind";
        /// Gas that it may use in one block.
        gas_per_block: u64 = (0, 21), "gasPerBlock";
    }
}

/// Slot of the name from the base of an organisation.
pub(crate) const ORGANISATION_NAME: u64 = 1;

stored! {
    /// A validator without its location, which stands two slots after the base.
    Validator, 2 slots {
        /// Ed25519 public key.
        identity: B256 = (0, 0), "identity";
        /// Its organisation.
        organisation: u32 = (1, 0), "organisation";
    }
}

/// Slot of the location from the base of a validator.
pub(crate) const VALIDATOR_LOCATION: u64 = 2;

stored! {
    /// Limits of the network; units as in [`crate::Parameters`].
    Limits, 3 slots {
        /// Seconds.
        request_lifetime: u64 = (0, 0), "requestLifetime";
        /// Seconds.
        grant_lifetime: u64 = (0, 8), "grantLifetime";
        /// Per account and day.
        requests_per_day: u32 = (0, 16), "requestsPerDay";
        /// Per chart.
        rules_per_chart: u32 = (0, 20), "rulesPerChart";
        /// Gas.
        signature_gas: u64 = (0, 24), "signatureGas";
        /// Gas.
        common_gas_per_block: u64 = (1, 0), "commonGasPerBlock";
        /// Seconds.
        opening_lifetime: u64 = (1, 8), "openingLifetime";
        /// Gas.
        rule_gas: u64 = (1, 16), "ruleGas";
        /// Seconds.
        review_period: u64 = (1, 24), "reviewPeriod";
        /// Seconds.
        recovery_delay_min: u64 = (2, 0), "recoveryDelayMin";
        /// Seconds.
        recovery_delay_max: u64 = (2, 8), "recoveryDelayMax";
    }
}

/// An organisation or a validator: fixed fields, then a text.
pub(crate) struct Entry<T> {
    pub(crate) fields: Item<T>,
    base: alloy_primitives::U256,
}

impl<T> Entry<T> {
    /// The text `slots` after the base.
    pub(crate) fn text(&self, slots: u64) -> Text {
        Text::at(self.base.wrapping_add(alloy_primitives::U256::from(slots)))
    }
}

impl<T> Placed for Entry<T> {
    fn at(slot: alloy_primitives::U256) -> Self {
        Self {
            fields: Item::at(slot),
            base: slot,
        }
    }
}

/// Organisations by identifier, from 1.
pub(crate) const ORGANISATIONS: Map<u32, Entry<Organisation>> = Map::new(0);
/// How many organisations there are.
pub(crate) const ORGANISATION_COUNT: Item<u32> = Item::new(1);
/// The organisation of an admin account.
pub(crate) const ORGANISATION_OF: Map<Address, Item<u32>> = Map::new(2);
/// Validators by index, from 0.
pub(crate) const VALIDATORS: Map<u64, Entry<Validator>> = Map::new(3);
/// How many validators there are.
pub(crate) const VALIDATOR_COUNT: Item<u64> = Item::new(4);
/// Limits of the network, in slots 5 to 7.
pub(crate) const LIMITS: Item<Limits> = Item::new(5);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, MEMBERS)
}

/// The organisation whose admin account this is.
pub(crate) fn organisation_of(
    host: &mut dyn Host,
    admin: Address,
) -> Result<Option<OrganisationId>, Halt> {
    let state = &mut state(host);
    let id = ORGANISATION_OF.at(state, admin)?.load(state)?;
    Ok((id != 0).then_some(OrganisationId(id)))
}

/// The name of an organisation.
pub(crate) fn organisation_name(host: &mut dyn Host, id: u32) -> Result<String, Halt> {
    let state = &mut state(host);
    ORGANISATIONS
        .at(state, id)?
        .text(ORGANISATION_NAME)
        .load(state)
}

/// Limits of the network.
pub(crate) fn limits(host: &mut dyn Host) -> Result<Limits, Halt> {
    LIMITS.load(&mut state(host))
}
