//! `theriac recovery`: guardians, and what they do when a key is lost.

mod approve;
mod cancel;
mod execute;
mod freeze;
mod guardians;
mod hand_over;
mod propose;
mod status;
mod veto;

use crate::{cli::Global, person::Person};
use clap::Subcommand;

/// Name guardians, and recover the control of a lost key.
///
/// Guardians whom you name move the control of your charts to a new key when yours is lost. After the last approval a delay runs, in which the
/// old key can veto: that makes more guardians necessary, up to all of them. Recovery shows nobody a data key.
#[derive(Debug, Subcommand)]
pub(crate) enum Recovery {
    Guardians(guardians::Guardians),
    Propose(propose::Propose),
    Approve(approve::Approve),
    Veto(veto::Veto),
    Freeze(freeze::Freeze),
    Cancel(cancel::Cancel),
    Execute(execute::Execute),
    Status(status::Status),
    HandOver(hand_over::HandOver),
}

impl Recovery {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let person = Person::new(global)?;
        match self {
            Self::Guardians(guardians) => guardians.run(&person).await,
            Self::Propose(propose) => propose.run(&person).await,
            Self::Approve(approve) => approve.run(&person).await,
            Self::Veto(veto) => veto.run(&person).await,
            Self::Freeze(freeze) => freeze.run(&person).await,
            Self::Cancel(cancel) => cancel.run(&person).await,
            Self::Execute(execute) => execute.run(&person).await,
            Self::Status(status) => status.run(&person).await,
            Self::HandOver(hand_over) => hand_over.run(&person, global).await,
        }
    }
}
