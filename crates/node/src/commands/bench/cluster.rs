//! Four members as processes of their own, on loopback, under a temporary directory.

use super::{door::Door, process::Process};
use crate::commands::genesis::{Devnet, NewOrganisation, devnet::Founded};
use anyhow::{Context as _, ensure};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use theriac_consensus::chain::Execution;
use theriac_sdk::account::{Account, Keystore, Password};

/// Longest wait for the first block.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);

/// A network that ends, and whose files go, with this value.
pub(super) struct Cluster {
    directory: Directory,
    pub(super) founded: Founded,
    members: Vec<Option<Process>>,
}

struct Directory(PathBuf);

impl Cluster {
    /// Founds a network and starts its members, which execute what they agree on or only carry it.
    ///
    /// # Errors
    /// Where the ceremony fails or a member cannot be started.
    pub(super) fn start(execution: Execution) -> anyhow::Result<Self> {
        Self::of(Devnet::organisations(), execution)
    }

    /// The same of other organisations.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub(super) fn of(
        organisations: Vec<NewOrganisation>,
        execution: Execution,
    ) -> anyhow::Result<Self> {
        let path = env::temp_dir().join(format!("theriac-bench-{:08x}", rand::random::<u32>()));
        let directory = Directory(path);
        fs::create_dir(&directory.0)
            .with_context(|| format!("cannot make {}", directory.0.display()))?;
        let devnet = Devnet {
            organisations,
            ..Devnet::new(directory.0.join("network"))
        };
        let founded = devnet.found()?;
        let members = founded.nodes.iter().enumerate();
        let members = members
            .map(|(index, node)| {
                let log = directory.0.join(format!("node{index}.log"));
                Ok(Some(Process(spawn(execution, node.root(), &log)?)))
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Self {
            directory,
            founded,
            members,
        })
    }

    /// Waits until every member serves the first block, which writes members and rules.
    ///
    /// # Errors
    /// Where that takes too long.
    pub(super) async fn first_block(&self) -> anyhow::Result<()> {
        let begun = Instant::now();
        for index in 0..self.members.len() {
            let door = self.door(index);
            while door.quantity("eth_blockNumber").await.unwrap_or(0) == 0 {
                ensure!(
                    begun.elapsed() < PATIENCE,
                    "no block became final in {PATIENCE:?}"
                );
                tokio::time::sleep(PAUSE).await;
            }
        }
        Ok(())
    }

    /// The members that run.
    pub(super) fn running(&self) -> impl Iterator<Item = &Process> {
        self.members.iter().flatten()
    }

    /// CPU seconds of all that run.
    ///
    /// # Errors
    /// Where one is gone.
    pub(super) fn cpu_seconds(&self) -> anyhow::Result<f64> {
        self.running().map(Process::cpu_seconds).sum()
    }

    /// Kills a member without warning.
    pub(super) fn kill(&mut self, index: usize) {
        self.members[index] = None;
    }

    /// Starts a member that was killed again.
    ///
    /// # Errors
    /// Where it cannot be started.
    pub(super) fn restart(&mut self, index: usize) -> anyhow::Result<()> {
        let log = self.directory.0.join(format!("node{index}.log"));
        let root = self.founded.nodes[index].root();
        self.members[index] = Some(Process(spawn(Execution::Full, root, &log)?));
        Ok(())
    }

    /// Where a member keeps the state, with its tree.
    pub(super) fn state(&self, index: usize) -> PathBuf {
        self.founded.nodes[index].storage()
    }

    /// Where a member keeps ciphertext.
    pub(super) fn vault(&self, index: usize) -> PathBuf {
        self.founded.nodes[index].vault()
    }

    /// A folder that goes with the network's files.
    pub(super) fn scratch(&self) -> &Path {
        &self.directory.0
    }

    /// The RPC of a member, without a login.
    pub(super) fn door(&self, index: usize) -> Door {
        Door::new(&format!(
            "http://{}",
            self.founded.network.charter.validators[index].rpc
        ))
    }

    /// The account of the organisation of a member.
    ///
    /// # Errors
    /// Where its keystore cannot be opened.
    pub(super) fn admin(&self, index: usize) -> anyhow::Result<Account> {
        let admin = &self.founded.admins[index];
        let password = Password::from_file(&admin.password)?;
        Ok(Keystore::read(&admin.keystore)?.open(&password)?)
    }

    pub(super) fn chain_id(&self) -> u64 {
        self.founded.network.charter.chain_id
    }

    /// What the members wrote to their logs, warnings and worse, the last of each.
    pub(super) fn last_words(&self) -> Vec<String> {
        let log = |index: usize| {
            let path = self.directory.0.join(format!("node{index}.log"));
            let text = fs::read_to_string(path).ok()?;
            Some(format!("node{index}: {}", text.lines().last()?))
        };
        (0..self.members.len()).filter_map(log).collect()
    }
}

fn spawn(
    execution: Execution,
    directory: &Path,
    log: &Path,
) -> anyhow::Result<std::process::Child> {
    let log = fs::File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let program = env::current_exe().context("where this program is")?;
    Command::new(program)
        .arg("--quiet")
        .args(match execution {
            Execution::Full => ["node"].as_slice(),
            Execution::Empty => &["bench", "member"],
        })
        .args(["--threads", "1", "--directory"])
        .arg(directory)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .context("cannot start a member")
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Drop for Cluster {
    /// Members end before their files go.
    fn drop(&mut self) {
        self.members.clear();
    }
}
