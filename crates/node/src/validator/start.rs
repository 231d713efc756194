//! Starts one member's node and stops it again.

use super::{
    accuse::accuse,
    bucket,
    door::VaultDoor,
    erasing::Erasing,
    history::HistoryNodes,
    keeping::{FinalState, KeeperDoor, NodeShares},
    orders::Orders,
    recorder::IndexRecorder,
    view::View,
};
use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Bytes};
use anyhow::{Context as _, anyhow};
use commonware_cryptography::{Signer as _, ed25519};
use commonware_runtime::{Metrics as _, Quota, Runner as _, Supervisor as _, tokio as runtime};
use std::{
    net::SocketAddr,
    sync::{Arc, atomic::AtomicBool},
    thread::JoinHandle,
};
use theriac_consensus::{
    Chain,
    application::Speculative,
    chain::Execution,
    committees::Committees,
    engine::quota,
    genesis::{Identity, Network, NodeDirectory},
    member::{self, Member, MemberConfig},
    mempool::{Mempool, PoolLimits},
    secrets::{FileSecretStore, JournalGuard},
    state::State,
};
use theriac_ledger::{
    block::{EpochInfo, PublicKey},
    index::Index,
};
use theriac_rpc::{Auth, RpcServer, system_clock};
use theriac_vault::{Store, Vault};
use tokio::sync::{broadcast, oneshot};

/// Messages of the vault's channel for each peer: pieces of several blobs at a time.
const VAULT_QUOTA: Quota = quota(4_096, 256);
/// Messages of the keepers' channel for each peer: one for each opening that is asked for.
const KEEPERS_QUOTA: Quota = quota(1_024, 128);
/// Final blocks that a slow subscriber may lag behind.
const SUBSCRIPTION_BLOCKS: usize = 1_024;

/// What a node is started with.
pub(crate) struct ValidatorConfig {
    /// Its directory, as `theriac genesis` makes it.
    pub(crate) directory: NodeDirectory,
    /// Where JSON-RPC listens; the identity file's address where absent.
    pub(crate) rpc_listen: Option<SocketAddr>,
    /// The account for which everything is open; logins are on where absent.
    pub(crate) open_to: Option<Address>,
    /// True to fetch the state from the other members.
    pub(crate) state_sync: bool,
    /// Full on every node but those that measure the engine alone.
    pub(crate) execution: Execution,
    /// Threads of the node.
    pub(crate) threads: usize,
}

/// A running node; it stops when this is dropped or stopped.
pub(crate) struct Running {
    /// Where its JSON-RPC answers.
    pub(crate) rpc: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<anyhow::Result<()>>>,
}

impl Running {
    /// Stops the node and waits until it has.
    ///
    /// # Errors
    /// What ended the node before.
    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        drop(self.stop.take());
        self.join()
    }

    /// Waits until the node ends by itself.
    ///
    /// # Errors
    /// What ended it.
    pub(crate) fn join(&mut self) -> anyhow::Result<()> {
        let Some(thread) = self.thread.take() else {
            return Ok(());
        };
        thread
            .join()
            .map_err(|_| anyhow!("the node stopped by a failure; see its log"))?
    }

    /// Whether the node still runs.
    pub(crate) fn is_running(&self) -> bool {
        self.thread
            .as_ref()
            .is_some_and(|thread| !thread.is_finished())
    }
}

/// Starts a node and returns once its JSON-RPC answers.
///
/// # Errors
/// Where its files cannot be used or its addresses are taken.
pub(crate) fn start(config: ValidatorConfig) -> anyhow::Result<Running> {
    let (stop, stopped) = oneshot::channel();
    let (ready, address) = std::sync::mpsc::channel();
    let thread = std::thread::Builder::new()
        .name("theriac-node".into())
        .spawn(move || run(config, ready, stopped))
        .context("cannot start the node's thread")?;
    match address.recv() {
        Ok(rpc) => Ok(Running {
            rpc,
            stop: Some(stop),
            thread: Some(thread),
        }),
        Err(_) => {
            let outcome = thread
                .join()
                .map_err(|_| anyhow!("the node failed while starting"))?;
            Err(outcome
                .err()
                .unwrap_or_else(|| anyhow!("the node ended while starting")))
        }
    }
}

