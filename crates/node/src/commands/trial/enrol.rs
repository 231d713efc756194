//! `theriac trial enrol`.

use super::{Desk, read};
use crate::arguments;
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::trials::NewConsent;

/// Enter the consent of a new participant, before anything is captured: the ledger issues the next slot.
///
/// The ledger gets the hash of the consent document, a salted commitment to the signed one, and the time of its block, which nobody can set
/// back. Name and signature stay with the site.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial enrol --site 1 --document consent-v1.pdf --signed signed.pdf --label 01-701-1015 --account investigator.json\n\nNext:\n  theriac trial capture data.csv"
)]
pub(super) struct Enrol {
    /// The site.
    #[arg(long, value_name = "NUMBER")]
    site: u16,
    /// The consent document as the ethics committee approved it.
    #[arg(long, value_name = "FILE")]
    document: PathBuf,
    /// The version of the protocol for which it was approved.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    version: u32,
    /// The document as the participant signed it.
    #[arg(long, value_name = "FILE")]
    signed: PathBuf,
    /// By what the site calls the participant: no name, and nothing that tells who it is.
    #[arg(long, value_name = "LABEL")]
    label: Option<String>,
    /// The participant's own account.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address)]
    participant: Option<Address>,
}

impl Enrol {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let (document, signed) = (read(&self.document)?, read(&self.signed)?);
        let new = NewConsent {
            site: self.site,
            document: &document,
            version: self.version,
            signed: &signed,
            participant: self.participant.unwrap_or_default(),
            label: self.label.as_deref(),
            observed: 0,
        };
        let mut party = desk.party().await?;
        let progress = desk.output().progress("entering the consent");
        let slot = party.consent(&new).await?;
        drop(progress);
        let value = json!({ "subject": slot, "site": self.site, "version": self.version });
        desk.output().result(&value, &format!("subject {slot}"))?;
        desk.output().next("theriac trial capture FILE");
        Ok(())
    }
}
