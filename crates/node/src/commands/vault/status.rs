//! `theriac vault status`.

use crate::{arguments::utc, output::table, person::Person};
use clap::Args;
use serde_json::Value;

/// Show what the vault of a node holds, and what its scrubs found and repaired.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac vault status --account admin.json\n\nNext:\n  theriac vault scrub"
)]
pub(crate) struct Status {}

impl Status {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("asking the node");
        let status = person.client.vault_status().await?;
        drop(progress);
        person.output.result(&status, &text(&status))
    }
}

pub(super) fn number(status: &Value, field: &str) -> u64 {
    let text = status[field]
        .as_str()
        .and_then(|text| text.strip_prefix("0x"));
    text.and_then(|digits| u64::from_str_radix(digits, 16).ok())
        .unwrap_or_default()
}

pub(super) fn text(status: &Value) -> String {
    let count = |field| number(status, field);
    let last = match count("scrubbedAt") {
        0 => "never since the start".to_owned(),
        seconds => utc(seconds.saturating_mul(1_000)),
    };
    table([
        ("whole blobs", count("blobs").to_string()),
        ("shards", count("shards").to_string()),
        ("bytes", count("bytes").to_string()),
        (
            "committee",
            format!(
                "epoch {}, any {} of {} shards restore a blob",
                count("epoch"),
                count("needed"),
                count("members")
            ),
        ),
        ("last scrub", last),
        (
            "scrubs",
            format!(
                "{}: {} checked, {} damaged, {} missing, {} repaired, {} not repaired, {} moved",
                count("scrubs"),
                count("checked"),
                count("damaged"),
                count("missing"),
                count("repaired"),
                count("failed"),
                count("moved")
            ),
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn counts_are_shown_in_decimals() {
        let status = json!({ "blobs": "0x10", "shards": "0x2", "needed": "0x2", "members": "0x4", "scrubs": "0x1", "repaired": "0x3" });
        let text = text(&status);
        assert!(text.contains("whole blobs  16"), "{text}");
        assert!(text.contains("any 2 of 4 shards"), "{text}");
        assert!(
            text.contains("1: 0 checked") && text.contains("3 repaired"),
            "{text}"
        );
        assert!(text.contains("never since the start"), "{text}");
    }
}
