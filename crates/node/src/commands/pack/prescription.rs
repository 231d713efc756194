//! `theriac pack prescription`: the patient's wallet, and what physicians and pharmacists look up.

mod cancel;
mod key;
mod offer;
mod show;

use super::Desk;
use anyhow::Context as _;
use clap::Subcommand;
use std::{fs, path::Path};
use theriac_gateway::book::Form;

/// Keep a prescription as a patient: make its key, see what is left, offer the next fill to one pharmacist.
///
/// Your account's key never leaves this machine. Your prescription is the file that the physician gave you, and it names you: give it to nobody.
#[derive(Debug, Subcommand)]
pub(super) enum Prescription {
    Key(key::Key),
    Show(show::Show),
    Offer(offer::Offer),
    Cancel(cancel::Cancel),
}

impl Prescription {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Self::Key(key) => key.run(desk).await,
            Self::Show(show) => show.run(desk).await,
            Self::Offer(offer) => offer.run(desk).await,
            Self::Cancel(cancel) => cancel.run(desk).await,
        }
    }
}

/// A file of a form.
fn form<F: Form>(file: &Path) -> anyhow::Result<F> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    F::read(&text).with_context(|| format!("cannot take {}", file.display()))
}