fn run(
    config: ValidatorConfig,
    ready: std::sync::mpsc::Sender<SocketAddr>,
    stopped: oneshot::Receiver<()>,
) -> anyhow::Result<()> {
    let directory = &config.directory;
    let identity = Identity::read(&directory.identity()).context("the node's identity")?;
    let network = Network::read(&directory.network()).context("the network")?;
    let settings = runtime::Config::new()
        .with_worker_threads(config.threads)
        .with_thread_stack_size(16 << 20)
        .with_storage_directory(directory.storage());
    runtime::Runner::new(settings)
        .start(|context| serve(context, config, identity, network, ready, stopped))
}

async fn serve(
    context: runtime::Context,
    config: ValidatorConfig,
    identity: Identity,
    network: Network,
    ready: std::sync::mpsc::Sender<SocketAddr>,
    stopped: oneshot::Receiver<()>,
) -> anyhow::Result<()> {
    let directory = &config.directory;
    let chain = Arc::new(Chain {
        execution: config.execution,
        ..network.chain()
    });
    let index = Arc::new(Index::open(directory.index()).context("the index of blocks")?);
    let store = open_vault(directory, &identity).await?;
    let secrets = FileSecretStore::open(directory.secrets()).context("the node's secrets")?;
    let guard = JournalGuard::new(directory.storage(), directory.secrets());
    let (finalised, _) = broadcast::channel(SUBSCRIPTION_BLOCKS);
    let (admitted, _) = broadcast::channel(SUBSCRIPTION_BLOCKS);
    let mempool = Mempool::new(PoolLimits::default());

    let member = member::start(
        context.child("member"),
        MemberConfig {
            chain: chain.clone(),
            identity: identity.key.clone(),
            listen: identity.p2p_listen,
            secrets,
            permission: Arc::new(guard),
            recorder: Arc::new(IndexRecorder::new(
                index.clone(),
                finalised.clone(),
                config.state_sync,
            )),
            mempool: mempool.clone(),
            state_sync: config.state_sync,
            accuse: accuse(directory.double_votes()),
            extra_channels: vec![
                (
                    theriac_vault::CHANNEL,
                    VAULT_QUOTA,
                    theriac_vault::max_message_size(),
                ),
                (
                    theriac_keepers::CHANNEL,
                    KEEPERS_QUOTA,
                    theriac_keepers::max_message_size(),
                ),
            ],
        },
    );
    let Member {
        engine,
        mut extra_channels,
    } = member.await;
    let keepers_channel = extra_channels.pop().expect("two channels were asked for");
    let vault_channel = extra_channels.pop().expect("two channels were asked for");
    let members = vault_members(&engine.committees);
    let is_caught_up = Arc::new(AtomicBool::new(false));
    let vault_config = theriac_vault::Config {
        members: members.clone(),
        signing: Some(signing(&identity.key, network.charter.chain_id)),
        is_caught_up: is_caught_up.clone(),
        ..theriac_vault::Config::new(identity.key.public_key(), Vec::new(), store)
    };
    let (vault_handle, vault) = Vault::start(context.child("vault"), vault_config, vault_channel);
    let mut epochs = engine.committees.follow();
    tokio::spawn(async move {
        while let Some(info) = epochs.next().await {
            members.update(committee(&info));
        }
    });
    let orders = Arc::new(Orders::open(&directory.vault())?);

    let metrics = context.child("metrics");
    let view = Arc::new(View {
        identity: identity.key.public_key(),
        committees: engine.committees.clone(),
        double_votes: directory.double_votes(),
        history: HistoryNodes::default(),
        metrics: Arc::new(move || metrics.encode()),
        group_key: Bytes::from(network.group_key()),
        state: State::new(
            engine.database.clone().await,
            headers(engine.speculative.clone(), index.clone()),
        ),
        founding: chain,
        clock: system_clock(),
        index,
        marshal: engine.marshal.clone(),
        mempool,
        finalised,
        admitted,
    });
    let keepers_config = theriac_keepers::Config {
        chain_id: network.charter.chain_id,
        identity: identity.key.clone(),
        shares: Arc::new(NodeShares(engine.shares.clone())),
        finalised: Arc::new(FinalState(view.clone())),
        limits: theriac_keepers::Limits::default(),
    };
    let (keepers_handle, mailbox) =
        theriac_keepers::Keepers::start(context.child("keepers"), keepers_config, keepers_channel);
    let keeper = KeeperDoor {
        mailbox,
        shares: engine.shares.clone(),
        view: view.clone(),
    };
    let mut rpc = theriac_rpc::Config::new(network.charter.chain_id);
    rpc.listen = config.rpc_listen.unwrap_or(identity.rpc_listen);
    rpc.auth = config.open_to.map_or(Auth::On, Auth::Off);
    let erasing = Erasing {
        view: view.clone(),
        vault: vault.clone(),
        orders: orders.clone(),
        is_caught_up,
    };
    let erasing = tokio::spawn(erasing.run());
    let door = VaultDoor { vault, orders };
    let vault: Arc<dyn theriac_rpc::Vault> = Arc::new(door);
    let keeper: Arc<dyn theriac_rpc::Keepers> = Arc::new(keeper);
    let server = RpcServer::start(rpc, view, (Some(vault), keeper), system_clock())
        .await
        .context("cannot listen for JSON-RPC")?;
    let _ = ready.send(server.address());

    let mut actors: futures::stream::FuturesUnordered<_> = engine
        .handles
        .into_iter()
        .chain([vault_handle, keepers_handle])
        .collect();
    let ended = futures::StreamExt::next(&mut actors);
    let mut outdated = engine.outdated;
    tokio::select! {
        Ok(told) = outdated.wait_for(Option::is_some) => {
            let outdated = told.expect("it was waited for");
            Err(anyhow!(outdated))
        }
        _ = stopped => {
            erasing.abort();
            server.stop().await;
            Ok(())
        }
        _ = ended => Err(anyhow!("a part of the node stopped; see its log")),
    }
}

