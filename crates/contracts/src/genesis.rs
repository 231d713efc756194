//! What the members agree on before the first block, as storage of the native contracts.

use std::collections::BTreeSet;

use alloy_primitives::{Address, B256, U256};

use crate::{
    addresses::HISTORY,
    codes::OrganisationKind,
    host::Halt,
    interfaces::IMembers,
    members::{
        VALIDATORS_LIMIT,
        organisation::{self, ORGANISATIONS_MAX},
        parameters::VOTING_PERIOD_MAX,
        state::{self, LIMITS, Limits, Organisation, VALIDATORS_MAX, Validator},
        validators,
    },
    memory::MemoryHost,
    registry,
};

/// Organisations, validators and parameters of a network at its genesis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenesisMembers {
    /// Their identifiers are 1, 2, ... in this order.
    pub organisations: Vec<GenesisOrganisation>,
    /// The validators, in the order of the committee.
    pub validators: Vec<GenesisValidator>,
    /// How many validators there may be at a time, at most 64: what an epoch is long enough for.
    pub validators_max: u32,
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
    /// Rules that one chart may hold, at most 512; each costs every request of that chart two reads.
    pub rules_per_chart: u32,
    /// Gas given to a contract wallet that checks a signature (EIP-1271); at most 2,000,000.
    pub signature_gas: u64,
    /// Gas per block shared by people whose enrolment ended and who still control a chart.
    pub common_gas_per_block: u64,
    /// Time in which keepers answer an opening, in seconds.
    pub opening_lifetime: u64,
    /// Gas given to a contract that serves as a rule; at most 2,000,000.
    pub rule_gas: u64,
    /// Time within which an opening that broke the glass must be reviewed, in seconds.
    pub review_period: u64,
    /// Time from a proposal to the end of its vote, in seconds; at most 90 days.
    pub voting_period: u64,
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
            voting_period: 7 * 86_400,
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
    for organisation in &genesis.organisations {
        let fields = Organisation {
            admin: organisation.admin,
            kind: organisation.kind.code(),
            gas_per_block: organisation.gas_per_block,
            removed: false,
        };
        organisation::insert(state, &fields, &organisation.name)?;
    }
    for validator in &genesis.validators {
        let fields = Validator {
            identity: validator.identity,
            organisation: validator.organisation,
            added_height: 0,
            removed_height: 0,
        };
        validators::insert(state, &fields, &validator.location)?;
    }
    VALIDATORS_MAX.save(state, &genesis.validators_max)?;
    LIMITS.save(state, &genesis.parameters.limits())
}

impl From<&IMembers::Parameters> for Parameters {
    fn from(parameters: &IMembers::Parameters) -> Self {
        Self {
            request_lifetime: parameters.requestLifetime,
            grant_lifetime: parameters.grantLifetime,
            requests_per_day: parameters.requestsPerDay,
            rules_per_chart: parameters.rulesPerChart,
            signature_gas: parameters.signatureGas,
            common_gas_per_block: parameters.commonGasPerBlock,
            opening_lifetime: parameters.openingLifetime,
            rule_gas: parameters.ruleGas,
            review_period: parameters.reviewPeriod,
            voting_period: parameters.votingPeriod,
            recovery_delay_min: parameters.recoveryDelayMin,
            recovery_delay_max: parameters.recoveryDelayMax,
        }
    }
}

impl Parameters {
    /// As they stand in storage.
    pub(crate) fn limits(&self) -> Limits {
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
            voting_period: self.voting_period,
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
    /// There is no validator, more than `validators_max`, or more of these than 64.
    ValidatorCount,
    /// A name is empty, longer than 64 bytes, or has a control character.
    NameMalformed,
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
    /// A time is longer than allowed.
    ParameterTooLong,
    /// A rule or a contract wallet would be given more gas than allowed, or a chart more rules.
    ParameterTooLarge,
    /// The longest delay of a recovery is shorter than the shortest.
    DelaysCrossed,
}

impl std::fmt::Display for GenesisRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::OrganisationCount => "expected 1 to 10,000 organisations",
            Self::ValidatorCount => {
                "expected 1 to 64 validators, and no more than an epoch is long enough for"
            }
            Self::NameMalformed => {
                "an organisation's name must have 1 to 64 bytes and no control character"
            }
            Self::LocationLength => "a validator's location must have at most 128 bytes",
            Self::AdminAccount => "each organisation needs an admin account of its own",
            Self::IdentityTwice => "two validators have the same identity",
            Self::UnknownOrganisation => "a validator names an organisation that is not listed",
            Self::ParameterZero => "every parameter must be greater than zero",
            Self::ParameterTooLong => {
                "a vote may last at most 90 days, any other time at most 100 years"
            }
            Self::ParameterTooLarge => {
                "a rule or a contract wallet may be given at most 2,000,000 gas, a chart 512 rules"
            }
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
        if !(1..=ORGANISATIONS_MAX as usize).contains(&self.organisations.len()) {
            return Err(GenesisRefusal::OrganisationCount);
        }
        let is_bounded = self.validators_max <= VALIDATORS_LIMIT;
        if !is_bounded || !(1..=self.validators_max as usize).contains(&self.validators.len()) {
            return Err(GenesisRefusal::ValidatorCount);
        }
        if self
            .organisations
            .iter()
            .any(|found| !organisation::is_name(&found.name))
        {
            return Err(GenesisRefusal::NameMalformed);
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

/// Longest time of any other parameter, in seconds: 100 years of 366 days.
const LIFETIME_MAX: u64 = 100 * 366 * 86_400;
/// Most gas of one contract that is asked. An opening of 512 records asks up to 14 rules, one for each kind, and still fits into the 60 M gas of a
/// transaction with [`RULES_PER_CHART_MAX`] native rules.
const CALL_GAS_MAX: u64 = 2_000_000;
/// Most native rules of a chart.
const RULES_PER_CHART_MAX: u32 = 512;

impl Parameters {
    /// Whether they are in range.
    ///
    /// # Errors
    /// In this order: `ParameterZero`, `ParameterTooLong`, `ParameterTooLarge`, `DelaysCrossed`.
    pub(crate) fn check(&self) -> Result<(), GenesisRefusal> {
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
            self.voting_period,
            self.recovery_delay_min,
            self.recovery_delay_max,
        ];
        if all.contains(&0) {
            return Err(GenesisRefusal::ParameterZero);
        }
        if self.is_too_long() {
            return Err(GenesisRefusal::ParameterTooLong);
        }
        let call_gas = self.rule_gas.max(self.signature_gas);
        if call_gas > CALL_GAS_MAX || self.rules_per_chart > RULES_PER_CHART_MAX {
            return Err(GenesisRefusal::ParameterTooLarge);
        }
        if self.recovery_delay_max < self.recovery_delay_min {
            return Err(GenesisRefusal::DelaysCrossed);
        }
        Ok(())
    }

    fn is_too_long(&self) -> bool {
        let times = [
            self.request_lifetime,
            self.grant_lifetime,
            self.opening_lifetime,
            self.review_period,
            self.recovery_delay_min,
            self.recovery_delay_max,
        ];
        times.iter().any(|time| *time > LIFETIME_MAX) || self.voting_period > VOTING_PERIOD_MAX
    }
}

#[cfg(test)]
mod tests;
