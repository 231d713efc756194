//! The members in this process, under one directory: four at first.

use super::narrator::Narrator;
use crate::{
    commands::genesis::devnet::{Admin, Devnet, Founded, NewOrganisation},
    validator::{self, Running, ValidatorConfig},
};
use alloy_primitives::{Bytes, TxKind};
use anyhow::{Context as _, anyhow, ensure};
use serde_json::Value;
use std::{
    cell::{Cell, RefCell},
    fs,
    num::NonZeroU64,
    path::{Path, PathBuf},
    thread::JoinHandle,
    time::{Duration, Instant},
};
use theriac_consensus::{
    chain::Execution,
    genesis::{Identity, NodeDirectory},
};
use theriac_contracts::OrganisationKind;
use theriac_sdk::{Client, account::Fees};

/// Threads of each member: the demo shares one machine among four.
const THREADS: usize = 2;
/// Longest wait for the first block.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);
/// Longest wait for a committee to change.
const EPOCHS_PATIENCE: Duration = Duration::from_secs(240);
/// Blocks of an epoch where a story is told: the fewest in which five members have their turns.
const STORY_EPOCH: NonZeroU64 = NonZeroU64::new(80).expect("80 is not zero");
/// Delay of a recovery in the story, in seconds.
const STORY_DELAY: u64 = 2;

/// A running network.
pub(super) struct Network {
    directory: PathBuf,
    temporary: bool,
    founded: Founded,
    nodes: RefCell<Vec<Running>>,
    /// Organisations that were founded or are to be admitted.
    organisations: Cell<u32>,
    recovery_delay: u64,
}

/// The machine of a member to be.
pub(super) struct Machine {
    directory: NodeDirectory,
    /// Who it is and where it listens.
    pub(super) identity: Identity,
}

/// A machine that starts, and runs once it is let in.
pub(super) struct Starting(JoinHandle<anyhow::Result<Running>>);

/// What a network is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A story with epochs and delays that people can wait for.
    Story,
    /// Tests of clients, with the times of a real network.
    Service,
}

impl Network {
    /// Founds a network by a ceremony of its four members and starts them.
    pub(super) fn start(
        narrator: &Narrator,
        directory: Option<PathBuf>,
        (base_port, usage): (Option<u16>, Use),
    ) -> anyhow::Result<Self> {
        let temporary = directory.is_none();
        let directory = match directory {
            Some(directory) => directory,
            None => temporary_directory()?,
        };
        narrator.step("Four members generate the network's key together; nobody ever holds it.");
        let defaults = Devnet {
            base_port,
            ..Devnet::new(directory.join("network"))
        };
        let devnet = match usage {
            Use::Service => defaults,
            Use::Story => Devnet {
                epoch_blocks: STORY_EPOCH,
                recovery_delay_min_s: STORY_DELAY,
                ..defaults
            },
        };
        let progress = narrator.progress("key generation over encrypted connections");
        let founded = devnet.found()?;
        drop(progress);
        narrator.detail(
            "group key",
            abbreviate(&hex::encode(founded.network.group_key())),
        );
        narrator.detail(
            "ceremony",
            format!("{:.1} s", founded.ceremony.as_secs_f32()),
        );
        narrator.step("The four members start: validators, vaults, JSON-RPC.");
        let nodes = founded
            .nodes
            .iter()
            .map(|directory| validator::start(config(directory.clone(), false)))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let network = Self {
            directory,
            temporary,
            organisations: Cell::new(founded.admins.len() as u32),
            founded,
            nodes: RefCell::new(nodes),
            recovery_delay: devnet.recovery_delay_min_s,
        };
        for (index, admin) in network.founded.admins.iter().enumerate() {
            narrator.detail(
                &format!("member {}", index + 1),
                format!("{}  {}", network.rpc(index), admin.name),
            );
        }
        std::fs::create_dir_all(network.people()).context("cannot make the people's directory")?;
        Ok(network)
    }

    /// Waits until every member has the first block, which writes the members and the rules.
    pub(super) async fn first_block(&self) -> anyhow::Result<()> {
        self.reached(1).await
    }

    /// Waits until every member has what any of them has, since the people of the story ask different members.
    pub(super) async fn in_step(&self) -> anyhow::Result<()> {
        let mut highest = 0;
        for index in 0..self.count() {
            highest = highest.max(Client::new(&[self.rpc(index)], None)?.height().await?);
        }
        self.reached(highest).await
    }

    async fn reached(&self, height: u64) -> anyhow::Result<()> {
        let started = Instant::now();
        for index in 0..self.count() {
            let client = Client::new(&[self.rpc(index)], None)?;
            while client.height().await? < height {
                ensure!(
                    started.elapsed() < PATIENCE,
                    "block {height} did not become final everywhere in {PATIENCE:?}"
                );
                tokio::time::sleep(PAUSE).await;
            }
        }
        Ok(())
    }

