//! `theriac access rule`.

mod deploy;
mod inspect;
mod list;
mod point;
mod remove;
mod set;

use crate::person::Person;
use clap::Subcommand;

/// Set, list and remove the rules of your chart: who is denied or admitted without you being asked.
///
/// Rules are either native, which `set` adds, or contracts on the ledger, at which `point` points kinds of sealed records.
#[derive(Debug, Subcommand)]
pub(crate) enum Rule {
    Set(set::Set),
    List(list::List),
    Remove(remove::Remove),
    Inspect(inspect::Inspect),
    Point(point::Point),
    Deploy(deploy::Deploy),
}

impl Rule {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        match self {
            Self::Set(set) => set.run(person).await,
            Self::List(list) => list.run(person).await,
            Self::Remove(remove) => remove.run(person).await,
            Self::Inspect(inspect) => inspect.run(person).await,
            Self::Point(point) => point.run(person).await,
            Self::Deploy(deploy) => deploy.run(person).await,
        }
    }
}
