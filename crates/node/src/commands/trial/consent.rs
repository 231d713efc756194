//! `theriac trial consent`.

use super::{Desk, read};
use crate::arguments;
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::trials::NewConsent;

/// Enter the consent of a participant to a newer version of the study.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial consent 3 --site 1 --document consent-v2.pdf --version 2 --signed signed.pdf --account investigator.json\n\nNext:\n  theriac trial capture data.csv"
)]
pub(super) struct Consent {
    /// The subject, by slot or label.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// The site.
    #[arg(long, value_name = "NUMBER")]
    site: u16,
    /// The consent document as the ethics committee approved it.
    #[arg(long, value_name = "FILE")]
    document: PathBuf,
    /// The version of the protocol for which it was approved.
    #[arg(long, value_name = "NUMBER")]
    version: u32,
    /// The document as the participant signed it.
    #[arg(long, value_name = "FILE")]
    signed: PathBuf,
    /// The participant's own account.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address)]
    participant: Option<Address>,
}

impl Consent {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let (document, signed) = (read(&self.document)?, read(&self.signed)?);
        let new = NewConsent {
            site: self.site,
            document: &document,
            version: self.version,
            signed: &signed,
            participant: self.participant.unwrap_or_default(),
            label: None,
            observed: 0,
        };
        let mut party = desk.party().await?;
        let slot = party.slot(&self.subject)?;
        party.consent_again(&new, slot).await?;
        let value = json!({ "subject": slot, "site": self.site, "version": self.version });
        desk.output().result(
            &value,
            &format!("subject {slot} consented to version {}", self.version),
        )
    }
}
