//! `theriac recovery hand-over`.

use super::execute::UNREADABLE;
use crate::{
    arguments::{self, Expiry, utc},
    cli::Global,
    person::{Person, unlock},
};
use clap::Args;
use serde_json::json;
use std::{path::PathBuf, sync::Arc};
use theriac_sdk::Client;

/// Put a new key of yours in the place of this one, for a new device.
///
/// Without guardians it is done at once. With guardians the first call announces it and the same call after their delay does it, so that a thief cannot
/// take your control along before they recover it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac recovery hand-over --to new.json --account old.json\n\nNext:\n  theriac directory key --account new.json"
)]
pub(crate) struct HandOver {
    /// The keystore file of the new key, which is enrolled nowhere.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// A file whose first line is the password of the new keystore; without it, the password is asked for.
    #[arg(long, value_name = "FILE")]
    to_password_file: Option<PathBuf>,
    /// Until when the new key's consent counts: 1h, a day, or unix seconds.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry, default_value = "1h")]
    consent_until: Expiry,
}

impl HandOver {
    pub(super) async fn run(self, person: &Person, global: &Global) -> anyhow::Result<()> {
        let account = person.client.account()?.address();
        let new = unlock(&self.to, self.to_password_file.as_deref(), person.output)?;
        let successor = new.address();
        let signer = Client::new(&global.rpc, Some(Arc::new(new)))?;
        let progress = person.output.progress("handing over");
        let deadline = self.consent_until.seconds();
        let signed = signer
            .sign_succession(&person.client, account, deadline)
            .await?;
        let handed = person.client.hand_over(&signed, &signer).await?;
        let moved = match handed.announced {
            Some(_) => None,
            None => signer.succession(account).await?,
        };
        drop(progress);
        let value = json!({
            "account": account, "successor": successor, "announced": handed.announced, "done": handed.announced.is_none(),
            "height": handed.height, "transaction": handed.transaction,
        });
        let text = match handed.announced {
            Some(from) => {
                let from = utc(from.saturating_mul(1_000));
                format!("announced; say the same again from {from} on")
            }
            None => format!("{successor} stands in the place of {account}; {UNREADABLE}"),
        };
        person.output.result(&value, &text)?;
        let left = moved.is_some_and(|found| found.moved < found.charts);
        if left {
            person
                .output
                .next("move the remaining charts: theriac recovery execute, with the new key");
        }
        Ok(())
    }
}
