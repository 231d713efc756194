//! `theriac delegate`: who acts for the controller of a chart.

mod appoint;
mod dismiss;
mod list;

use crate::{cli::Global, person::Person};
use clap::Subcommand;

/// Appoint guardians and proxies who decide requests for you, dismiss them, and see who they are.
#[derive(Debug, Subcommand)]
pub(crate) enum Delegate {
    Appoint(appoint::Appoint),
    Dismiss(dismiss::Dismiss),
    List(list::List),
}

impl Delegate {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let person = Person::new(global)?;
        match self {
            Self::Appoint(appoint) => appoint.run(&person).await,
            Self::Dismiss(dismiss) => dismiss.run(&person).await,
            Self::List(list) => list.run(&person).await,
        }
    }
}
