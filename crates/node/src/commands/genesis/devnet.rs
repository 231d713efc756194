//! A whole network on one machine: for the demo, for development and for tests.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU64,
    path::{Path, PathBuf},
    str::FromStr,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, bail};
use commonware_cryptography::Signer;
use theriac_consensus::genesis::{
    Charter, Identity, NodeDirectory, Organisation, Parameters, Validator,
};
use theriac_contracts::OrganisationKind;

use super::{EPOCH_BLOCKS, GAS_PER_BLOCK, admin::new_admin, ceremony, ports};
pub(crate) use super::{admin::Admin, founded::Founded};

/// How often a ceremony is repeated when a member's share was revealed or too few dealt.
const ATTEMPTS: u32 = 3;

/// A network to found below `directory`.
#[derive(Clone, Debug)]
pub(crate) struct Devnet {
    /// Must be empty or absent.
    pub(crate) directory: PathBuf,
    /// 1 to 64.
    pub(crate) validators: u32,
    /// The EIP-155 chain id.
    pub(crate) chain_id: u64,
    /// What the network is called.
    pub(crate) name: String,
    /// Members, in order of their ids; validators are given to them in turn.
    pub(crate) organisations: Vec<NewOrganisation>,
    /// First of two ports for each validator; ports free now where `None`.
    pub(crate) base_port: Option<u16>,
    /// Blocks of an epoch.
    pub(crate) epoch_blocks: NonZeroU64,
    /// Shortest delay of a recovery that guardians may be given, in seconds.
    pub(crate) recovery_delay_min_s: u64,
}

/// An organisation whose admin account is made with the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewOrganisation {
    /// Its public name.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: OrganisationKind,
}

