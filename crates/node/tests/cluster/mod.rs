//! Four members as processes of their own, on loopback.

#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod desk;
pub(crate) mod gateway;

use alloy_primitives::B256;
use serde_json::Value;
use std::{
    cell::RefCell,
    collections::BTreeMap,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};
use theriac_consensus::genesis::Identity;
use theriac_contracts::codes::{ProposalStatus, Role};
use theriac_sdk::{
    Client,
    account::{Account, Keystore, Password},
    directory::NewPerson,
    members::Change,
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
    /// Admin accounts of the organisations, by their identifiers from one on.
    admins: Vec<Arc<Account>>,
    /// Their keystore and password files.
    keystores: Vec<[PathBuf; 2]>,
    admin: Arc<Account>,
    runtime: Runtime,
    /// The first organisation's admin, by the members that are asked.
    clients: RefCell<BTreeMap<Vec<usize>, Client>>,
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
        Self::found_by(&[])
    }

    /// Founds a network whose epochs have `blocks` blocks.
    pub(crate) fn found_with(blocks: u64) -> Self {
        Self::found_by(&["--epoch-blocks", &blocks.to_string()])
    }

    /// Founds a network of these organisations, `NAME:KIND` each.
    pub(crate) fn found_of(organisations: &[&str]) -> Self {
        let arguments = organisations.iter().flat_map(|one| ["--organisation", one]);
        Self::found_by(&arguments.collect::<Vec<_>>())
    }

    fn found_by(arguments: &[&str]) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let out = directory.path().join("network");
        let mut command = theriac(&["genesis", "--validators", "4"]);
        let founded = json(command.args(arguments).arg("--out").arg(&out));
        let nodes = founded["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .map(node)
            .collect();
        let admins: Vec<_> = founded["admins"]
            .as_array()
            .expect("admins")
            .iter()
            .map(|admin| Arc::new(open(text(&admin["keystore"]), text(&admin["password"]))))
            .collect();
        let keystores = founded["admins"].as_array().expect("admins").iter();
        let keystores = keystores.map(|admin| {
            [
                text(&admin["keystore"]).into(),
                text(&admin["password"]).into(),
            ]
        });
        let keystores = keystores.collect();
        let admin = admins[0].clone();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        Self {
            directory,
            nodes,
            admins,
            keystores,
            admin,
            runtime,
            clients: RefCell::default(),
        }
    }

    /// Makes a machine that may become a validator, with the network's file and an identity of its own. It does not run.
    pub(crate) fn add_machine(&mut self) -> usize {
        let index = self.nodes.len();
        let directory = self.directory.path().join(format!("machine-{index}"));
        let [p2p, rpc] = free_addresses();
        let mut command = theriac(&["genesis", "identity", "--organisation", "1"]);
        command.args(["--p2p-address", &p2p, "--rpc-address", &rpc]);
        json(command.arg("--directory").arg(&directory));
        let network = "network.json";
        std::fs::copy(
            self.nodes[0].directory.join(network),
            directory.join(network),
        )
        .expect("the network's file is public");
        self.nodes.push(Node {
            directory,
            rpc: format!("http://{rpc}"),
            process: None,
        });
        index
    }

    /// The identity of a machine that was added, and where it listens.
    fn validator(&self, index: usize) -> (B256, String) {
        let identity = Identity::read(&self.nodes[index].directory.join("node.json"));
        let identity = identity.expect("each machine has an identity");
        let key = B256::from_slice(identity.public_key().as_ref());
        (key, identity.p2p_listen.to_string())
    }

    /// The identity of a machine as its status tells it.
    pub(crate) fn identity(&self, index: usize) -> String {
        self.validator(index).0.to_string()
    }

    /// Proposes that a machine becomes a validator of the first organisation, and has everybody agree.
    pub(crate) fn vote_in(&self, index: usize) {
        let (identity, location) = self.validator(index);
        self.decide(Change::AddValidator {
            identity,
            organisation: 1,
            location,
        });
    }

    /// Proposes that a validator leaves, and has everybody agree.
    pub(crate) fn vote_out(&self, index: usize) {
        let (identity, _) = self.validator(index);
        self.decide(Change::RemoveValidator { identity });
    }

    fn decide(&self, change: Change) {
        let client = self.client(&self.running_founders());
        let submitted = self
            .runtime
            .block_on(client.propose(change))
            .expect("proposed");
        for admin in &self.admins {
            let addresses: Vec<_> = self.running_founders();
            let addresses: Vec<_> = addresses
                .iter()
                .map(|index| self.nodes[*index].rpc.clone())
                .collect();
            let voter = Client::new(&addresses, Some(admin.clone())).expect("addresses are HTTP");
            // Who runs no validator may not vote, and nobody may once it is decided.
            let _ = self.runtime.block_on(voter.vote(submitted.proposal, true));
        }
        let proposal = self.runtime.block_on(client.proposal(submitted.proposal));
        let status = proposal.expect("it is there").status;
        assert_eq!(status, ProposalStatus::Accepted);
    }

    fn running_founders(&self) -> Vec<usize> {
        self.running()
            .into_iter()
            .filter(|index| *index < 4)
            .collect()
    }

    /// What a member tells of itself.
    pub(crate) fn status(&self, index: usize) -> Value {
        let client = self.client(&[index]);
        // First, since it logs in: a node tells the enrolled more.
        let organisations = self.runtime.block_on(client.organisations());
        organisations.expect("the admin may read");
        self.runtime
            .block_on(client.node_status())
            .expect("it answers")
    }

    /// The epoch of a member.
    pub(crate) fn epoch(&self, index: usize) -> u64 {
        let epoch = self.status(index)["epoch"].clone();
        let digits = text(&epoch)
            .strip_prefix("0x")
            .expect("a quantity")
            .to_owned();
        u64::from_str_radix(&digits, 16).expect("a quantity")
    }

    /// The identities in the running committee, as one of its members sees it.
    pub(crate) fn committee(&self, index: usize) -> Vec<String> {
        let status = self.status(index);
        let peers = status["peers"].as_array().expect("peers").iter();
        let others = peers.map(|peer| text(&peer["id"]).to_owned());
        others.chain([self.identity(index)]).collect()
    }

    /// Enrols people until `holds`.
    pub(crate) fn enrol_until(&self, holds: impl Fn(&Self) -> bool) {
        let started = Instant::now();
        while !holds(self) {
            assert!(started.elapsed() < 2 * PATIENCE, "waited in vain");
            self.enrol(4);
        }
    }

    /// Waits until a member's disk holds shares of `count` epochs and not more.
    pub(crate) fn expect_shares(&self, index: usize, count: usize) {
        let secrets = self.nodes[index].directory.join("secrets");
        self.eventually(
            &format!("shares of {count} epochs at member {index}"),
            || {
                let entries = std::fs::read_dir(&secrets).expect("secrets are there");
                let shares = entries
                    .filter_map(|entry| entry.ok()?.path().join("share").exists().then_some(()));
                shares.count() == count
            },
        );
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

    /// The first organisation's admin, at each member by itself.
    pub(crate) fn client_of_each(&self) -> Vec<Client> {
        (0..self.nodes.len())
            .map(|index| self.client(&[index]))
            .collect()
    }

    /// Keystore and password file of an organisation's admin, by its identifier.
    pub(crate) fn keystore(&self, organisation: usize) -> &[PathBuf; 2] {
        &self.keystores[organisation - 1]
    }

    /// A folder that lives as long as the network.
    pub(crate) fn workplace(&self) -> &Path {
        self.directory.path()
    }

    /// Where the JSON-RPC of all members answers, as the command line takes it.
    pub(crate) fn rpc_of_all(&self) -> String {
        let nodes = self.nodes.iter().map(|node| node.rpc.as_str());
        nodes.collect::<Vec<_>>().join(",")
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

    /// A client of some members, as the first organisation's admin.
    pub(crate) fn admin_at(&self, members: &[usize]) -> Client {
        self.client(members)
    }

    /// All that a member has on disk.
    pub(crate) fn folder(&self, index: usize) -> PathBuf {
        self.nodes[index].directory.clone()
    }

    /// What a member keeps of others.
    pub(crate) fn vault(&self, index: usize) -> PathBuf {
        self.folder(index).join("vault")
    }

    /// Checks an evidence bundle as a stranger would, with the network's file alone.
    pub(crate) fn verify(&self, evidence: &Value) {
        let file = self.directory.path().join("evidence.json");
        std::fs::write(&file, evidence.to_string()).expect("written");
        let mut command = theriac(&["verify"]);
        command.arg(&file).arg("--network");
        json(command.arg(self.nodes[0].directory.join("network.json")));
    }

    /// The same client for the same members, so that it logs in once.
    fn client(&self, members: &[usize]) -> Client {
        let mut clients = self.clients.borrow_mut();
        let client = clients.entry(members.to_vec()).or_insert_with(|| {
            let addresses = members.iter().map(|index| self.nodes[*index].rpc.clone());
            let addresses: Vec<_> = addresses.collect();
            let client = Client::new(&addresses, Some(self.admin.clone()));
            client.expect("addresses are HTTP")
        });
        client.clone()
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

fn theriac(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
    command.arg("--json").args(arguments);
    command
}

fn json(command: &mut Command) -> Value {
    let output = command.output().expect("theriac runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

fn free_addresses() -> [String; 2] {
    let bound = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    bound.map(|listener| listener.local_addr().expect("bound").to_string())
}
