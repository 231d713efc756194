//! Four members as processes of their own, on loopback.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};
use theriac_contracts::codes::Role;
use theriac_sdk::{
    Client,
    account::{Account, Keystore, Password},
    directory::NewPerson,
};
use tokio::runtime::Runtime;

/// Longest wait for anything that must happen.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long a standstill is observed: several times what a block needs.
const STANDSTILL: Duration = Duration::from_secs(8);
const PAUSE: Duration = Duration::from_millis(200);

/// A network of four processes.
pub(crate) struct Cluster {
    directory: tempfile::TempDir,
    nodes: Vec<Node>,
    admin: Arc<Account>,
    runtime: Runtime,
}

struct Node {
    directory: PathBuf,
    rpc: String,
    process: Option<Child>,
}

/// A transaction that was acknowledged as final.
pub(crate) type Acknowledged = Vec<alloy_primitives::B256>;

impl Cluster {
    /// Founds a network; nothing runs yet.
    pub(crate) fn found() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let out = directory.path().join("network");
        let output = Command::new(env!("CARGO_BIN_EXE_theriac"))
            .args(["--json", "genesis", "--validators", "4", "--out"])
            .arg(&out)
            .output()
            .expect("theriac genesis runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let founded: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
        let nodes = founded["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .map(node)
            .collect();
        let admin = &founded["admins"][0];
        let admin = Arc::new(open(text(&admin["keystore"]), text(&admin["password"])));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        Self {
            directory,
            nodes,
            admin,
            runtime,
        }
    }

    /// Starts all members and waits until each answers.
    pub(crate) fn start_all(&mut self) {
        for index in 0..self.nodes.len() {
            self.spawn(index, false);
        }
        self.await_blocks();
    }

    /// Starts all members again after a kill of all.
    pub(crate) fn start_all_again(&mut self) {
        self.start_all();
    }

    /// Starts a member; with `sync`, it fetches the state from the others.
    pub(crate) fn spawn(&mut self, index: usize, sync: bool) {
        let log = self.directory.path().join(format!("node-{index}.log"));
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(log)
            .expect("a log");
        let node = &mut self.nodes[index];
        let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
        command
            .arg("node")
            .arg("--directory")
            .arg(&node.directory)
            .args(["--threads", "1"]);
        if sync {
            command.arg("--sync");
        }
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("theriac node starts");
        node.process = Some(process);
    }

    /// Starts a member and waits until it follows the chain.
    pub(crate) fn restart(&mut self, index: usize, sync: bool) {
        self.spawn(index, sync);
        let process = self.nodes[index].process.as_mut().expect("just started");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("piped");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("the node's first line");
        assert!(line.contains("http"), "the node did not start: {line}");
    }

    /// Kills a member without warning.
    pub(crate) fn kill(&mut self, index: usize) {
        if let Some(mut process) = self.nodes[index].process.take() {
            process.kill().expect("the process can be killed");
            process.wait().expect("the process ends");
        }
    }

    /// Kills all members.
    pub(crate) fn kill_all(&mut self) {
        for index in 0..self.nodes.len() {
            self.kill(index);
        }
    }

    /// Removes what a member stored, but not its secrets.
    pub(crate) fn wipe_storage(&self, index: usize) {
        let directory = &self.nodes[index].directory;
        std::fs::remove_dir_all(directory.join("storage")).expect("storage is there");
        std::fs::remove_file(directory.join("index.redb")).expect("the index is there");
    }

    /// Enrols `count` people and returns what was acknowledged.
    pub(crate) fn enrol(&self, count: usize) -> Acknowledged {
        (0..count).map(|_| self.enrol_one()).collect()
    }

    /// Enrols `count` people, killing member `victim` after a third of them.
    pub(crate) fn enrol_while_killing(&mut self, victim: usize, count: usize) -> Acknowledged {
        let mut acknowledged = self.enrol(count / 3);
        self.kill(victim);
        acknowledged.extend(self.enrol(count - count / 3));
        acknowledged
    }

    fn enrol_one(&self) -> alloy_primitives::B256 {
        let started = Instant::now();
        loop {
            let person = NewPerson {
                account: Account::generate().address(),
                role: Role::Nurse,
                expiry: 0,
                name: "a nurse",
                licence: None,
            };
            let client = self.client(&self.running());
            match self.runtime.block_on(client.enrol(person)) {
                Ok(enrolment) => return enrolment.transaction,
                Err(error) => assert!(started.elapsed() < PATIENCE, "not enrolled: {error}"),
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Waits until every member has every acknowledged transaction.
    pub(crate) fn expect_at_all(&self, acknowledged: &Acknowledged) {
        for index in 0..self.nodes.len() {
            self.expect_at(index, acknowledged);
        }
    }

    /// Waits until a member has every acknowledged transaction.
    pub(crate) fn expect_at(&self, index: usize, acknowledged: &Acknowledged) {
        let client = self.client(&[index]);
        for hash in acknowledged {
            self.eventually(&format!("{hash} at member {index}"), || {
                matches!(self.runtime.block_on(client.receipt(*hash)), Ok(Some(_)))
            });
        }
    }

    /// Observes that no block becomes final.
    pub(crate) fn expect_standstill(&self) {
        // What was under way may still finish.
        std::thread::sleep(Duration::from_secs(2));
        let before = self.highest();
        std::thread::sleep(STANDSTILL);
        assert_eq!(self.highest(), before, "the chain went on without a quorum");
    }

    /// Waits until all members have the same block at some common height.
    pub(crate) fn expect_agreement(&self) {
        let height = self.highest();
        self.eventually("agreement", || {
            let hashes: Vec<_> = (0..self.nodes.len())
                .map(|index| self.block_hash(index, height))
                .collect();
            hashes
                .iter()
                .all(|hash| hash.is_some() && *hash == hashes[0])
        });
    }

    fn block_hash(&self, index: usize, height: u64) -> Option<String> {
        let client = self.client(&[index]);
        let parameters = [
            serde_json::json!(format!("{height:#x}")),
            serde_json::json!(false),
        ];
        let block: Value = self
            .runtime
            .block_on(client.nodes().request("eth_getBlockByNumber", &parameters))
            .ok()?;
        Some(block["hash"].as_str()?.to_owned())
    }

    fn await_blocks(&self) {
        for index in self.running() {
            let client = self.client(&[index]);
            self.eventually(
                &format!("a block at member {index}"),
                || matches!(self.runtime.block_on(client.height()), Ok(height) if height > 1),
            );
        }
    }

    fn highest(&self) -> u64 {
        let heights = self
            .running()
            .into_iter()
            .filter_map(|index| self.runtime.block_on(self.client(&[index]).height()).ok());
        heights.max().expect("a member answers")
    }

    fn running(&self) -> Vec<usize> {
        (0..self.nodes.len())
            .filter(|index| self.nodes[*index].process.is_some())
            .collect()
    }

    /// Runs what a test does as a client.
    pub(crate) fn block_on<T>(&self, story: impl Future<Output = T>) -> T {
        self.runtime.block_on(story)
    }

    /// Where the JSON-RPC of a member answers.
    pub(crate) fn rpc(&self, index: usize) -> &str {
        &self.nodes[index].rpc
    }

    /// The first organisation's admin, at all members.
    pub(crate) fn admin_client(&self) -> Client {
        self.client_of(self.admin.clone())
    }

    /// An account at all members.
    pub(crate) fn client_of(&self, account: Arc<Account>) -> Client {
        let addresses: Vec<_> = self.nodes.iter().map(|node| node.rpc.clone()).collect();
        Client::new(&addresses, Some(account)).expect("addresses are HTTP")
    }

    fn client(&self, members: &[usize]) -> Client {
        let addresses: Vec<_> = members
            .iter()
            .map(|index| self.nodes[*index].rpc.clone())
            .collect();
        Client::new(&addresses, Some(self.admin.clone())).expect("addresses are HTTP")
    }

    fn eventually(&self, what: &str, holds: impl Fn() -> bool) {
        let started = Instant::now();
        while !holds() {
            assert!(started.elapsed() < PATIENCE, "waited in vain for {what}");
            std::thread::sleep(PAUSE);
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill_all();
    }
}

fn node(value: &Value) -> Node {
    Node {
        directory: text(&value["directory"]).into(),
        rpc: format!("http://{}", text(&value["rpc"])),
        process: None,
    }
}

fn open(keystore: &str, password: &str) -> Account {
    let password = Password::from_file(Path::new(password)).expect("a password file");
    let keystore = Keystore::read(Path::new(keystore)).expect("a keystore file");
    keystore
        .open(&password)
        .expect("the password opens the keystore")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}
