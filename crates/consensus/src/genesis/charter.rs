//! The charter: what the founding members agree on before there is a key.

use std::{collections::BTreeMap, net::SocketAddr, num::NonZeroU64};

use alloy_primitives::{Address, B256};
use commonware_cryptography::{Hasher as _, Sha256};
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    GenesisMembers, GenesisOrganisation, GenesisRefusal, GenesisValidator, OrganisationKind,
};
use theriac_ledger::block::{MAX_PARTICIPANTS, PublicKey};
use thiserror::Error;

use super::text;

/// The only version there is.
const VERSION: u32 = 1;
/// The longest charter that is read, in bytes.
pub(super) const SIZE_MAX: usize = 4 << 20;
/// Chain ids are numbers in JavaScript wallets.
const CHAIN_ID_MAX: u64 = (1 << 53) - 1;
const NAME_BYTES_MAX: usize = 64;
/// Turns that each validator gets, on average, in the half of an epoch in which dealings are posted.
const TURNS_IN_WINDOW: u64 = 8;
const _: () = assert!(
    MAX_PARTICIPANTS.get() == theriac_contracts::VALIDATORS_LIMIT,
    "what can be voted in can take part"
);
const DIGEST_DOMAIN: &[u8] = b"theriac/charter/v1";

/// Who founds a network, where its validators are reached, and with which parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Charter {
    /// Layout of this file.
    pub version: u32,
    /// EIP-155 chain id, 1 to 2^53 - 1.
    pub chain_id: u64,
    /// What people call the network, 1 to 64 bytes.
    pub name: String,
    /// Time of the genesis block, milliseconds since 1970.
    pub genesis_time_ms: u64,
    /// Blocks of an epoch; the shares of the key are dealt anew in each.
    pub epoch_blocks: NonZeroU64,
    /// Limits.
    pub parameters: Parameters,
    /// Members; their ids are 1, 2, ... in this order.
    pub organisations: Vec<Organisation>,
    /// Validators, in the order of their identities.
    pub validators: Vec<Validator>,
}

/// Limits of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Parameters {
    /// Gas that all transactions of a block may use together.
    pub block_gas_limit: u64,
    /// Gas limit that one transaction may ask for.
    pub transaction_gas_cap: u64,
    /// Most bytes of one transaction.
    pub transaction_bytes: u32,
    /// Most transactions of a block.
    pub block_transactions: u32,
    /// Most bytes of all transactions of a block together.
    pub block_bytes: u32,
    /// Least distance of two blocks when transactions wait, in milliseconds.
    pub busy_ms: u64,
    /// Distance of two blocks when nothing waits, in milliseconds.
    pub idle_ms: u64,
    /// Longest time from a request to its expiry, in seconds.
    pub request_lifetime_s: u64,
    /// Longest time from a grant to its expiry, in seconds.
    pub grant_lifetime_s: u64,
    /// Requests and grants that one account may make in one day (UTC).
    pub requests_per_day: u32,
    /// Rules that one chart may hold.
    pub rules_per_chart: u32,
    /// Gas given to a contract wallet that checks a signature (EIP-1271).
    pub signature_gas: u64,
    /// Gas per block shared by people whose enrolment ended and who still control a chart.
    pub common_gas_per_block: u64,
    /// Time in which keepers answer an opening, in seconds.
    pub opening_lifetime_s: u64,
    /// Gas given to a contract that serves as a rule.
    pub rule_gas: u64,
    /// Time within which an opening that broke the glass must be reviewed, in seconds.
    pub review_period_s: u64,
    /// Time from a proposal to the end of its vote, in seconds.
    pub voting_period_s: u64,
    /// Shortest delay of a recovery that guardians may be given, in seconds.
    pub recovery_delay_min_s: u64,
    /// Longest delay of a recovery that guardians may be given, in seconds.
    pub recovery_delay_max_s: u64,
}

