//! `theriac vault`: blobs as the members keep them, for operators.

mod get;
mod put;
mod scrub;
mod status;

use crate::{cli::Global, person::Person};
use clap::Subcommand;

/// Put and get blobs as the members keep them, and see to a node's vault.
///
/// A blob is stored as it is: encrypt it first. Health records are added with theriac record add, which does.
#[derive(Debug, Subcommand)]
pub(crate) enum Vault {
    Put(put::Put),
    Get(get::Get),
    Status(status::Status),
    Scrub(scrub::Scrub),
}

impl Vault {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let person = Person::new(global)?;
        match self {
            Self::Put(put) => put.run(&person).await,
            Self::Get(get) => get.run(&person).await,
            Self::Status(status) => status.run(&person).await,
            Self::Scrub(scrub) => scrub.run(&person).await,
        }
    }
}
