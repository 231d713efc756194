//! `theriac access list`.

use crate::{
    arguments::{self, utc},
    output::table,
    person::Person,
};
use alloy_primitives::B256;
use clap::Args;
use serde_json::{Value, json};
use theriac_contracts::codes::{Kinds, Purpose, RequestStatus};
use theriac_sdk::access::Request;

/// List the requests and grants of your charts, or show one request.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access list --account patient.json\n  theriac access list 0x... --account doctor.json\n\nNext:\n  theriac access approve REQUEST, or theriac access deny REQUEST"
)]
pub(crate) struct List {
    /// One request or grant.
    #[arg(value_name = "REQUEST", value_parser = arguments::id, conflicts_with = "chart")]
    request: Option<B256>,
    /// Those of this chart; without it, of all charts that you control.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: Option<B256>,
}

impl List {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let client = &person.client;
        client.account()?;
        if let Some(request) = self.request {
            let request = client.access_request(request).await?;
            return person.output.result(&value(&request), &text(&request));
        }
        let charts = match self.chart {
            Some(chart) => vec![chart],
            None => client
                .charts()
                .await?
                .iter()
                .map(|chart| chart.id)
                .collect(),
        };
        let mut requests = Vec::new();
        for chart in charts {
            requests.extend(client.access_requests(chart).await?);
        }
        let lines: Vec<_> = requests.iter().map(line).collect();
        let text = if lines.is_empty() {
            "no requests".to_owned()
        } else {
            lines.join("\n")
        };
        person.output.result(
            &json!({ "requests": requests.iter().map(value).collect::<Vec<_>>() }),
            &text,
        )
    }
}

fn status(request: &Request) -> &'static str {
    RequestStatus::from_code(request.status).map_or("unknown", RequestStatus::word)
}

fn purpose(request: &Request) -> &'static str {
    Purpose::from_code(request.purpose).map_or("unknown", Purpose::word)
}

fn expiry(request: &Request) -> String {
    utc(request.expiry.saturating_mul(1_000))
}

fn line(request: &Request) -> String {
    let words = Kinds(request.kinds).words();
    format!(
        "{}  {:8}  {}  {words}  until {}  by {}",
        request.id,
        status(request),
        purpose(request),
        expiry(request),
        request.requester
    )
}

fn value(request: &Request) -> Value {
    json!({
        "request": request.id, "chart": request.chart, "record": (!request.record.is_zero()).then_some(request.record),
        "status": status(request), "purpose": purpose(request), "kinds": Kinds(request.kinds).words(), "requester": request.requester,
        "organisation": request.organisation, "expiry": request.expiry, "requestedHeight": request.requestedHeight,
        "requestedTimeMs": request.requestedTimeMs, "decidedTimeMs": request.decidedTimeMs, "key": request.key, "wrap": request.wrap,
        "reason": request.reason,
    })
}

fn text(request: &Request) -> String {
    table([
        ("request", request.id.to_string()),
        ("chart", request.chart.to_string()),
        (
            "record",
            if request.record.is_zero() {
                "all of these kinds".to_owned()
            } else {
                request.record.to_string()
            },
        ),
        ("kinds", Kinds(request.kinds).words()),
        ("purpose", purpose(request).to_owned()),
        ("status", status(request).to_owned()),
        (
            "by",
            format!(
                "{} of organisation {}",
                request.requester, request.organisation
            ),
        ),
        ("until", expiry(request)),
    ])
}