/// A member organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Organisation {
    /// Its id on the ledger.
    pub id: u32,
    /// Its public name, 1 to 64 bytes.
    pub name: String,
    /// What it is.
    #[serde(with = "text::kind")]
    pub kind: OrganisationKind,
    /// The account that enrols its people.
    pub admin: Address,
    /// Gas that its accounts may use together in one block.
    pub gas_per_block: u64,
}

/// A validator and where it is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Validator {
    /// Its ed25519 identity.
    #[serde(with = "text::identity")]
    pub identity: PublicKey,
    /// Where the other validators reach it.
    pub p2p: SocketAddr,
    /// Where its JSON-RPC answers.
    pub rpc: SocketAddr,
    /// Id of the organisation that runs it.
    pub organisation: u32,
}

/// The file is not a charter that can found a network.
#[derive(Debug, Error)]
pub enum CharterError {
    /// Too long to be read.
    #[error("expected at most {SIZE_MAX} bytes, got {0}")]
    Size(usize),
    /// Not the JSON of a charter.
    #[error("not a charter: {0}")]
    Syntax(#[source] serde_json::Error),
    /// Written by another release.
    #[error("expected version {VERSION}, got {0}")]
    Version(u32),
    /// Chain ids are 1 to 2^53 - 1.
    #[error("expected a chain id from 1 to {CHAIN_ID_MAX}, got {0}")]
    ChainId(u64),
    /// The network's name is empty or too long.
    #[error("expected a name of 1 to {NAME_BYTES_MAX} bytes, got {0}")]
    Name(usize),
    /// A committee has 1 to 64 validators.
    #[error("expected 1 to {MAX_PARTICIPANTS} validators, got {0}")]
    ValidatorCount(usize),
    /// Validators stand in ascending order of identity, each once.
    #[error("validators must stand in ascending order of identity, each once: {0} does not")]
    ValidatorOrder(Box<PublicKey>),
    /// Two validators, or two services of one, share an address.
    #[error("address {0} is given twice")]
    AddressTwice(SocketAddr),
    /// Organisations are numbered from 1.
    #[error("organisations must be numbered 1, 2, ... in order: expected {expected}, got {got}")]
    OrganisationOrder {
        /// The number due at this place.
        expected: u32,
        /// The number found.
        got: u32,
    },
    /// In a short epoch some validators never get a turn to post their dealing.
    #[error("expected at least {expected} blocks an epoch for this many validators, got {got}")]
    EpochBlocks {
        /// The least that lets key generation succeed.
        expected: u64,
        /// What the charter says.
        got: u64,
    },
    /// A limit is zero or contradicts another.
    #[error("parameter {0} is zero or contradicts another")]
    Parameter(&'static str),
    /// The members contract refuses them.
    #[error(transparent)]
    Members(#[from] GenesisRefusal),
}

impl Default for Parameters {
    fn default() -> Self {
        let spec = theriac_execution::ChainSpec::new(1);
        let limits = theriac_ledger::Limits::default();
        let pacing = crate::chain::Pacing::default();
        let contracts = theriac_contracts::Parameters::default();
        Self {
            block_gas_limit: spec.block_gas_limit,
            transaction_gas_cap: spec.transaction_gas_cap,
            transaction_bytes: spec.max_transaction_bytes as u32,
            block_transactions: limits.transactions as u32,
            block_bytes: limits.transactions_bytes as u32,
            busy_ms: pacing.busy_ms,
            idle_ms: pacing.idle_ms,
            request_lifetime_s: contracts.request_lifetime,
            grant_lifetime_s: contracts.grant_lifetime,
            requests_per_day: contracts.requests_per_day,
            rules_per_chart: contracts.rules_per_chart,
            signature_gas: contracts.signature_gas,
            common_gas_per_block: contracts.common_gas_per_block,
            opening_lifetime_s: contracts.opening_lifetime,
            rule_gas: contracts.rule_gas,
            review_period_s: contracts.review_period,
            voting_period_s: contracts.voting_period,
            recovery_delay_min_s: contracts.recovery_delay_min,
            recovery_delay_max_s: contracts.recovery_delay_max,
        }
    }
}

impl Charter {
    /// A charter of the current version, its validators in order.
    ///
    /// # Errors
    /// As [`Charter::check`].
    pub fn new(
        (chain_id, name): (u64, &str),
        (genesis_time_ms, epoch_blocks): (u64, NonZeroU64),
        organisations: Vec<Organisation>,
        mut validators: Vec<Validator>,
    ) -> Result<Self, CharterError> {
        validators.sort_by(|one, other| one.identity.cmp(&other.identity));
        let charter = Self {
            version: VERSION,
            chain_id,
            name: name.to_owned(),
            genesis_time_ms,
            epoch_blocks,
            parameters: Parameters::default(),
            organisations,
            validators,
        };
        charter.check()?;
        Ok(charter)
    }

    /// Reads and checks the JSON of a charter.
    ///
    /// # Errors
    /// [`CharterError`].
    pub fn parse(json: &[u8]) -> Result<Self, CharterError> {
        if json.len() > SIZE_MAX {
            return Err(CharterError::Size(json.len()));
        }
        let charter: Self = serde_json::from_slice(json).map_err(CharterError::Syntax)?;
        charter.check()?;
        Ok(charter)
    }

    /// The file, for people to read.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).expect("a charter is numbers and text");
        json.push('\n');
        json
    }

    /// Names this charter: SHA-256 over a domain and its JSON without spaces, so that the layout of a file does not count.
    pub fn digest(&self) -> [u8; 32] {
        let json = serde_json::to_vec(self).expect("a charter is numbers and text");
        Sha256::hash(&[DIGEST_DOMAIN, &json]).0
    }

    /// Where each validator is reached by the others.
    pub fn participants(&self) -> BTreeMap<PublicKey, SocketAddr> {
        let pairs = self
            .validators
            .iter()
            .map(|validator| (validator.identity.clone(), validator.p2p));
        pairs.collect()
    }

    /// How many validators an epoch of this length has turns for.
    fn validators_max(&self) -> u32 {
        let turns = self.epoch_blocks.get() / (2 * TURNS_IN_WINDOW);
        u32::try_from(turns).map_or(MAX_PARTICIPANTS.get(), |turns| {
            turns.min(MAX_PARTICIPANTS.get())
        })
    }

    /// The members as the native contracts take them.
    pub fn members(&self) -> GenesisMembers {
        let organisations = self
            .organisations
            .iter()
            .map(|organisation| GenesisOrganisation {
                name: organisation.name.clone(),
                kind: organisation.kind,
                admin: organisation.admin,
                gas_per_block: organisation.gas_per_block,
            });
        let validators = self.validators.iter().map(|validator| GenesisValidator {
            identity: B256::from_slice(validator.identity.as_ref()),
            organisation: validator.organisation,
            location: validator.p2p.to_string(),
        });
        GenesisMembers {
            organisations: organisations.collect(),
            validators: validators.collect(),
            validators_max: self.validators_max(),
            parameters: self.parameters.of_contracts(),
        }
    }
}

impl Parameters {
    fn of_contracts(&self) -> theriac_contracts::Parameters {
        theriac_contracts::Parameters {
            request_lifetime: self.request_lifetime_s,
            grant_lifetime: self.grant_lifetime_s,
            requests_per_day: self.requests_per_day,
            rules_per_chart: self.rules_per_chart,
            signature_gas: self.signature_gas,
            common_gas_per_block: self.common_gas_per_block,
            opening_lifetime: self.opening_lifetime_s,
            rule_gas: self.rule_gas,
            review_period: self.review_period_s,
            voting_period: self.voting_period_s,
            recovery_delay_min: self.recovery_delay_min_s,
            recovery_delay_max: self.recovery_delay_max_s,
        }
    }
}

mod check;
#[cfg(test)]
pub(super) mod tests;
