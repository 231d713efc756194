//! `theriac bench`: what `cargo xtask bench` runs; not shown in the help.

mod anvil;
mod author;
mod bare;
mod batch;
mod cluster;
mod door;
mod figures;
mod gateway;
mod keepers_bound;
mod ledger;
mod load;
mod member;
mod memory;
mod observer;
mod packs;
mod people;
mod phase;
mod plot;
mod prepare;
mod process;
mod replay;
mod seals;
mod shares;
mod times;
mod trials;
mod vault;
mod vault_bound;

use crate::cli::Global;
use clap::Subcommand;

/// Measure this build, for `cargo xtask bench`.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    Ledger(ledger::Ledger),
    Seals(seals::Seals),
    Vault(vault::Vault),
    Packs(packs::Packs),
    Trials(trials::Trials),
    #[command(hide = true)]
    Gateway(gateway::Gateway),
    #[command(hide = true)]
    Member(member::Member),
}

impl Bench {
    /// Measures and prints the figures, as the last line one JSON object with `--json`.
    ///
    /// # Errors
    /// Where a network cannot be started or what it does is not what is measured.
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        match self {
            Self::Ledger(ledger) => ledger.run(global.output()),
            Self::Seals(seals) => seals.run(global.output()),
            Self::Vault(vault) => vault.run(global.output()),
            Self::Packs(packs) => packs.run(global.output()),
            Self::Trials(trials) => trials.run(global.output()),
            Self::Gateway(gateway) => gateway.run(),
            Self::Member(member) => member.run(),
        }
    }
}
