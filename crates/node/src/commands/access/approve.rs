//! `theriac access approve`.

use crate::{
    arguments::{self, utc},
    confirm::{ask_at_terminal, confirm},
    errors::UsageError,
    output::{table, write_new},
    person::Person,
};
use alloy_primitives::B256;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
};
use theriac_sdk::access::{Approval, SignedApproval};

/// Approve a request for your chart, as its patient, with your own key.
///
/// What you sign is shown first. This client then unwraps the data key, wraps it to the one-time key of the request, and signs. Your key
/// stays here. With --sign-only, someone else can bring the signed approval to the ledger with --relay.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access approve 0x... --account patient.json\n  theriac access approve 0x... --sign-only approval.json --account patient.json\n  theriac access approve --relay approval.json --account anyone.json\n\nNext:\n  take it back at any time: theriac access revoke REQUEST"
)]
pub(crate) struct Approve {
    /// The request.
    #[arg(value_name = "REQUEST", value_parser = arguments::id, required_unless_present = "relay")]
    request: Option<B256>,
    /// Do not ask for confirmation.
    #[arg(long)]
    yes: bool,
    /// Write the signed approval into this file, and send nothing.
    #[arg(long, value_name = "FILE", conflicts_with = "relay")]
    sign_only: Option<PathBuf>,
    /// Bring the signed approval in this file to the ledger.
    #[arg(long, value_name = "FILE", conflicts_with = "request")]
    relay: Option<PathBuf>,
}

impl Approve {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        match (&self.relay, self.request) {
            (Some(path), _) => relay(path, person).await,
            (None, Some(request)) => self.approve(request, person).await,
            (None, None) => Err(UsageError("give a request, or --relay".to_owned()).into()),
        }
    }

    async fn approve(&self, request: B256, person: &Person) -> anyhow::Result<()> {
        let (client, output) = (&person.client, person.output);
        let fields = client.approval_fields(request).await?;
        if !self.yes {
            show_and_ask(&fields)?;
        }
        let progress = output.progress("wrapping the data key, signing, waiting until it is final");
        if let Some(path) = &self.sign_only {
            let approval = client.prepare_approval(request).await?;
            drop(progress);
            let value = serde_json::to_value(&approval).context("cannot write the approval")?;
            write_new(path, value.to_string().as_bytes())?;
            return output.result(&value, &format!("signed  {}", path.display()));
        }
        let approved = client.approve(request).await?;
        drop(progress);
        let value = json!({
            "request": request, "status": "granted", "wrap": approved.wrap, "height": approved.height, "transaction": approved.transaction,
        });
        output.result(
            &value,
            &table([
                ("granted", request.to_string()),
                ("height", approved.height.to_string()),
            ]),
        )?;
        output.next("the requester opens: theriac access open REQUEST --record ID; take it back with theriac access revoke REQUEST");
        Ok(())
    }
}

async fn relay(path: &Path, person: &Person) -> anyhow::Result<()> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let approval: SignedApproval = serde_json::from_slice(&text)
        .with_context(|| format!("{} is not a signed approval", path.display()))?;
    let progress = person
        .output
        .progress("bringing the approval to the ledger");
    let receipt = person.client.relay_approval(&approval).await?;
    drop(progress);
    let value = json!({
        "request": approval.request, "status": "granted", "height": receipt.block_number, "transaction": receipt.transaction_hash,
    });
    person
        .output
        .result(&value, &format!("granted  {}", approval.request))
}

/// Shows what will be signed and asks.
fn show_and_ask(fields: &Approval) -> anyhow::Result<()> {
    ask_at_terminal()?;
    eprintln!("You are about to sign:\n{}", shown(fields));
    confirm("Approve?", "not approved; nothing was signed")
}

fn shown(fields: &Approval) -> String {
    table([
        ("organisation", fields.organisation.clone()),
        ("requester", fields.requester.to_string()),
        ("purpose", fields.purpose.clone()),
        ("kinds", fields.kinds.clone()),
        ("until", utc(fields.expiry.saturating_mul(1_000))),
        ("request", fields.request.to_string()),
    ])
}
