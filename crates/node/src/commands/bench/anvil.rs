//! The peer: one anvil, without consensus and without durability, with a contract that does as much as `register`.

use super::{
    author::Author,
    batch::{self, Batch, Plan},
    door::Door,
    load::{Pace, drive},
    phase::Phase,
    process::Process,
};
use alloy_primitives::{TxKind, hex};
use anyhow::{Context as _, ensure};
use std::{
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use theriac_sdk::account::Account;

/// Creation code of `equal_call.sol`, by solc 0.8 with the optimiser for 1,000,000 runs.
const EQUAL_CALL: &str = include_str!("equal_call.hex");
const CREATION_GAS: u64 = 3_000_000;
/// About the ledger's own rhythm under load. Without it, anvil makes a block of each batch, which costs it most of its
/// throughput.
const BLOCK_SECONDS: &str = "0.1";
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// Sends `transactions` equal calls of as many accounts as the ledger's load had, in the same batches.
///
/// # Errors
/// Where anvil cannot be started or does not do what is asked.
pub(super) async fn measure(
    program: &Path,
    members: &[usize],
    (plan, pace): (Plan, Pace),
) -> anyhow::Result<Phase> {
    let (_process, door) = start(program, plan.chain_id).await?;
    let doors = [door.clone()];
    let mut deployer = Author::new(Account::generate(), 0);
    let code = hex::decode(EQUAL_CALL.trim()).expect("the creation code is hexadecimal");
    let creation = deployer.sign(plan.chain_id, (TxKind::Create, CREATION_GAS, code));
    let created = drive(
        &doors,
        &door,
        &[Batch::new(0, &[creation])],
        Pace::Window(1),
    )
    .await?;
    ensure!(
        created.finals() == 1,
        "anvil did not take the contract: {:?}",
        created.errors
    );
    let to = deployer.account.address().create(0);
    let mut authors: Vec<_> = members
        .iter()
        .map(|member| Author::new(Account::generate(), *member))
        .collect();
    let batches = batch::sign(
        &mut authors,
        Plan {
            to,
            doors: 1,
            ..plan
        },
    );
    drive(&doors, &door, &batches, pace).await
}

async fn start(program: &Path, chain_id: u64) -> anyhow::Result<(Process, Door)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let child = Command::new(program)
        .args([
            "--silent",
            "--order",
            "fifo",
            "--base-fee",
            "0",
            "--gas-price",
            "0",
        ])
        .args(["--gas-limit", "200000000", "--port", &port.to_string()])
        .args(["--chain-id", &chain_id.to_string()])
        .args(["--block-time", BLOCK_SECONDS])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let (process, door) = (
        Process(child),
        Door::new(&format!("http://127.0.0.1:{port}")),
    );
    let begun = Instant::now();
    while door.quantity("eth_blockNumber").await.is_err() {
        ensure!(
            begun.elapsed() < PATIENCE,
            "anvil did not answer in {PATIENCE:?}"
        );
        tokio::time::sleep(PAUSE).await;
    }
    Ok((process, door))
}
