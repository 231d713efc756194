//! `theriac record erase`.

use crate::{arguments, output::table, person::Person};
use alloy_primitives::B256;
use clap::Args;
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

/// How long the members' receipts are waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(250);

/// Have every member erase a withdrawn record: ciphertext, wraps and keys of all its versions.
///
/// Each member erases for itself and signs a receipt for each blob. A member that is away does so before it gives out anything again.
/// What the ledger holds stays: it proves that the record was there, and nothing of what it said. Disks may keep old bytes for a
/// while; without the keys, which are erased too, nobody reads them.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac record erase 0x... --account patient.json\n  theriac record erase 0x... --receipts --account patient.json\n\nNext:\n  theriac record show ID"
)]
pub(crate) struct Erase {
    /// The record; its author has withdrawn it.
    #[arg(value_name = "RECORD", value_parser = arguments::id)]
    record: B256,
    /// Show the receipts of an erasure that was ordered before, and order nothing.
    #[arg(long)]
    receipts: bool,
}

impl Erase {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("erasing the record");
        if !self.receipts {
            person.client.erase_record(self.record).await?;
        }
        let begun = Instant::now();
        let mut erasure = person.client.erasure(self.record).await?;
        while !is_complete(&erasure) && begun.elapsed() < PATIENCE {
            tokio::time::sleep(PAUSE).await;
            erasure = person.client.erasure(self.record).await?;
        }
        drop(progress);
        let value =
            json!({ "record": self.record, "complete": is_complete(&erasure), "erasure": erasure });
        person.output.result(&value, &text(self.record, &erasure))
    }
}

/// Members that signed for every blob.
fn members_done(erasure: &Value) -> usize {
    let strings = |list: &Value, field: &str| -> Vec<(String, String)> {
        let list = list.as_array().cloned().unwrap_or_default();
        let pair = |of: &Value| {
            Some((
                of[field].as_str()?.to_owned(),
                of["blob"].as_str()?.to_owned(),
            ))
        };
        list.iter().filter_map(pair).collect()
    };
    let blobs = erasure["blobs"].as_array().map_or(0, Vec::len);
    let given: BTreeSet<_> = strings(&erasure["receipts"], "member")
        .into_iter()
        .collect();
    let members: BTreeSet<_> = given.iter().map(|(member, _)| member.clone()).collect();
    let signed = |member: &String| given.iter().filter(|(who, _)| who == member).count();
    members
        .iter()
        .filter(|member| signed(member) >= blobs)
        .count()
}

fn members(erasure: &Value) -> usize {
    let text = erasure["members"]
        .as_str()
        .and_then(|text| text.strip_prefix("0x"));
    text.and_then(|digits| usize::from_str_radix(digits, 16).ok())
        .unwrap_or_default()
}

fn is_complete(erasure: &Value) -> bool {
    !erasure.is_null() && members_done(erasure) >= members(erasure)
}

fn text(record: B256, erasure: &Value) -> String {
    if erasure.is_null() {
        return format!("ordered  {record}\nthis node has not erased it yet");
    }
    let blobs = erasure["blobs"].as_array().map_or(0, Vec::len);
    table([
        ("erased", record.to_string()),
        ("blobs", blobs.to_string()),
        (
            "receipts",
            format!(
                "{} of {} members signed",
                members_done(erasure),
                members(erasure)
            ),
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_erasure_is_complete_when_every_member_signed_for_every_blob() {
        let receipt = |member: &str, blob: &str| json!({ "member": member, "blob": blob });
        let erasure = |fourth: Value| {
            json!({
                "members": "0x2", "blobs": ["a", "b"],
                "receipts": [receipt("1", "a"), receipt("1", "b"), receipt("2", "a"), fourth],
            })
        };
        let twice = erasure(receipt("2", "a"));
        assert_eq!((members_done(&twice), is_complete(&twice)), (1, false));
        let erasure = erasure(receipt("2", "b"));
        assert!(is_complete(&erasure));
        assert!(text(B256::ZERO, &erasure).contains("2 of 2 members signed"));
        assert!(!is_complete(&Value::Null));
    }
}
