//! `theriac member`: who runs the network, and the votes by which that changes.

mod change;
mod list;
mod propose;
mod settle;
mod vote;

use crate::{cli::Global, person::Person};
use clap::Subcommand;

/// See who runs the network, propose changes of that, and vote on them.
#[derive(Debug, Subcommand)]
pub(crate) enum Member {
    List(list::List),
    #[command(subcommand)]
    Propose(propose::Propose),
    Vote(vote::Vote),
    Settle(settle::Settle),
}

impl Member {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let person = Person::new(global)?;
        match self {
            Self::List(list) => list.run(&person).await,
            Self::Propose(propose) => propose.run(&person).await,
            Self::Vote(vote) => vote.run(&person).await,
            Self::Settle(settle) => settle.run(&person).await,
        }
    }
}
