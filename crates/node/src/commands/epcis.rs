//! `theriac epcis`: documents of what happened to packs.

mod convert;
mod document;
mod hash;
mod validate;

use crate::cli::Global;
use clap::Subcommand;

/// Check, convert and hash EPCIS documents; nothing is sent anywhere.
#[derive(Debug, Subcommand)]
pub(crate) enum Epcis {
    Validate(validate::Validate),
    Convert(convert::Convert),
    Hash(hash::Hash),
}

impl Epcis {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        match self {
            Self::Validate(validate) => validate.run(global),
            Self::Convert(convert) => convert.run(global),
            Self::Hash(hash) => hash.run(global),
        }
    }
}
