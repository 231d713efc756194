//! `theriac directory key`.

use crate::person::Person;
use clap::Args;
use serde_json::json;

/// Publish the key to which others wrap records for you.
///
/// It is derived from your account's key, so there is nothing more to keep. A patient needs it before the first record.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac directory key --account patient.json\n\nNext:\n  records can be added for you: theriac record add"
)]
pub(crate) struct Key {}

impl Key {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("publishing the key");
        let key = person.client.publish_key().await?;
        drop(progress);
        person.output.result(
            &json!({ "account": person.client.address(), "key": key }),
            &format!("key  {key}"),
        )
    }
}
