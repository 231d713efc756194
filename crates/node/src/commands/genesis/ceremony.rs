//! The ceremony on real sockets and disks, and what it leaves in a node's directory.

use std::{
    fs, io,
    net::{SocketAddr, TcpListener},
    path::Path,
    thread,
    time::Duration,
};

use anyhow::{Context as _, anyhow, bail};
use commonware_consensus::types::Epoch;
use commonware_runtime::{Runner as _, Spawner as _, Supervisor as _, tokio};
use theriac_consensus::{
    genesis::{
        CeremonyError, Charter, Completed, Identity, Network, NodeDirectory, ParticipantConfig,
        participate_on_sockets,
    },
    secrets::FileSecretStore,
};

/// How long the members of one machine may take: seconds in fact.
const TOGETHER_TIMEOUT: Duration = Duration::from_secs(120);

type Outcome = Result<Completed, CeremonyError>;

/// Holds the ceremony among all members in this process and founds every node.
pub(super) fn together(
    charter: &Charter,
    members: &[Identity],
    nodes: &[NodeDirectory],
    attempts: u32,
) -> anyhow::Result<Network> {
    for attempt in 1..=attempts {
        let configs = members.iter().zip(nodes).map(|(member, node)| {
            let config = configure(charter, member, node, attempt)?;
            Ok(ParticipantConfig {
                timeout: TOGETHER_TIMEOUT,
                ..config
            })
        });
        let configs = configs.collect::<anyhow::Result<Vec<_>>>()?;
        let storage = nodes
            .first()
            .context("a network has a validator")?
            .ceremony_storage();
        let outcomes: Result<Vec<_>, _> = run(&storage, configs)?.into_iter().collect();
        match outcomes {
            Ok(completed) => return found_all(charter, nodes, completed),
            Err(error @ (CeremonyError::Revealed(_) | CeremonyError::Failed))
                if attempt < attempts =>
            {
                tracing::warn!(%error, attempt, "the ceremony is repeated");
                nodes.iter().try_for_each(forget_ceremony)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    bail!("a ceremony needs at least one attempt")
}

/// Takes part as one member, the others being elsewhere, and founds this node.
pub(super) fn alone(
    charter: &Charter,
    member: &Identity,
    node: &NodeDirectory,
    (attempt, timeout): (u32, Duration),
) -> anyhow::Result<(Network, Completed)> {
    let config = ParticipantConfig {
        timeout,
        ..configure(charter, member, node, attempt)?
    };
    let outcome = run(&node.ceremony_storage(), vec![config])?
        .pop()
        .context("one participant, one outcome")?;
    let completed = outcome?;
    let network = found(charter, node, completed.clone())?;
    forget_ceremony(node)?;
    Ok((network, completed))
}

fn configure(
    charter: &Charter,
    member: &Identity,
    node: &NodeDirectory,
    attempt: u32,
) -> anyhow::Result<ParticipantConfig<FileSecretStore>> {
    check_free(member.p2p_listen)?;
    Ok(ParticipantConfig {
        identity: member.key.clone(),
        listen: member.p2p_listen,
        participants: charter.participants(),
        secrets: FileSecretStore::open(node.ceremony_secrets())?,
        partition: format!("ceremony-{}", member.public_key()),
        chain_id: charter.chain_id,
        attempt,
        charter: charter.digest(),
        revealed_max: 0,
        timeout: Duration::ZERO,
    })
}

/// The engine takes a port that is in use for a defect and stops the program: ask first.
fn check_free(listen: SocketAddr) -> anyhow::Result<()> {
    TcpListener::bind(listen)
        .map(drop)
        .with_context(|| format!("cannot listen on {listen}"))
}

/// Runs all participants in a runtime of their own, on a thread of its own: a caller may be inside another runtime.
fn run(
    storage: &Path,
    configs: Vec<ParticipantConfig<FileSecretStore>>,
) -> anyhow::Result<Vec<Outcome>> {
    let settings = tokio::Config::new()
        .with_storage_directory(storage)
        .with_tcp_nodelay(Some(true));
    let runtime = move || {
        tokio::Runner::new(settings).start(async move |context| {
            let tasks: Vec<_> = (0_u64..)
                .zip(configs)
                .map(|(number, config)| {
                    let context = context
                        .child("participant")
                        .with_attribute("number", number);
                    context.spawn(move |context| participate_on_sockets(context, config))
                })
                .collect();
            let mut outcomes = Vec::new();
            for task in tasks {
                outcomes.push(task.await.unwrap_or(Err(CeremonyError::Stopped)));
            }
            outcomes
        })
    };
    let thread = thread::Builder::new()
        .name("ceremony".to_owned())
        .spawn(runtime)?;
    thread
        .join()
        .map_err(|_| anyhow!("the ceremony stopped on a failure of its storage; see the log"))
}

fn found_all(
    charter: &Charter,
    nodes: &[NodeDirectory],
    completed: Vec<Completed>,
) -> anyhow::Result<Network> {
    let mut network = None;
    for (node, completed) in nodes.iter().zip(completed) {
        network = Some(found(charter, node, completed)?);
    }
    nodes.iter().try_for_each(forget_ceremony)?;
    network.context("a network has a validator")
}

/// Puts the share into the node's own store, then the network's file: a node with that file has its share.
fn found(charter: &Charter, node: &NodeDirectory, completed: Completed) -> anyhow::Result<Network> {
    let network = Network::new(charter.clone(), completed.info)?;
    FileSecretStore::open(node.secrets())?.keep_share(Epoch::zero(), &completed.share)?;
    network.write(&node.network())?;
    Ok(network)
}

/// Destroys the secrets of the ceremony and removes its storage.
fn forget_ceremony(node: &NodeDirectory) -> anyhow::Result<()> {
    FileSecretStore::open(node.ceremony_secrets())?.destroy()?;
    let directory = node.ceremony_storage();
    match fs::remove_dir_all(&directory) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", directory.display()))
        }
        Ok(()) | Err(_) => {
            let _ = directory.parent().map(fs::remove_dir);
            Ok(())
        }
    }
}
