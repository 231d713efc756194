//! `theriac vault scrub`.

use super::status::{number, text};
use crate::person::Person;
use clap::Args;
use std::time::Duration;

/// Have a node read all that its vault holds, and repair what is damaged or missing.
///
/// Nodes do so by themselves several times a day. This begins at once, waits for the end and shows what was found.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac vault scrub --account admin.json\n\nNext:\n  theriac vault status"
)]
pub(crate) struct Scrub {
    /// Begin, and do not wait for the end.
    #[arg(long)]
    no_wait: bool,
}

impl Scrub {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("reading and repairing");
        let before = person.client.vault_status().await?;
        person.client.scrub_vault().await?;
        let mut status = person.client.vault_status().await?;
        while !self.no_wait && number(&status, "scrubs") == number(&before, "scrubs") {
            tokio::time::sleep(Duration::from_millis(500)).await;
            status = person.client.vault_status().await?;
        }
        drop(progress);
        person.output.result(&status, &text(&status))
    }
}
