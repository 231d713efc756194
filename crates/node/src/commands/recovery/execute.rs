//! `theriac recovery execute`.

use crate::{arguments, output::table, person::Person};
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;

/// What a new key cannot read, in one sentence.
pub(super) const UNREADABLE: &str = "records with direct protection were wrapped to the old key alone and stay unreadable to the new one, until their authors amend them; sealed records open: theriac access open --chart ID --record ID --purpose PATRQT";

/// Put the new key in the place of the lost one, once enough guardians approve and the delay is over. Anyone may.
///
/// Enrolment, guardians and the control of all charts move; live grants stay. Recovery moves no data key: sealed records open to the new key, records
/// with direct protection stay unreadable to it until their authors amend them.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac recovery execute 0x... --account guardian.json\n\nNext:\n  theriac directory key --account new.json, so that others can wrap records to the new key"
)]
pub(crate) struct Execute {
    /// The account whose key was lost.
    #[arg(value_name = "ACCOUNT", value_parser = arguments::address)]
    lost: Address,
}

impl Execute {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("executing the recovery");
        let executed = person.client.execute_recovery(self.lost).await?;
        drop(progress);
        let value = json!({
            "account": self.lost, "successor": executed.successor, "charts": executed.charts,
            "height": executed.height, "transaction": executed.transaction, "note": UNREADABLE,
        });
        let rows = [
            ("replaced", self.lost.to_string()),
            ("by", executed.successor.to_string()),
            ("charts", executed.charts.to_string()),
            ("note", UNREADABLE.to_owned()),
        ];
        person.output.result(&value, &table(rows))?;
        person
            .output
            .next("the person publishes the new key: theriac directory key --account new.json");
        Ok(())
    }
}
