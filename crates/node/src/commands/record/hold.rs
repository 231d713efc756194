//! `theriac record hold`.

use crate::{
    arguments::{self, Expiry, utc},
    output::table,
    person::Person,
};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;

/// Keep a record from being erased for a time, as the law may want; without options, show until when it is held.
///
/// Its author does so, or an administrator of the author's organisation. A hold keeps nobody from withdrawing the record.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac record hold 0x... --until 2036-12-31 --account doctor.json\n  theriac record hold 0x... --release --account admin.json\n\nNext:\n  theriac record hold ID"
)]
pub(crate) struct Hold {
    /// The record.
    #[arg(value_name = "RECORD", value_parser = arguments::id)]
    record: B256,
    /// When the hold ends, at most 30 years from now: 90d, a day such as 2036-12-31 (its end, UTC), or unix seconds.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry, conflicts_with = "release")]
    until: Option<Expiry>,
    /// End the hold now.
    #[arg(long)]
    release: bool,
}

impl Hold {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("asking the ledger");
        if let Some(until) = self.until {
            person
                .client
                .hold_record(self.record, until.seconds())
                .await?;
        }
        if self.release {
            person.client.release_hold(self.record).await?;
        }
        let until = person.client.held_until(self.record).await?;
        drop(progress);
        let value = json!({ "record": self.record, "heldUntil": until });
        let held = match until {
            0 => "no hold stands".to_owned(),
            until => format!("until {}", utc(until.saturating_mul(1_000))),
        };
        let text = table([("record", self.record.to_string()), ("held", held)]);
        person.output.result(&value, &text)
    }
}
