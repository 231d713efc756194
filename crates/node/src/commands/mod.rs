//! The commands, one file each.

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod bench;
pub(crate) mod dataset;
pub(crate) mod delegate;
pub(crate) mod demo;
pub(crate) mod directory;
pub(crate) mod epcis;
pub(crate) mod gateway;
pub(crate) mod genesis;
pub(crate) mod gs1;
pub(crate) mod member;
pub(crate) mod node;
pub(crate) mod odm;
pub(crate) mod pack;
pub(crate) mod record;
pub(crate) mod recovery;
pub(crate) mod status;
pub(crate) mod trial;
pub(crate) mod vault;
pub(crate) mod verify;
pub(crate) mod watch;

use crate::cli::{Cli, Command};
use anyhow::Context as _;

/// Runs the command. Commands of a client share one runtime; those that run nodes bring their own.
///
/// # Errors
/// Those of the command; see the exit codes in the help.
pub(crate) fn run(cli: Cli) -> anyhow::Result<()> {
    let Cli { global, command } = cli;
    match command {
        Command::Demo(demo) => demo.run(&global),
        Command::Genesis(genesis) => genesis.run(&global),
        Command::Node(node) => node.run(&global),
        Command::Status(status) => block_on(status.run(&global)),
        Command::Watch(watch) => block_on(watch.run(&global)),
        Command::Account(account) => account.run(&global),
        Command::Directory(directory) => block_on(directory.run(&global)),
        Command::Member(member) => block_on(member.run(&global)),
        Command::Pack(pack) => block_on(pack.run(&global)),
        Command::Trial(trial) => block_on(trial.run(&global)),
        Command::Gateway(gateway) => gateway.run(&global),
        Command::Record(record) => block_on(record.run(&global)),
        Command::Access(access) => block_on(access.run(&global)),
        Command::Delegate(delegate) => block_on(delegate.run(&global)),
        Command::Recovery(recovery) => block_on(recovery.run(&global)),
        Command::Vault(vault) => block_on(vault.run(&global)),
        Command::Verify(verify) => verify.run(&global),
        Command::Gs1(gs1) => gs1.run(&global),
        Command::Epcis(epcis) => epcis.run(&global),
        Command::Odm(odm) => odm.run(&global),
        Command::Dataset(dataset) => dataset.run(&global),
        Command::Bench(bench) => bench.run(&global),
    }
}

fn block_on(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime
        .context("cannot start the runtime")?
        .block_on(command)
}

/// Waits for Ctrl-C, a termination signal or the end of what runs; true when it was told to end.
///
/// # Errors
/// Where signals cannot be received.
pub(crate) fn wait_for_end(runs: impl Fn() -> bool) -> anyhow::Result<bool> {
    use tokio::signal::unix::{SignalKind, signal};
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime
        .context("cannot start the runtime")?
        .block_on(async {
            let mut interrupt = signal(SignalKind::interrupt())?;
            let mut terminate = signal(SignalKind::terminate())?;
            let mut check = tokio::time::interval(std::time::Duration::from_millis(250));
            loop {
                tokio::select! {
                    _ = interrupt.recv() => return Ok(true),
                    _ = terminate.recv() => return Ok(true),
                    _ = check.tick() => if !runs() { return Ok(false) },
                }
            }
        })
}
