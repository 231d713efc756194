//! `theriac pack verify`.

use super::{Desk, now_ms, show};
use crate::errors::NotFit;
use anyhow::Context as _;
use clap::Args;
use std::{collections::BTreeMap, fs, path::PathBuf};
use theriac_gateway::packs::messaging::Requester;

/// Verify a scan: one answer, fit to be dispensed or why not.
///
/// The scan may come in any form: raw with FNC1, in brackets, as a GS1 Digital Link, or garbled by a keyboard. Exit code 0 means fit, 3 means not.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack verify '(01)04012345123456(21)A1(10)L7(17)271100' --account pharmacist.json\n  theriac pack verify \"$SCAN\" --ask --ask-tokens tokens.json --account pharmacist.json\n  theriac pack verify \"$SCAN\" --offline\n\nNext:\n  theriac pack dispense SCAN"
)]
pub(super) struct Verify {
    /// What the scanner said.
    #[arg(value_name = "SCAN")]
    scan: String,
    /// Ask nobody: answer from the book, and say what that leaves open.
    #[arg(long, conflicts_with = "ask")]
    offline: bool,
    /// Ask the product's manufacturer too, at the address that the ledger has.
    #[arg(long)]
    ask: bool,
    /// A JSON file of the tokens that manufacturers gave you: {"host": "token"}.
    #[arg(long, value_name = "FILE", requires = "ask")]
    ask_tokens: Option<PathBuf>,
    /// A manufacturer's host that may be inside your organisation, and may speak http.
    #[arg(long, value_name = "HOST", requires = "ask")]
    ask_inside: Vec<String>,
}

impl Verify {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let (scan, now_ms) = (&self.scan, now_ms());
        let verification = match (self.offline, self.ask) {
            (true, _) => desk.offline()?.verify_offline(scan, now_ms)?,
            (false, true) => {
                let requester = self.requester()?;
                let mut partner = desk.beside().await?;
                partner.verify_and_ask(scan, &requester, now_ms).await?
            }
            (false, false) => desk.beside().await?.verify(scan, now_ms).await?,
        };
        desk.output()
            .result(&verification.to_json(), &show::text(&verification))?;
        match verification.causes.first() {
            None => Ok(()),
            Some(cause) => Err(NotFit(cause.code()).into()),
        }
    }

    fn requester(&self) -> anyhow::Result<Requester> {
        let tokens = match &self.ask_tokens {
            Some(file) => {
                let text =
                    fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
                // The text of a fault could repeat a token.
                let tokens = serde_json::from_slice(&text).ok();
                tokens.with_context(|| format!("{} is no json of tokens", file.display()))?
            }
            None => BTreeMap::new(),
        };
        Ok(Requester {
            tokens,
            inside: self.ask_inside.clone(),
            ..Requester::default()
        })
    }
}
