//! `theriac record list`.

use super::show::{kind, status, value};
use crate::{
    arguments::{self, utc},
    person::Person,
};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;
use theriac_sdk::{Error, records::Record};

/// List the records of a chart, or your charts and what is in them.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac record list --account patient.json\n  theriac record list --chart 0x... --account doctor.json\n\nNext:\n  theriac record show ID"
)]
pub(crate) struct List {
    /// The chart; without it, all charts that you control.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: Option<B256>,
}

impl List {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let charts = match self.chart {
            Some(chart) => vec![chart],
            None => {
                person.client.account().map_err(|_| Error::NoAccount)?;
                person
                    .client
                    .charts()
                    .await?
                    .iter()
                    .map(|chart| chart.id)
                    .collect()
            }
        };
        let (mut values, mut lines) = (Vec::new(), Vec::new());
        for chart in charts {
            let records = person.client.records(chart).await?;
            lines.push(format!("chart {chart}, {} records", records.len()));
            lines.extend(records.iter().map(line));
            values.push(
                json!({ "chart": chart, "records": records.iter().map(value).collect::<Vec<_>>() }),
            );
        }
        if lines.is_empty() {
            lines.push("no charts".to_owned());
        }
        person
            .output
            .result(&json!({ "charts": values }), &lines.join("\n"))
    }
}

fn line(record: &Record) -> String {
    let (kind, status) = (kind(record), status(record));
    format!(
        "  {}  {kind}  version {}  {status}  {}  by {}",
        record.id,
        record.version,
        utc(record.changedTimeMs),
        record.author
    )
}
