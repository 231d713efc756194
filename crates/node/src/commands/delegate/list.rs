//! `theriac delegate list`.

use crate::{
    arguments::{self, utc},
    person::Person,
};
use alloy_primitives::B256;
use clap::Args;
use serde_json::{Value, json};
use theriac_contracts::codes::{DelegationKind, Kinds, Purpose, Purposes};
use theriac_sdk::delegation::Delegation;

/// List the delegates of a chart, or the charts for which you act.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac delegate list --chart 0x... --account patient.json\n  theriac delegate list --account proxy.json\n\nNext:\n  theriac access list --chart ID, and theriac access approve REQUEST"
)]
pub(crate) struct List {
    /// The chart; without it, the charts for which you act.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: Option<B256>,
}

impl List {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let delegations = match self.chart {
            Some(chart) => person.client.delegates(chart).await?,
            None => person.client.mandates().await?,
        };
        let lines: Vec<_> = delegations
            .iter()
            .map(|delegation| self.line(delegation))
            .collect();
        let text = match (lines.is_empty(), self.chart) {
            (false, _) => lines.join("\n"),
            (true, Some(_)) => "nobody acts for this chart".to_owned(),
            (true, None) => "you act for nobody".to_owned(),
        };
        let value = delegations.iter().map(value).collect::<Vec<_>>();
        person
            .output
            .result(&json!({ "delegations": value }), &text)
    }

    fn line(&self, delegation: &Delegation) -> String {
        let who = match self.chart {
            Some(_) => delegation.delegate.to_string(),
            None => format!("chart {}", delegation.chart),
        };
        let time = |seconds: u64| utc(seconds.saturating_mul(1_000));
        let mut words = vec![who, word(delegation).to_owned()];
        words.extend((delegation.kinds != 0).then(|| Kinds(delegation.kinds).words()));
        words.extend((delegation.purposes != 0).then(|| format!("for {}", purposes(delegation))));
        words.extend((delegation.from != 0).then(|| format!("from {}", time(delegation.from))));
        words.extend((delegation.until != 0).then(|| format!("until {}", time(delegation.until))));
        words.extend(
            (delegation.majority != 0)
                .then(|| format!("until majority {}", time(delegation.majority))),
        );
        words.extend((!delegation.inForce).then(|| "not in force".to_owned()));
        words.join("  ")
    }
}

fn word(delegation: &Delegation) -> &'static str {
    DelegationKind::from_code(delegation.kind).map_or("unknown", DelegationKind::word)
}

fn purposes(delegation: &Delegation) -> String {
    let named = Purpose::ALL
        .iter()
        .filter(|purpose| Purposes(delegation.purposes).admits(purpose.code()));
    named
        .map(|purpose| purpose.word())
        .collect::<Vec<_>>()
        .join(", ")
}

fn value(delegation: &Delegation) -> Value {
    json!({
        "chart": delegation.chart, "delegate": delegation.delegate, "kind": word(delegation),
        "kinds": (delegation.kinds != 0).then(|| Kinds(delegation.kinds).words()),
        "purposes": (delegation.purposes != 0).then(|| purposes(delegation)),
        "from": delegation.from, "until": delegation.until, "majority": delegation.majority,
        "appointedTimeMs": delegation.appointedTimeMs, "inForce": delegation.inForce,
    })
}
