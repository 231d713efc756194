//! `theriac directory`: the people of an organisation, and the organisations.

mod enrol;
mod key;
mod revoke;
mod show;

use crate::{cli::Global, person::Person};
use clap::Subcommand;

/// Enrol people, end their roles, and see who is who.
#[derive(Debug, Subcommand)]
pub(crate) enum Directory {
    Enrol(enrol::Enrol),
    Revoke(revoke::Revoke),
    Show(show::Show),
    Key(key::Key),
}

impl Directory {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let person = Person::new(global)?;
        match self {
            Self::Enrol(enrol) => enrol.run(&person).await,
            Self::Revoke(revoke) => revoke.run(&person).await,
            Self::Show(show) => show.run(&person).await,
            Self::Key(key) => key.run(&person).await,
        }
    }
}
