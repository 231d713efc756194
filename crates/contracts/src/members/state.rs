//! Storage of members. Slots 0 to 16, as `solidity/layout/Members.sol` has them.

use alloy_primitives::{Address, B256, U256};

use crate::{
    addresses::MEMBERS,
    codes::OrganisationKind,
    host::{Halt, Host, Stop},
    identifiers::OrganisationId,
    refusals::Refusal,
    storage::{Data, Item, Map, Placed, State, Text, stored},
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
        /// Whether a vote removed it.
        removed: bool = (0, 29), "removed";
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
        /// Height of the block that added it; 0 for genesis.
        added_height: u64 = (1, 4), "addedHeight";
        /// Height of the block that removed it; 0 while it is active.
        removed_height: u64 = (1, 12), "removedHeight";
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
        voting_period: u64 = (2, 0), "votingPeriod";
        /// Seconds.
        recovery_delay_min: u64 = (2, 8), "recoveryDelayMin";
        /// Seconds.
        recovery_delay_max: u64 = (2, 16), "recoveryDelayMax";
    }
}

stored! {
    /// A proposal without its content, which stands in the slot after it.
    Proposal, 2 slots {
        /// The organisation that proposed it.
        organisation: u32 = (0, 0), "organisation";
        /// Code of its kind.
        kind: u8 = (0, 4), "kind";
        /// Code of its status; an expiry is written when someone settles it.
        status: u8 = (0, 5), "status";
        /// Code of the refusal that kept it from being done.
        refusal: u16 = (0, 6), "refusal";
        /// Time of the block that proposed it.
        created_time_ms: u64 = (0, 8), "createdTimeMs";
        /// Unix seconds from which on no vote is taken.
        deadline: u64 = (0, 16), "deadline";
        /// Height of the block in which it was decided; 0 before.
        decided_height: u64 = (0, 24), "decidedHeight";
        /// The account that proposed it.
        by: Address = (1, 0), "by";
        /// Votes for it when it was decided.
        yes: u32 = (1, 20), "yes";
        /// Votes against it when it was decided.
        no: u32 = (1, 24), "no";
        /// Validators when it was decided.
        validators: u32 = (1, 28), "validators";
    }
}

/// Slot of the content from the base of a proposal.
pub(crate) const PROPOSAL_CONTENT: u64 = 2;

stored! {
    /// Versions of the protocol's rules; zeros stand for version 1 from genesis on.
    Schedule, 1 slots {
        /// In force below `height`.
        version: u32 = (0, 0), "version";
        /// In force from `height` on.
        next_version: u32 = (0, 4), "nextVersion";
        /// Height of a block.
        height: u64 = (0, 8), "height";
    }
}

/// An organisation, a validator or a proposal: fixed fields, then a string.
pub(crate) struct Entry<T> {
    pub(crate) fields: Item<T>,
    base: U256,
}

impl<T> Entry<T> {
    /// The text `slots` after the base.
    pub(crate) fn text(&self, slots: u64) -> Text {
        Text::at(self.base.wrapping_add(U256::from(slots)))
    }

    /// The bytes `slots` after the base.
    pub(crate) fn data(&self, slots: u64) -> Data {
        Data::at(self.base.wrapping_add(U256::from(slots)))
    }
}

impl<T> Placed for Entry<T> {
    fn at(slot: U256) -> Self {
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
/// Active validators, one bit each: index 0 is the lowest bit of word 0.
pub(crate) const ACTIVE: Map<u64, Item<U256>> = Map::new(8);
/// One more than the newest index of an identity.
pub(crate) const VALIDATOR_OF: Map<B256, Item<u64>> = Map::new(9);
/// Proposals by number, from 0.
pub(crate) const PROPOSALS: Map<u64, Entry<Proposal>> = Map::new(10);
/// How many proposals there are.
pub(crate) const PROPOSAL_COUNT: Item<u64> = Item::new(11);
/// Votes for a proposal, bits as in [`ACTIVE`].
pub(crate) const VOTES_FOR: Map<u64, Map<u64, Item<U256>>> = Map::new(12);
/// Votes against a proposal, bits as in [`ACTIVE`].
pub(crate) const VOTES_AGAINST: Map<u64, Map<u64, Item<U256>>> = Map::new(13);
/// One more than the number of a proposal of an organisation, in places 0 to 7; a place is free when its proposal is not open.
pub(crate) const PROPOSED_BY: Map<u32, Map<u8, Item<u64>>> = Map::new(14);
/// Versions of the protocol's rules.
pub(crate) const SCHEDULE: Item<Schedule> = Item::new(15);
/// How many validators there may be at a time.
pub(crate) const VALIDATORS_MAX: Item<u32> = Item::new(16);

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

/// An organisation that a vote has not removed.
///
/// # Errors
/// `UnknownOrganisation`, `NoLongerAMember`.
pub(crate) fn member(host: &mut dyn Host, id: u32) -> Result<Organisation, Stop> {
    let state = &mut state(host);
    if id == 0 || id > ORGANISATION_COUNT.load(state)? {
        return Err(Refusal::UnknownOrganisation.into());
    }
    let organisation = ORGANISATIONS.at(state, id)?.fields.load(state)?;
    if organisation.removed {
        return Err(Refusal::NoLongerAMember.into());
    }
    Ok(organisation)
}

/// Whether a vote removed the organisation.
pub(crate) fn is_removed(host: &mut dyn Host, id: OrganisationId) -> Result<bool, Halt> {
    let state = &mut state(host);
    let place = ORGANISATIONS.at(state, id.0)?;
    Ok(place.fields.load(state)?.removed)
}

/// What an organisation is.
pub(crate) fn kind(
    host: &mut dyn Host,
    id: OrganisationId,
) -> Result<Option<OrganisationKind>, Halt> {
    let state = &mut state(host);
    let found = ORGANISATIONS.at(state, id.0)?.fields.load(state)?;
    Ok(OrganisationKind::from_code(found.kind))
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
