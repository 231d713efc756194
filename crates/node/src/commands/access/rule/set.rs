//! `theriac access rule set`.

use crate::{
    arguments::{self, Expiry},
    person::Person,
};
use alloy_primitives::{Address, B256};
use clap::{Args, ValueEnum};
use serde_json::json;
use theriac_contracts::codes::{self, Kind, Purpose, Role};
use theriac_sdk::access;

/// Add a rule, or replace one. A denial wins over every permission.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access rule set deny --chart 0x... --role insurer-agent --account patient.json\n  theriac access rule set permit --chart 0x... --organisation 2 --purpose TREAT --until 365d\n\nNext:\n  theriac access rule list --chart ID"
)]
pub(crate) struct Set {
    /// What the rule says.
    #[arg(value_enum)]
    effect: Effect,
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
    /// Replace the rule with this index; without it, one is added.
    #[arg(long, value_name = "NUMBER")]
    index: Option<u32>,
    /// For this account only.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address)]
    who: Option<Address>,
    /// For this role only.
    #[arg(long, value_parser = arguments::role())]
    role: Option<Role>,
    /// For people of this organisation only.
    #[arg(long, value_name = "NUMBER")]
    organisation: Option<u32>,
    /// For this purpose only.
    #[arg(long, value_parser = arguments::purpose())]
    purpose: Option<Purpose>,
    /// For these kinds of record only.
    #[arg(long, value_delimiter = ',', value_parser = arguments::kind())]
    kinds: Vec<Kind>,
    /// When the rule ends: 365d, a day such as 2027-01-31, or unix seconds.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry)]
    until: Option<Expiry>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Effect {
    /// No, whatever other rules say.
    Deny,
    /// Yes, unless another rule denies.
    Permit,
}

impl Set {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let effect = match self.effect {
            Effect::Deny => codes::Effect::Deny,
            Effect::Permit => codes::Effect::Permit,
        };
        let rule = access::Rule {
            who: self.who.unwrap_or_default(),
            organisation: self.organisation.unwrap_or_default(),
            kinds: arguments::kinds(&self.kinds).0,
            effect: effect.code(),
            role: self.role.map_or(0, Role::code),
            purpose: self.purpose.map_or(0, Purpose::code),
            from: 0,
            until: self.until.map(Expiry::seconds).unwrap_or_default(),
        };
        let progress = person.output.progress("setting the rule");
        let index = person.client.set_rule(self.chart, self.index, rule).await?;
        drop(progress);
        person.output.result(
            &json!({ "chart": self.chart, "index": index }),
            &format!("rule {index} set"),
        )
    }
}
