//! The network that simulations found.

use crate::accounts::Account;
use alloy_primitives::B256;
use commonware_codec::Encode as _;
use commonware_consensus::types::Epoch;
use commonware_cryptography::{
    Signer as _,
    bls12381::{
        dkg::feldman_desmedt::deal,
        primitives::{group::Share, sharing::Mode},
    },
    ed25519,
};
use commonware_glue::dkg::types::EpochOutcome;
use commonware_p2p::Address as PeerAddress;
use commonware_utils::{
    N3f1, NZU64, TestRng,
    ordered::{Map, Set},
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU64,
};
use theriac_consensus::{
    Chain,
    chain::{Execution, Pacing},
};
use theriac_contracts::{
    GenesisMembers, GenesisOrganisation, GenesisValidator, Parameters, codes::OrganisationKind,
};
use theriac_execution::ChainSpec;
use theriac_ledger::{
    Limits,
    block::{EpochInfo, PublicKey, Variant},
};

/// Blocks of an epoch in simulations.
pub const EPOCH_BLOCKS: NonZeroU64 = NZU64!(16);
const CHAIN_ID: u64 = 8_437;

/// How a network is founded.
#[derive(Debug, Clone, Copy)]
pub struct Founders {
    /// Validators at genesis.
    pub members: u64,
    /// Machines that are not validators yet.
    pub joiners: u64,
    /// Blocks of an epoch.
    pub epoch_blocks: NonZeroU64,
}

/// A founded network: its chain, its members' keys and shares.
pub struct Founding {
    /// The chain.
    pub chain: Chain,
    /// Identities in the order of the committee, and then of those who may join.
    pub identities: Vec<ed25519::PrivateKey>,
    /// Shares of epoch zero.
    pub shares: Map<PublicKey, Share>,
    /// The one organisation's admin.
    pub admin: Account,
}

/// Founds a network. Shares come from a dealer whom the simulation trusts; real
/// networks generate them in a ceremony.
pub fn founding(founders: Founders) -> Founding {
    let Founders {
        members,
        joiners,
        epoch_blocks,
    } = founders;
    let mut identities: Vec<_> = (0..members).map(ed25519::PrivateKey::from_seed).collect();
    identities.sort_by_key(ed25519::PrivateKey::public_key);
    let players = Set::from_iter_dedup(identities.iter().map(ed25519::PrivateKey::public_key));
    let (output, shares) =
        deal::<Variant, _, N3f1>(TestRng::new(7), Mode::NonZeroCounter, players.clone())
            .expect("a committee can be dealt to");
    let epoch_zero = EpochInfo {
        outcome: EpochOutcome::Success,
        epoch: Epoch::zero(),
        output,
        players: players.clone(),
        next_players: players.clone(),
        directory: players.iter().enumerate().map(address).collect(),
    };
    let admin = Account::new(1);
    let chain = Chain {
        spec: ChainSpec::new(CHAIN_ID),
        execution: Execution::Full,
        members: genesis_members(&admin, &players),
        limits: Limits::default(),
        pacing: Pacing {
            busy_ms: 50,
            idle_ms: 400,
        },
        blocks_per_epoch: epoch_blocks,
        epoch_zero,
        genesis_time_ms: 0,
        digest: B256::repeat_byte(7),
        namespace: Chain::namespace(CHAIN_ID),
    };
    identities.extend((members..members + joiners).map(ed25519::PrivateKey::from_seed));
    Founding {
        chain,
        identities,
        shares,
        admin,
    }
}

fn address((index, player): (usize, &PublicKey)) -> (PublicKey, PeerAddress) {
    (player.clone(), PeerAddress::Symmetric(socket(index)))
}

/// Where the identity with this number is reached.
pub(crate) fn socket(index: usize) -> SocketAddr {
    let port = 10_000 + u16::try_from(index).expect("simulated committees are small");
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

fn genesis_members(admin: &Account, players: &Set<PublicKey>) -> GenesisMembers {
    GenesisMembers {
        organisations: vec![GenesisOrganisation {
            name: "Simulated hospital".into(),
            kind: OrganisationKind::Hospital,
            admin: admin.address,
            gas_per_block: 200_000_000,
        }],
        validators: players
            .iter()
            .map(|player| GenesisValidator {
                identity: B256::from_slice(&player.encode()),
                organisation: 1,
                location: String::new(),
            })
            .collect(),
        validators_max: 16,
        parameters: Parameters::default(),
    }
}
