//! Four members in this process, under one directory.

use super::narrator::Narrator;
use crate::{
    commands::genesis::devnet::{Admin, Devnet, Founded},
    validator::{self, Running, ValidatorConfig},
};
use anyhow::{Context as _, ensure};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use theriac_consensus::chain::Execution;
use theriac_sdk::Client;

/// Threads of each member: the demo shares one machine among four.
const THREADS: usize = 2;
/// Longest wait for the first block.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);

/// A running network.
pub(super) struct Network {
    directory: PathBuf,
    temporary: bool,
    founded: Founded,
    nodes: Vec<Running>,
}

impl Network {
    /// Founds a network by a ceremony of its four members and starts them.
    pub(super) fn start(
        narrator: &Narrator,
        directory: Option<PathBuf>,
        base_port: Option<u16>,
    ) -> anyhow::Result<Self> {
        let temporary = directory.is_none();
        let directory = match directory {
            Some(directory) => directory,
            None => temporary_directory()?,
        };
        narrator.step("Four members generate the network's key together; nobody ever holds it.");
        let devnet = Devnet {
            base_port,
            ..Devnet::new(directory.join("network"))
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
            .map(|directory| {
                validator::start(ValidatorConfig {
                    directory: directory.clone(),
                    rpc_listen: None,
                    open_to: None,
                    state_sync: false,
                    execution: Execution::Full,
                    threads: THREADS,
                })
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        let network = Self {
            directory,
            temporary,
            founded,
            nodes,
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
        for index in 0..self.nodes.len() {
            highest = highest.max(Client::new(&[self.rpc(index)], None)?.height().await?);
        }
        self.reached(highest).await
    }

    async fn reached(&self, height: u64) -> anyhow::Result<()> {
        let started = Instant::now();
        for index in 0..self.nodes.len() {
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

    /// Ends all members, and removes the directory where it was temporary.
    pub(super) fn stop(self) -> anyhow::Result<()> {
        for node in self.nodes {
            node.stop()?;
        }
        if self.temporary {
            std::fs::remove_dir_all(&self.directory).context("cannot remove the directory")?;
        }
        Ok(())
    }

    pub(super) fn is_running(&self) -> bool {
        self.nodes.iter().all(Running::is_running)
    }

    /// Where member `index` answers.
    pub(super) fn rpc(&self, index: usize) -> String {
        format!("http://{}", self.nodes[index].rpc)
    }

    /// All members' addresses, beginning with that of `first`.
    pub(super) fn rpcs_from(&self, first: usize) -> Vec<String> {
        (0..self.nodes.len())
            .map(|offset| self.rpc((first + offset) % self.nodes.len()))
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
