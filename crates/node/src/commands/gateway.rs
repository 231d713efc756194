//! `theriac gateway`: an organisation's own doors.

mod file;
mod init;
mod partner;
mod run;
mod token;
mod trials;

use crate::cli::Global;
use clap::Subcommand;

/// Run your organisation's gateway: EPCIS 2.0 for your partners, and packs for your pharmacy.
#[derive(Debug, Subcommand)]
pub(crate) enum Gateway {
    Init(init::Init),
    Partner(partner::Partner),
    Run(run::Run),
}

impl Gateway {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        match self {
            Self::Init(init) => init.run(global),
            Self::Partner(partner) => partner.run(global),
            Self::Run(run) => run.run(global),
        }
    }
}
