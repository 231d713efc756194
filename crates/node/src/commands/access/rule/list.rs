//! `theriac access rule list`.

use crate::{
    arguments::{self, utc},
    person::Person,
};
use alloy_primitives::B256;
use clap::Args;
use serde_json::{Value, json};
use theriac_contracts::codes::{self, Kind, Kinds, Purpose, Role};
use theriac_sdk::{access::NumberedRule, rules::RulePointer};

/// List the rules of your chart, and which contracts decide about its sealed records.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access rule list --chart 0x... --account patient.json\n\nNext:\n  theriac access rule remove INDEX --chart ID\n  theriac access rule point --chart ID --kinds KINDS --native"
)]
pub(crate) struct List {
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
}

impl List {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let mut rules = person.client.rules(self.chart).await?;
        rules.retain(|numbered| codes::Effect::from_code(numbered.rule.effect).is_some());
        let mut pointers = person.client.rule_pointers(self.chart).await?;
        pointers.retain(|pointer| !pointer.rule.is_zero());
        let value = json!({
            "chart": self.chart,
            "rules": rules.iter().map(value).collect::<Vec<_>>(),
            "pointers": pointers.iter().map(pointer_value).collect::<Vec<_>>(),
        });
        let mut lines: Vec<_> = rules.iter().map(line).collect();
        if rules.is_empty() {
            lines.push("no rules: every request waits for you".to_owned());
        }
        lines.extend(pointers.iter().map(pointer_line));
        person.output.result(&value, &lines.join("\n"))
    }
}

fn pointer_value(pointer: &RulePointer) -> Value {
    json!({ "kind": kind(pointer), "contract": pointer.rule, "codeHash": pointer.codeHash })
}

/// A denial above wins over the contract.
fn pointer_line(pointer: &RulePointer) -> String {
    let kind = kind(pointer).unwrap_or("unknown");
    format!("{kind}  decided by contract  {}", pointer.rule)
}

fn kind(pointer: &RulePointer) -> Option<&'static str> {
    Kind::from_code(pointer.kind).map(Kind::word)
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
