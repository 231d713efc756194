//! `theriac trial unlock`.

use super::{Desk, words};
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::UnlockReason;

/// Approve that the lock is undone, as one of the approvers; enough of them unlock, and it stays visible for ever.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial unlock --reason error --text 'wrong unit at site 2' --account approver.json\n\nNext:\n  theriac trial correct, then theriac trial sign and theriac trial lock"
)]
pub(super) struct Unlock {
    /// Why.
    #[arg(long, value_name = "REASON", value_parser = words::unlock_reason())]
    reason: UnlockReason,
    /// Why, in words; the ledger gets a salted commitment.
    #[arg(long, value_name = "TEXT")]
    text: String,
}

impl Unlock {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.approve_unlock(self.reason.code(), &self.text).await?;
        let told = party.client().trial(party.study()?).await?;
        let is_unlocked = told.lockEntry == 0;
        let value = json!({ "approved": true, "unlocked": is_unlocked });
        let text = if is_unlocked {
            "unlocked"
        } else {
            "approved; others must too"
        };
        desk.output().result(&value, text)
    }
}
