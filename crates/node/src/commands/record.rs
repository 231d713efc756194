//! `theriac record`: health records, encrypted where they are made.

mod add;
mod amend;
mod erase;
mod hold;
mod list;
mod show;
mod withdraw;

use crate::{cli::Global, person::Person};
use clap::Subcommand;

/// Add health records and see what the ledger holds of them.
#[derive(Debug, Subcommand)]
pub(crate) enum Record {
    Add(add::Add),
    List(list::List),
    Show(show::Show),
    Amend(amend::Amend),
    Withdraw(withdraw::Withdraw),
    Erase(erase::Erase),
    Hold(hold::Hold),
}

impl Record {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let person = Person::new(global)?;
        match self {
            Self::Add(add) => add.run(&person).await,
            Self::List(list) => list.run(&person).await,
            Self::Show(show) => show.run(&person).await,
            Self::Amend(amend) => amend.run(&person).await,
            Self::Withdraw(withdraw) => withdraw.run(&person).await,
            Self::Erase(erase) => erase.run(&person).await,
            Self::Hold(hold) => hold.run(&person).await,
        }
    }
}
