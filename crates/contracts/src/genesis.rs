//! What the members agree on before the first block, as storage of the native contracts.

use std::collections::BTreeSet;

use alloy_primitives::{Address, B256, U256};

use crate::{
    addresses::HISTORY,
    codes::OrganisationKind,
    host::Halt,
    members::state::{
        self, LIMITS, Limits, ORGANISATION_COUNT, ORGANISATION_NAME, ORGANISATION_OF,
        ORGANISATIONS, Organisation, VALIDATOR_COUNT, VALIDATOR_LOCATION, VALIDATORS, Validator,
    },
    memory::MemoryHost,
    registry,
    storage::State,
};

/// Organisations, validators and parameters of a network at its genesis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenesisMembers {
    /// Their identifiers are 1, 2, ... in this order.
    pub organisations: Vec<GenesisOrganisation>,
    /// The validators, in the order of the committee.
    pub validators: Vec<GenesisValidator>,
    /// Limits of the network.
    pub parameters: Parameters,
}

/// A member organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenesisOrganisation {
    /// At most 64 bytes of UTF-8.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The account that enrols its people and may act for it.
    pub admin: Address,
    /// Gas that its accounts may use together in one block.
    pub gas_per_block: u64,
}

/// A validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenesisValidator {
    /// Ed25519 public key of its identity.
    pub identity: B256,
    /// Identifier of its organisation.
    pub organisation: u32,
    /// Network address, `host:port`, at most 128 bytes; empty when it is not published.
    pub location: String,
}

/// Limits of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Longest time from a request to its expiry, in seconds.
    pub request_lifetime: u64,
    /// Longest time from a grant to its expiry, in seconds.
    pub grant_lifetime: u64,
    /// Requests and grants that one account may make in one day (UTC).
    pub requests_per_day: u32,
    /// Rules that one chart may hold; each costs every request of that chart two reads.
    pub rules_per_chart: u32,
    /// Gas given to a contract wallet that checks a signature (EIP-1271).
    pub signature_gas: u64,
    /// Gas per block shared by people whose enrolment ended and who still control a chart.
    pub common_gas_per_block: u64,
    /// Time in which keepers answer an opening, in seconds.
    pub opening_lifetime: u64,
    /// Gas given to a contract that serves as a rule.
    pub rule_gas: u64,
    /// Time within which an opening that broke the glass must be reviewed, in seconds.
    pub review_period: u64,
    /// Shortest delay of a recovery that guardians may be given, in seconds.
    pub recovery_delay_min: u64,
    /// Longest delay of a recovery that guardians may be given, in seconds.
    pub recovery_delay_max: u64,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            request_lifetime: 366 * 86_400,
            grant_lifetime: 5 * 366 * 86_400,
            requests_per_day: 1_000,
            rules_per_chart: 32,
            signature_gas: 200_000,
            common_gas_per_block: 5_000_000,
            opening_lifetime: 3_600,
            rule_gas: 500_000,
            review_period: 72 * 3_600,
            recovery_delay_min: 3_600,
            recovery_delay_max: 30 * 86_400,
        }
    }
}

/// Storage of the native contracts at genesis: (contract, slot, value), in order and without zeros.
///
/// # Panics
/// When [`GenesisMembers::check`] refuses the members.
pub fn genesis_storage(genesis: &GenesisMembers) -> Vec<(Address, U256, U256)> {
    genesis.check().expect("the caller checks the members");
    let mut host = MemoryHost::default();
    write(&mut host, genesis).expect("a host in memory with gas without end does not halt");
    host.storage().collect()
}

fn write(host: &mut MemoryHost, genesis: &GenesisMembers) -> Result<(), Halt> {
    let state = &mut state::state(host);
    for (organisation, id) in genesis.organisations.iter().zip(1..) {
        write_organisation(state, id, organisation)?;
    }
    ORGANISATION_COUNT.save(state, &(genesis.organisations.len() as u32))?;
    for (validator, index) in genesis.validators.iter().zip(0..) {
        write_validator(state, index, validator)?;
    }
    VALIDATOR_COUNT.save(state, &(genesis.validators.len() as u64))?;
    LIMITS.save(state, &genesis.parameters.limits())
}

fn write_organisation(
    state: &mut State<'_>,
    id: u32,
    organisation: &GenesisOrganisation,
) -> Result<(), Halt> {
    let entry = ORGANISATIONS.at(state, id)?;
    let fields = Organisation {
        admin: organisation.admin,
        kind: organisation.kind.code(),
        gas_per_block: organisation.gas_per_block,
    };
    entry.fields.save(state, &fields)?;
    entry
        .text(ORGANISATION_NAME)
        .save(state, &organisation.name)?;
    ORGANISATION_OF
        .at(state, organisation.admin)?
        .save(state, &id)
}