    /// Has blocks made, by a transaction of one of `clients` after the other, until the status of the first one's node fulfils `holds`.
    ///
    /// # Errors
    /// Where that takes too long.
    pub(super) async fn busy_until(
        &self,
        clients: &[&Client],
        holds: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<()> {
        let started = Instant::now();
        let mut turns = clients.iter().cycle();
        let first = clients.first().context("somebody sends")?;
        while !holds(&first.node_status().await?) {
            ensure!(
                started.elapsed() < EPOCHS_PATIENCE,
                "the committee did not change in {EPOCHS_PATIENCE:?}"
            );
            // In turns, so that nobody asks more often than a node lets one.
            let client = turns.next().context("somebody sends")?;
            let to_oneself = TxKind::Call(client.address());
            client
                .transact(to_oneself, Bytes::new(), Fees::default())
                .await?;
        }
        Ok(())
    }

    /// Makes the admin account of an organisation that is to be admitted next.
    ///
    /// # Errors
    /// Where its files cannot be written.
    pub(super) fn new_admin(&self, name: &str, kind: OrganisationKind) -> anyhow::Result<Admin> {
        let organisation = NewOrganisation {
            name: name.to_owned(),
            kind,
        };
        let id = self.organisations.get() + 1;
        self.organisations.set(id);
        organisation.admin(&self.directory.join("network/admins"), id)
    }

    /// Makes a machine with an identity and the network's public file. It does not run.
    ///
    /// # Errors
    /// Where its files cannot be written, or no port is free.
    pub(super) fn new_machine(&self) -> anyhow::Result<Machine> {
        let directory = NodeDirectory::new(self.directory.join("network/newcomer"));
        fs::create_dir_all(directory.root()).context("cannot make the machine's directory")?;
        let identity = Devnet::identity()?;
        identity.create(&directory.identity())?;
        fs::copy(&self.founded.file, directory.network())
            .context("cannot copy the network's file")?;
        Ok(Machine {
            directory,
            identity,
        })
    }

    /// Starts a machine on a thread of its own, since it waits until the members let it in.
    pub(super) fn start_machine(&self, machine: &Machine) -> Starting {
        let config = config(machine.directory.clone(), true);
        Starting(std::thread::spawn(move || validator::start(config)))
    }

    /// Counts a machine among the members once it runs.
    ///
    /// # Errors
    /// What kept it from starting.
    pub(super) fn take_in(&self, starting: Starting) -> anyhow::Result<()> {
        let started = starting.0.join();
        let running =
            started.map_err(|_| anyhow!("the machine stopped by a failure; see its log"))??;
        self.nodes.borrow_mut().push(running);
        Ok(())
    }

    /// Stops a member, removes all that its disk held of the ledger and the vault, and starts it again to fetch it from the others.
    ///
    /// # Errors
    /// Where it does not stop or start, or a file cannot be removed.
    pub(super) fn wipe_and_restart(&self, index: usize) -> anyhow::Result<()> {
        let directory = &self.founded.nodes[index];
        let running = self.nodes.borrow_mut().remove(index);
        running.stop()?;
        for folder in [directory.storage(), directory.vault()] {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        fs::remove_file(directory.index()).context("cannot remove the index")?;
        let running = validator::start(config(directory.clone(), true))?;
        self.nodes.borrow_mut().insert(index, running);
        Ok(())
    }

    /// The shortest delay of a recovery here, in seconds.
    pub(super) const fn recovery_delay(&self) -> u64 {
        self.recovery_delay
    }

    /// How many members run.
    fn count(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// Ends all members, and removes the directory where it was temporary.
    pub(super) fn stop(self) -> anyhow::Result<()> {
        for node in self.nodes.into_inner() {
            node.stop()?;
        }
        if self.temporary {
            std::fs::remove_dir_all(&self.directory).context("cannot remove the directory")?;
        }
        Ok(())
    }

    pub(super) fn is_running(&self) -> bool {
        self.nodes.borrow().iter().all(Running::is_running)
    }

    /// Where member `index` answers.
    pub(super) fn rpc(&self, index: usize) -> String {
        format!("http://{}", self.nodes.borrow()[index].rpc)
    }

    /// All members' addresses, beginning with that of `first`.
    pub(super) fn rpcs_from(&self, first: usize) -> Vec<String> {
        (0..self.count())
            .map(|offset| self.rpc((first + offset) % self.count()))
            .collect()
    }

    /// The administrator of organisation number `index`.
    pub(super) fn admin(&self, index: usize) -> &Admin {
        &self.founded.admins[index]
    }

    pub(super) fn chain_id(&self) -> u64 {
        self.founded.network.charter.chain_id
    }

    pub(super) fn group_key(&self) -> Vec<u8> {
        self.founded.network.group_key()
    }

    /// The network's public file.
    pub(super) fn file(&self) -> &Path {
        &self.founded.file
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Directories of the members.
    pub(super) fn node_directories(&self) -> Vec<PathBuf> {
        self.founded
            .nodes
            .iter()
            .map(|node| node.root().to_owned())
            .collect()
    }

    fn people(&self) -> PathBuf {
        self.directory.join("people")
    }

    /// A person's keystore file.
    pub(super) fn keystore(&self, name: &str) -> PathBuf {
        self.people().join(format!("{name}.json"))
    }

    /// The file with the password of a person's keystore.
    pub(super) fn password(&self, name: &str) -> PathBuf {
        self.people().join(format!("{name}.password"))
    }

    /// Where the story puts its evidence bundle.
    pub(super) fn bundle(&self) -> PathBuf {
        self.directory.join("access-log.evidence.json")
    }
}

fn config(directory: NodeDirectory, state_sync: bool) -> ValidatorConfig {
    ValidatorConfig {
        directory,
        rpc_listen: None,
        open_to: None,
        state_sync,
        execution: Execution::Full,
        threads: THREADS,
    }
}

fn temporary_directory() -> anyhow::Result<PathBuf> {
    let path = std::env::temp_dir().join(format!("theriac-demo-{:08x}", rand::random::<u32>()));
    std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
    Ok(path)
}

/// The beginning and end of a long text.
pub(super) fn abbreviate(text: &str) -> String {
    match text.len() {
        0..=24 => text.to_owned(),
        length => format!("{}…{}", &text[..12], &text[length - 8..]),
    }
}