impl Devnet {
    /// Four validators of four organisations under `directory`.
    pub(crate) fn new(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
            validators: 4,
            chain_id: 8_421,
            name: "Theriac devnet".to_owned(),
            organisations: Self::organisations(),
            base_port: None,
            epoch_blocks: EPOCH_BLOCKS,
            recovery_delay_min_s: Parameters::default().recovery_delay_min_s,
        }
    }

    /// An identity on ports of loopback that are free now.
    ///
    /// # Errors
    /// Where no port is free.
    pub(crate) fn identity() -> anyhow::Result<Identity> {
        let ports = ports::free(2)?;
        Ok(Identity::generate(address(&ports[0]), address(&ports[1])))
    }

    /// The organisations of a devnet where nobody names others.
    pub(crate) fn organisations() -> Vec<NewOrganisation> {
        [
            ("Riverside Hospital", OrganisationKind::Hospital),
            ("Lakeside Clinic", OrganisationKind::Clinic),
            ("Concordia Insurance", OrganisationKind::Insurer),
            ("Medicines Authority", OrganisationKind::Regulator),
        ]
        .map(|(name, kind)| NewOrganisation {
            name: name.to_owned(),
            kind,
        })
        .into()
    }

    /// Makes identities, accounts and the charter, and holds the ceremony over encrypted connections on loopback.
    ///
    /// May be called from any thread; it blocks until the network stands.
    ///
    /// # Errors
    /// Where the directory is not empty, a port is taken, a file cannot be written, or no ceremony gave a key.
    pub(crate) fn found(&self) -> anyhow::Result<Founded> {
        if self.organisations.is_empty() {
            bail!("a network needs at least one organisation");
        }
        create_empty(&self.directory)?;
        let members = self.members()?;
        let admins = self.admins()?;
        let charter = self.charter(&members, &admins)?;
        let nodes: Vec<_> = (0..members.len())
            .map(|number| NodeDirectory::new(self.directory.join(format!("node{number}"))))
            .collect();
        for (member, node) in members.iter().zip(&nodes) {
            fs::create_dir_all(node.root())
                .with_context(|| format!("cannot create {}", node.root().display()))?;
            member.create(&node.identity())?;
        }

        let begun = Instant::now();
        let network = ceremony::together(&charter, &members, &nodes, ATTEMPTS)?;
        let ceremony = begun.elapsed();
        let file = self.directory.join("network.json");
        network.write(&file)?;
        Ok(Founded {
            file,
            network,
            nodes,
            admins,
            ceremony,
        })
    }

    fn members(&self) -> anyhow::Result<Vec<Identity>> {
        let wanted = 2 * self.validators as usize;
        let ports = match self.base_port {
            Some(base) => ports::from(base, wanted)?,
            None => ports::free(wanted)?,
        };
        // In the order of the charter, which is that of the committee: node0 is its first validator.
        let mut keys: Vec<_> = (0..self.validators)
            .map(|_| Identity::random_key())
            .collect();
        keys.sort_by_key(Signer::public_key);
        let members = keys
            .into_iter()
            .zip(ports.chunks_exact(2))
            .map(|(key, pair)| Identity {
                key,
                p2p_listen: address(&pair[0]),
                rpc_listen: address(&pair[1]),
            });
        Ok(members.collect())
    }

    fn admins(&self) -> anyhow::Result<Vec<Admin>> {
        let directory = self.directory.join("admins");
        fs::create_dir(&directory)
            .with_context(|| format!("cannot create {}", directory.display()))?;
        (1..)
            .zip(&self.organisations)
            .map(|(id, organisation)| new_admin(&directory, id, organisation))
            .collect()
    }

    fn charter(&self, members: &[Identity], admins: &[Admin]) -> anyhow::Result<Charter> {
        let organisations = admins.iter().map(|admin| Organisation {
            id: admin.organisation,
            name: admin.name.clone(),
            kind: admin.kind,
            admin: admin.address,
            gas_per_block: GAS_PER_BLOCK,
        });
        let owners = admins.iter().map(|admin| admin.organisation).cycle();
        let validators = members
            .iter()
            .zip(owners)
            .map(|(member, organisation)| Validator {
                identity: member.public_key(),
                p2p: member.p2p_listen,
                rpc: member.rpc_listen,
                organisation,
            });
        let mut charter = Charter::new(
            (self.chain_id, &self.name),
            (now_ms(), self.epoch_blocks),
            organisations.collect(),
            validators.collect(),
        )?;
        charter.parameters.recovery_delay_min_s = self.recovery_delay_min_s;
        Ok(charter)
    }
}

impl NewOrganisation {
    /// Makes its admin account, as organisation number `id`, with the files in `directory`.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub(crate) fn admin(&self, directory: &Path, id: u32) -> anyhow::Result<Admin> {
        new_admin(directory, id, self)
    }
}

fn address(port: &u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, *port))
}

/// `NAME:KIND`.
impl FromStr for NewOrganisation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, kind) = text
            .rsplit_once(':')
            .ok_or_else(|| format!("expected NAME:KIND, got {text:?}"))?;
        let kind = kind_of(kind)?;
        Ok(Self {
            name: name.to_owned(),
            kind,
        })
    }
}

/// The organisation kind of a word.
pub(super) fn kind_of(word: &str) -> Result<OrganisationKind, String> {
    OrganisationKind::from_word(word).ok_or_else(|| {
        let words: Vec<_> = OrganisationKind::ALL
            .iter()
            .map(|kind| kind.word())
            .collect();
        format!("expected one of {}, got {word:?}", words.join(", "))
    })
}

/// Milliseconds since 1970 by this machine's clock.
pub(super) fn now_ms() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is past 1970");
    u64::try_from(since.as_millis()).expect("the clock is before the year 500,000,000")
}

fn create_empty(directory: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(directory)
        .with_context(|| format!("cannot create {}", directory.display()))?;
    let mut entries =
        fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    if entries.next().is_some() {
        bail!(
            "{} is not empty; name another directory, keys are never overwritten",
            directory.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests;