fn write_validator(
    state: &mut State<'_>,
    index: u64,
    validator: &GenesisValidator,
) -> Result<(), Halt> {
    let entry = VALIDATORS.at(state, index)?;
    let fields = Validator {
        identity: validator.identity,
        organisation: validator.organisation,
    };
    entry.fields.save(state, &fields)?;
    entry
        .text(VALIDATOR_LOCATION)
        .save(state, &validator.location)
}

impl Parameters {
    fn limits(&self) -> Limits {
        Limits {
            request_lifetime: self.request_lifetime,
            grant_lifetime: self.grant_lifetime,
            requests_per_day: self.requests_per_day,
            rules_per_chart: self.rules_per_chart,
            signature_gas: self.signature_gas,
            common_gas_per_block: self.common_gas_per_block,
            opening_lifetime: self.opening_lifetime,
            rule_gas: self.rule_gas,
            review_period: self.review_period,
            recovery_delay_min: self.recovery_delay_min,
            recovery_delay_max: self.recovery_delay_max,
        }
    }
}

/// Why members cannot found a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GenesisRefusal {
    /// There is no organisation, or more than 10,000.
    OrganisationCount,
    /// There is no validator, or more than 1,000.
    ValidatorCount,
    /// A name is empty or longer than 64 bytes.
    NameLength,
    /// A location is longer than 128 bytes.
    LocationLength,
    /// An admin account is zero, a native contract, or admin of two organisations.
    AdminAccount,
    /// Two validators have one identity.
    IdentityTwice,
    /// A validator names an organisation that does not exist.
    UnknownOrganisation,
    /// A parameter is zero.
    ParameterZero,
    /// The longest delay of a recovery is shorter than the shortest.
    DelaysCrossed,
}

impl std::fmt::Display for GenesisRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::OrganisationCount => "expected 1 to 10,000 organisations",
            Self::ValidatorCount => "expected 1 to 1,000 validators",
            Self::NameLength => "an organisation's name must have 1 to 64 bytes",
            Self::LocationLength => "a validator's location must have at most 128 bytes",
            Self::AdminAccount => "each organisation needs an admin account of its own",
            Self::IdentityTwice => "two validators have the same identity",
            Self::UnknownOrganisation => "a validator names an organisation that is not listed",
            Self::ParameterZero => "every parameter must be greater than zero",
            Self::DelaysCrossed => "the longest delay of a recovery must not be below the shortest",
        })
    }
}

impl std::error::Error for GenesisRefusal {}

impl GenesisMembers {
    /// Checks that the members can found a network.
    ///
    /// # Errors
    /// The first [`GenesisRefusal`] in the order of their list.
    pub fn check(&self) -> Result<(), GenesisRefusal> {
        if !(1..=10_000).contains(&self.organisations.len()) {
            return Err(GenesisRefusal::OrganisationCount);
        }
        if !(1..=1_000).contains(&self.validators.len()) {
            return Err(GenesisRefusal::ValidatorCount);
        }
        if self
            .organisations
            .iter()
            .any(|found| !(1..=64).contains(&found.name.len()))
        {
            return Err(GenesisRefusal::NameLength);
        }
        if self
            .validators
            .iter()
            .any(|found| found.location.len() > 128)
        {
            return Err(GenesisRefusal::LocationLength);
        }
        self.check_accounts()?;
        self.parameters.check()
    }

    fn check_accounts(&self) -> Result<(), GenesisRefusal> {
        let admins: BTreeSet<_> = self.organisations.iter().map(|found| found.admin).collect();
        let reserved = |admin: &Address| {
            admin.is_zero() || *admin == HISTORY || registry::native(*admin).is_some()
        };
        if admins.len() != self.organisations.len() || admins.iter().any(reserved) {
            return Err(GenesisRefusal::AdminAccount);
        }
        let identities: BTreeSet<_> = self.validators.iter().map(|found| found.identity).collect();
        if identities.len() != self.validators.len() {
            return Err(GenesisRefusal::IdentityTwice);
        }
        let known = 1..=self.organisations.len() as u64;
        if self
            .validators
            .iter()
            .any(|found| !known.contains(&u64::from(found.organisation)))
        {
            return Err(GenesisRefusal::UnknownOrganisation);
        }
        Ok(())
    }
}

impl Parameters {
    fn check(&self) -> Result<(), GenesisRefusal> {
        let all = [
            self.request_lifetime,
            self.grant_lifetime,
            u64::from(self.requests_per_day),
            u64::from(self.rules_per_chart),
            self.signature_gas,
            self.common_gas_per_block,
            self.opening_lifetime,
            self.rule_gas,
            self.review_period,
            self.recovery_delay_min,
            self.recovery_delay_max,
        ];
        if all.contains(&0) {
            return Err(GenesisRefusal::ParameterZero);
        }
        if self.recovery_delay_max < self.recovery_delay_min {
            return Err(GenesisRefusal::DelaysCrossed);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
