//! `theriac access request`.

use crate::{
    arguments::{self, Expiry},
    output::table,
    person::Person,
};
use alloy_primitives::B256;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
};
use theriac_contracts::codes::{Kind, Purpose, RequestStatus};
use theriac_sdk::access::NewRequest;

/// Ask a patient for access to a record, or to all records of some kinds.
///
/// Her rules decide at once where one matches; otherwise the request waits for her. A one-time key for the answer is kept
/// encrypted beside your keystore file. The reason stays there too: a salted commitment to it goes to the ledger.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access request --chart 0x... --record 0x... --purpose TREAT --account doctor.json\n  theriac access request --chart 0x... --kinds summary,laboratory --purpose TREAT --expires 30d\n\nNext:\n  when she has approved: theriac access open REQUEST --record ID"
)]
pub(crate) struct Request {
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
    /// One record.
    #[arg(long, value_name = "ID", value_parser = arguments::id, required_unless_present = "kinds")]
    record: Option<B256>,
    /// All records of these kinds.
    #[arg(long, value_delimiter = ',', value_parser = arguments::kind(), conflicts_with = "record")]
    kinds: Vec<Kind>,
    /// Why, as HL7 PurposeOfUse codes it.
    #[arg(long, value_parser = arguments::purpose())]
    purpose: Purpose,
    /// When access ends: 12h, 30d, a day such as 2027-01-31, or unix seconds.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry, default_value = "7d")]
    expires: Expiry,
    /// A file with the reason in words.
    #[arg(long, value_name = "FILE")]
    reason_file: Option<PathBuf>,
}

impl Request {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let reason = self
            .reason_file
            .as_deref()
            .map(read)
            .transpose()?
            .unwrap_or_default();
        let progress = person.output.progress("asking for access");
        let new = NewRequest {
            chart: self.chart,
            record: self.record,
            purpose: self.purpose,
            kinds: arguments::kinds(&self.kinds),
            reason: &reason,
            expiry: self.expires.seconds(),
        };
        let requested = person
            .client
            .request_access(new, &person.request_keys()?)
            .await?;
        drop(progress);
        let value = json!({
            "request": requested.request, "status": requested.status.word(), "key": requested.key,
            "height": requested.height, "transaction": requested.transaction,
        });
        let rows = [
            ("request", requested.request.to_string()),
            ("status", requested.status.word().to_owned()),
            ("height", requested.height.to_string()),
        ];
        person.output.result(&value, &table(rows))?;
        person.output.next(match requested.status {
            RequestStatus::Pending => "the patient decides: theriac access approve REQUEST",
            RequestStatus::Admitted => "her client gives the keys: theriac access approve REQUEST",
            RequestStatus::Granted => "theriac access open REQUEST --record ID",
            RequestStatus::Denied | RequestStatus::Revoked | RequestStatus::Expired => {
                "a rule of the patient said no; ask her"
            }
        });
        Ok(())
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
