//! What tests of clients need: a file that says where the network is, and an end that they control.

use super::{cast, network::Network};
use anyhow::Context as _;
use serde_json::json;
use std::{
    io::Read as _,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use theriac_contracts::codes::Role;

/// Enrols accounts for tests and writes the file, whole or not at all.
pub(super) async fn write(network: &Network, path: &Path) -> anyhow::Result<()> {
    let mut accounts = Vec::new();
    for name in ["tester-1", "tester-2", "tester-3"] {
        let person = cast::enrol(network, (name, Role::Physician, 0)).await?;
        let password = std::fs::read_to_string(network.password(name))?;
        accounts.push(json!({
            "address": person.account.address(),
            "privateKeyFile": network.keystore(name),
            "password": password.trim_end(),
        }));
    }
    let content = json!({
        "rpc": network.rpc(0),
        "ws": network.rpc(0).replacen("http", "ws", 1),
        "rpcs": network.rpcs_from(0),
        "chainId": network.chain_id(),
        "accounts": accounts,
        "groupKey": format!("0x{}", hex::encode(network.group_key())),
        "networkFile": network.file(),
        "nodes": network.node_directories(),
    });
    let partial = path.with_extension("partial");
    std::fs::write(&partial, content.to_string()).context("cannot write the ready file")?;
    std::fs::rename(&partial, path).context("cannot write the ready file")
}

/// Waits for Ctrl-C, a termination signal, the end of a member or, with `until_input_ends`, the end of
/// standard input.
pub(super) fn wait(until_input_ends: bool, runs: impl Fn() -> bool) -> anyhow::Result<()> {
    let ended = Arc::new(AtomicBool::new(false));
    if until_input_ends {
        let ended = ended.clone();
        std::thread::spawn(move || {
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            ended.store(true, Ordering::Relaxed);
        });
    }
    let told = crate::commands::wait_for_end(|| runs() && !ended.load(Ordering::Relaxed))?;
    anyhow::ensure!(
        told || ended.load(Ordering::Relaxed),
        "a member stopped; see its log"
    );
    Ok(())
}
