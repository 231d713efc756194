//! `theriac access grant`.

use crate::{
    arguments::{self, Expiry},
    output::table,
    person::Person,
};
use alloy_primitives::{Address, B256};
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::{Kind, Purpose};
use theriac_sdk::access::NewGrant;

/// Give someone access unasked, as the patient of the chart.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access grant 0x... --chart 0x... --record 0x... --purpose TREAT --account patient.json\n\nNext:\n  the grantee opens: theriac access open GRANT --record ID"
)]
pub(crate) struct Grant {
    /// Who may read; must have published a key.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address)]
    grantee: Address,
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
    /// One record.
    #[arg(long, value_name = "ID", value_parser = arguments::id, required_unless_present = "kinds")]
    record: Option<B256>,
    /// All records of these kinds that are in the chart now.
    #[arg(long, value_delimiter = ',', value_parser = arguments::kind(), conflicts_with = "record")]
    kinds: Vec<Kind>,
    /// What for, as HL7 PurposeOfUse codes it.
    #[arg(long, value_parser = arguments::purpose())]
    purpose: Purpose,
    /// When access ends: 12h, 30d, a day such as 2027-01-31, or unix seconds.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry, default_value = "7d")]
    expires: Expiry,
}

impl Grant {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person
            .output
            .progress("wrapping the data keys and granting");
        let new = NewGrant {
            chart: self.chart,
            grantee: self.grantee,
            record: self.record,
            kinds: arguments::kinds(&self.kinds),
            purpose: self.purpose,
            expiry: self.expires.seconds(),
        };
        let granted = person.client.grant(new).await?;
        drop(progress);
        let value = json!({
            "grant": granted.grant, "records": granted.records, "height": granted.height, "transaction": granted.transaction,
        });
        let rows = [
            ("grant", granted.grant.to_string()),
            ("records", granted.records.to_string()),
            ("height", granted.height.to_string()),
        ];
        person.output.result(&value, &table(rows))
    }
}
