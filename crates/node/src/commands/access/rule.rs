//! `theriac access rule`.

use crate::{
    arguments::{self, Expiry, utc},
    person::Person,
};
use alloy_primitives::{Address, B256};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};
use theriac_contracts::codes::{self, Kind, Kinds, Purpose, Role};
use theriac_sdk::access::{self, NumberedRule};

/// Set, list and remove the rules of your chart: who is denied or admitted without you being asked.
#[derive(Debug, Subcommand)]
pub(crate) enum Rule {
    Set(Set),
    List(List),
    Remove(Remove),
}

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

/// List the rules of your chart.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access rule list --chart 0x... --account patient.json\n\nNext:\n  theriac access rule remove INDEX --chart ID"
)]
pub(crate) struct List {
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
}

/// Remove a rule of your chart; the others keep their index.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access rule remove 0 --chart 0x... --account patient.json\n\nNext:\n  theriac access rule list --chart ID"
)]
pub(crate) struct Remove {
    /// The rule.
    #[arg(value_name = "INDEX")]
    index: u32,
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Effect {
    /// No, whatever other rules say.
    Deny,
    /// Yes, unless another rule denies.
    Permit,
}

impl Rule {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        match self {
            Self::Set(set) => set.run(person).await,
            Self::List(list) => list.run(person).await,
            Self::Remove(remove) => remove.run(person).await,
        }
    }
}

impl Set {
    async fn run(self, person: &Person) -> anyhow::Result<()> {
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

impl List {
    async fn run(self, person: &Person) -> anyhow::Result<()> {
        let mut rules = person.client.rules(self.chart).await?;
        rules.retain(|numbered| codes::Effect::from_code(numbered.rule.effect).is_some());
        let lines: Vec<_> = rules.iter().map(line).collect();
        let text = if lines.is_empty() {
            "no rules: every request waits for you".to_owned()
        } else {
            lines.join("\n")
        };
        person.output.result(
            &json!({ "chart": self.chart, "rules": rules.iter().map(value).collect::<Vec<_>>() }),
            &text,
        )
    }
}

impl Remove {
    async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("removing the rule");
        person.client.remove_rule(self.chart, self.index).await?;
        drop(progress);
        person.output.result(
            &json!({ "chart": self.chart, "removed": self.index }),
            &format!("rule {} removed", self.index),
        )
    }
}

fn value(numbered: &NumberedRule) -> Value {
    let rule = &numbered.rule;
    json!({
        "index": numbered.index, "effect": codes::Effect::from_code(rule.effect).map(codes::Effect::word),
        "who": (!rule.who.is_zero()).then_some(rule.who), "role": Role::from_code(rule.role).map(Role::word),
        "organisation": (rule.organisation != 0).then_some(rule.organisation), "purpose": Purpose::from_code(rule.purpose).map(Purpose::word),
        "kinds": (rule.kinds != 0).then(|| Kinds(rule.kinds).words()), "from": rule.from, "until": rule.until,
    })
}

fn line(numbered: &NumberedRule) -> String {
    let rule = &numbered.rule;
    let mut words = vec![
        codes::Effect::from_code(rule.effect)
            .map_or("unknown", codes::Effect::word)
            .to_owned(),
    ];
    words.extend((!rule.who.is_zero()).then(|| rule.who.to_string()));
    words.extend(Role::from_code(rule.role).map(|role| role.word().to_owned()));
    words
        .extend((rule.organisation != 0).then(|| format!("of organisation {}", rule.organisation)));
    words.extend(Purpose::from_code(rule.purpose).map(|purpose| format!("for {purpose}")));
    words.extend((rule.kinds != 0).then(|| Kinds(rule.kinds).words()));
    words.extend(
        (rule.until != 0).then(|| format!("until {}", utc(rule.until.saturating_mul(1_000)))),
    );
    format!("{}  {}", numbered.index, words.join("  "))
}
