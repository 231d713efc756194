//! `theriac access scope`.

use crate::{arguments, person::Person};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::{Kind, Kinds};

/// Show or set what may be opened of your chart in an emergency.
///
/// Until you set it: summary, medication, immunization and allergy. Setting it closes what is being opened; whoever still may, opens again.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access scope --chart 0x... --account patient.json\n  theriac access scope --chart 0x... --kinds summary,allergy --account patient.json\n  theriac access scope --chart 0x... --forbid --account patient.json\n\nNext:\n  theriac watch --chart ID"
)]
pub(crate) struct Scope {
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
    /// These kinds of record may be opened in an emergency.
    #[arg(long, value_delimiter = ',', value_parser = arguments::kind(), conflicts_with = "forbid")]
    kinds: Vec<Kind>,
    /// Nothing may be opened in an emergency.
    #[arg(long)]
    forbid: bool,
}

impl Scope {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let client = &person.client;
        let scope = if self.forbid || !self.kinds.is_empty() {
            let _progress = person.output.progress("setting the scope");
            let kinds = arguments::kinds(&self.kinds);
            client.set_break_glass_scope(self.chart, kinds).await?;
            kinds
        } else {
            client.break_glass_scope(self.chart).await?
        };
        let value = json!({ "chart": self.chart, "kinds": words(scope) });
        let text = match scope {
            Kinds(0) => "nothing may be opened in an emergency".to_owned(),
            scope => format!("in an emergency: {}", scope.words()),
        };
        person.output.result(&value, &text)
    }
}

fn words(scope: Kinds) -> Vec<&'static str> {
    let all = Kind::ALL.iter();
    all.filter(|kind| scope.0 & kind.bit().0 != 0)
        .map(|kind| kind.word())
        .collect()
}
