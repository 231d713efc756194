//! `theriac recovery veto`.

use crate::person::Person;
use clap::Args;
use serde_json::json;

/// Object to the recovery of your own key, while you still have it.
///
/// One more guardian is needed then, at most all of them, and the delay begins anew. It does not end the recovery, since a thief would veto too:
/// speak with your guardians, who can cancel it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac recovery veto --account patient.json\n\nNext:\n  theriac recovery status"
)]
pub(crate) struct Veto {}

impl Veto {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("vetoing");
        let receipt = person.client.veto_recovery().await?;
        let needed = person
            .client
            .recovery(person.client.address())
            .await?
            .map_or(0, |recovery| recovery.needed);
        drop(progress);
        let value = json!({ "needed": needed, "height": receipt.block_number, "transaction": receipt.transaction_hash });
        person.output.result(
            &value,
            &format!("vetoed; {needed} guardians are needed now"),
        )
    }
}
