//! The stage: people, a chart with a record, an ordinary contract, and a server before them.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use alloy_primitives::{Address, B256, Log, address, b256};
use alloy_sol_types::SolEvent;
use theriac_contracts::{
    addresses,
    interfaces::{IAccess, IRecords, IRecovery},
};
use theriac_ledger::index::IndexedTransaction;
use theriac_rpc::{Auth, Chain, Config, Keepers, Limits, RpcServer, Vault};

use super::{Client, Key, MemoryChain, MemoryKeepers, MemoryVault, WALLET, transaction};

pub(crate) const CHAIN_ID: u64 = 7_777;
pub(crate) const NOW_MS: u64 = 1_795_429_800_000;
pub(crate) const CHART: B256 =
    b256!("c4a7000000000000000000000000000000000000000000000000000000000000");
pub(crate) const RECORD: B256 =
    b256!("4ec0000000000000000000000000000000000000000000000000000000000000");
/// An ordinary contract.
pub(crate) const COUNTER: Address = address!("00000000000000000000000000000000000000ef");

pub(crate) struct Fixture {
    pub(crate) server: RpcServer,
    pub(crate) chain: Arc<MemoryChain>,
    pub(crate) keepers: Arc<MemoryKeepers>,
    /// Without a token.
    pub(crate) nobody: Client,
    clock: Arc<AtomicU64>,
    /// Alice's registration of a record, in block 1.
    pub(crate) registration: IndexedTransaction,
    /// Bob's use of an ordinary contract, in block 2.
    pub(crate) ordinary: IndexedTransaction,
    /// Alice's refused request, in block 3.
    pub(crate) failed: IndexedTransaction,
}

impl Fixture {
    /// Enrolled, and a party of the chart.
    pub(crate) const ALICE: Key = Key(0x11);
    /// Enrolled, and no party.
    pub(crate) const BOB: Key = Key(0x22);
    /// Not enrolled.
    pub(crate) const MALLORY: Key = Key(0x33);

    pub(crate) async fn start() -> Self {
        Self::with(Config::new(CHAIN_ID)).await
    }

    pub(crate) async fn limited(limits: Limits) -> Self {
        Self::with(Config {
            limits,
            ..Config::new(CHAIN_ID)
        })
        .await
    }

    /// Without logins.
    pub(crate) async fn open() -> Self {
        let auth = Auth::Off(Self::BOB.address());
        Self::with(Config {
            auth,
            ..Config::new(CHAIN_ID)
        })
        .await
    }

    pub(crate) async fn with(config: Config) -> Self {
        let chain = MemoryChain::new();
        let [registration, ordinary, failed] = tell_the_story(&chain);
        let clock = Arc::new(AtomicU64::new(NOW_MS));
        let shared = clock.clone();
        let vault = Arc::new(MemoryVault::default());
        let time: theriac_rpc::Clock = Arc::new(move || shared.load(Ordering::Relaxed));
        let keepers = MemoryKeepers::new();
        let stores: (Option<Arc<dyn Vault>>, Arc<dyn Keepers>) = (Some(vault), keepers.clone());
        let server = RpcServer::start(config, chain.clone(), stores, time)
            .await
            .expect("a free port");
        let nobody = Client::new(format!("http://{}", server.address()));
        Self {
            server,
            chain,
            keepers,
            nobody,
            clock,
            registration,
            ordinary,
            failed,
        }
    }

    pub(crate) fn pass(&self, milliseconds: u64) {
        self.clock.fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// A client that is logged in.
    pub(crate) async fn client(&self, key: Key) -> Client {
        self.nobody.with_bearer(&self.nobody.login(key).await)
    }

    /// The hash of a block.
    pub(crate) async fn chain_block(&self, height: u64) -> B256 {
        self.chain
            .header(height)
            .await
            .unwrap()
            .expect("the block is there")
            .hash
    }

    /// The WebSocket address for someone who is logged in.
    pub(crate) async fn socket(&self, key: Key) -> String {
        let token = self.nobody.login(key).await;
        format!("ws://{}/t/{token}", self.server.address())
    }
}

fn tell_the_story(chain: &MemoryChain) -> [IndexedTransaction; 3] {
    let (alice, bob) = (Fixture::ALICE, Fixture::BOB);
    {
        let mut state = chain.state.lock();
        state
            .enrolled
            .extend([alice.address(), bob.address(), WALLET]);
        state.parties.insert((CHART, alice.address()));
        state.records.insert(RECORD, CHART);
        state.nonces.extend([
            (alice.address(), 2),
            (bob.address(), 1),
            (Fixture::MALLORY.address(), 5),
        ]);
    }
    let registration = transaction(alice, 0, addresses::RECORDS, b"register");
    let ordinary = transaction(bob, 0, COUNTER, b"count");
    let failed = transaction(alice, 1, addresses::ACCESS, b"request");
    chain.finalise(vec![(registration.clone(), Some(chart_logs()))]);
    chain.finalise(vec![(ordinary.clone(), Some(vec![ordinary_log()]))]);
    chain.finalise(vec![(failed.clone(), None)]);
    [registration, ordinary, failed]
}

/// What a registration and an entry of the chart's log emit.
pub(crate) fn chart_logs() -> Vec<Log> {
    let registered = IRecords::RecordRegistered {
        record: RECORD,
        chart: CHART,
        author: Fixture::ALICE.address(),
        ..Default::default()
    };
    let entry = IAccess::LogEntry {
        chart: CHART,
        actor: Fixture::ALICE.address(),
        ..Default::default()
    };
    vec![
        Log {
            address: addresses::RECORDS,
            data: registered.encode_log_data(),
        },
        Log {
            address: addresses::ACCESS,
            data: entry.encode_log_data(),
        },
    ]
}

/// What a guardian's proposal to recover Alice's key emits.
pub(crate) fn recovery_log() -> Log {
    let proposed = IRecovery::Proposed {
        account: Fixture::ALICE.address(),
        ..Default::default()
    };
    Log {
        address: addresses::RECOVERY,
        data: proposed.encode_log_data(),
    }
}

pub(crate) fn ordinary_log() -> Log {
    Log::new_unchecked(COUNTER, vec![B256::repeat_byte(1)], Default::default())
}

/// Limits under which no test runs out of rate.
pub(crate) fn unlimited() -> Limits {
    Limits {
        rate_per_second: 1_000_000,
        rate_burst: 1_000_000,
        anonymous_per_second: 1_000_000,
        ..Limits::default()
    }
}
