//! `theriac access rule inspect`.

use crate::{arguments, output::table, person::Person};
use alloy_primitives::Address;
use clap::Args;
use serde_json::{Value, json};
use theriac_sdk::rules::{Finding, Inspection, Weight};

/// Say what a contract can do, before you let it decide who reads.
///
/// Its code is read, not believed: what is told here may never happen, what is not told cannot.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access rule inspect 0x...\n\nNext:\n  theriac access rule point --chart ID --kinds laboratory --contract ADDRESS"
)]
pub(crate) struct Inspect {
    /// The contract.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address)]
    contract: Address,
}

impl Inspect {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let inspection = person.client.inspect_rule(self.contract).await?;
        let text = text(self.contract, &inspection);
        person
            .output
            .result(&value(self.contract, &inspection), &text)
    }
}

pub(super) fn value(contract: Address, inspection: &Inspection) -> Value {
    let words: Vec<_> = inspection
        .findings
        .iter()
        .map(|found| found.word())
        .collect();
    json!({
        "contract": contract, "codeHash": inspection.code_hash, "bytes": inspection.bytes,
        "findings": words, "forbidden": inspection.forbidding().is_some(),
    })
}

/// The findings in sentences, the gravest first.
pub(super) fn text(contract: Address, inspection: &Inspection) -> String {
    let facts = table([
        ("contract", contract.to_string()),
        (
            "code",
            format!("{} ({} bytes)", inspection.code_hash, inspection.bytes),
        ),
    ]);
    let sentences = inspection.findings.iter().map(|found| sentence(*found));
    let lines: Vec<_> = [facts].into_iter().chain(sentences).collect();
    if inspection.findings.is_empty() {
        return format!(
            "{}\nIts answer depends on the request alone, and nobody can change it.",
            lines[0]
        );
    }
    lines.join("\n")
}

fn sentence(finding: Finding) -> String {
    let mark = match finding.weight() {
        Weight::Forbids => "not possible: ",
        Weight::Warns => "warning: ",
        Weight::Tells => "",
    };
    format!("{mark}{}", finding.sentence())
}
