//! `theriac directory revoke`.

use crate::{arguments, person::Person};
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;

/// End a person's role in your organisation, as its administrator.
///
/// The person keeps the key and the control of charts; what was written stays.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac directory revoke 0x... --account admin.json\n\nNext:\n  theriac directory show ADDRESS"
)]
pub(crate) struct Revoke {
    /// The person's address.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address)]
    person: Address,
}

impl Revoke {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("ending the enrolment");
        let receipt = person.client.end_enrolment(self.person).await?;
        drop(progress);
        let value = json!({ "account": self.person, "height": receipt.block_number, "transaction": receipt.transaction_hash });
        person
            .output
            .result(&value, &format!("ended  {}", self.person))
    }
}