/// Opens the vault where waiting for a bucket holds nobody up.
async fn open_vault(directory: &NodeDirectory, identity: &Identity) -> anyhow::Result<Store> {
    let (directory, node) = (directory.clone(), identity.key.public_key());
    tokio::task::spawn_blocking(move || bucket::open_vault(&directory, &node))
        .await
        .context("opening the vault")?
        .context("the vault")
}

/// The committee of an epoch, in the order of its shards.
fn committee(info: &EpochInfo) -> theriac_vault::Committee<PublicKey> {
    theriac_vault::Committee {
        epoch: info.epoch.get(),
        members: info.output.players().iter().cloned().collect(),
    }
}

/// Who keeps ciphertext in the running epoch.
fn vault_members(committees: &Committees) -> theriac_vault::Members<PublicKey> {
    theriac_vault::Members::new(committee(&committees.current()))
}

/// Signs receipts for erased blobs with the node's identity key.
fn signing(key: &ed25519::PrivateKey, chain_id: u64) -> theriac_vault::Signing {
    let key = key.clone();
    theriac_vault::Signing::new(chain_id, move |namespace, message| {
        let signature = key.sign(namespace, message);
        let signature: &[u8] = signature.as_ref();
        signature.try_into().expect("a signature has 64 bytes")
    })
}

/// Finds the header of an applied block by its state root: among the blocks executed since the start,
/// or the last one on disk.
fn headers(speculative: Speculative, index: Arc<Index>) -> theriac_consensus::state::HeaderByRoot {
    Arc::new(move |root: B256| -> Option<Header> {
        if let Some(executed) = speculative.by_state_root(root) {
            return Some(executed.block.header().clone());
        }
        let (head, _) = index.head()?;
        (0..16)
            .filter_map(|back| index.header(head.checked_sub(back)?).ok().flatten())
            .find(|sealed| sealed.header.state_root == root)
            .map(|sealed| sealed.header)
    })
}
