//! `theriac pack verify`.

use super::{Desk, now_ms, show};
use crate::errors::NotFit;
use clap::Args;

/// Verify a scan: one answer, fit to be dispensed or why not.
///
/// The scan may come in any form: raw with FNC1, in brackets, as a GS1 Digital Link, or garbled by a keyboard. Exit code 0 means fit, 3 means not.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack verify '(01)04012345123456(21)A1(10)L7(17)271100' --account pharmacist.json\n  theriac pack verify \"$SCAN\" --offline\n\nNext:\n  theriac pack dispense SCAN"
)]
pub(super) struct Verify {
    /// What the scanner said.
    #[arg(value_name = "SCAN")]
    scan: String,
    /// Ask nobody: answer from the book, and say what that leaves open.
    #[arg(long)]
    offline: bool,
}

impl Verify {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let verification = match self.offline {
            true => desk.offline()?.verify_offline(&self.scan, now_ms())?,
            false => desk.partner().await?.verify(&self.scan, now_ms()).await?,
        };
        desk.output()
            .result(&show::value(&verification), &show::text(&verification))?;
        match verification.causes.first() {
            None => Ok(()),
            Some(cause) => Err(NotFit(cause.code()).into()),
        }
    }
}
