//! `theriac dataset`: tables of clinical trials.

mod convert;
mod validate;

use crate::cli::Global;
use clap::Subcommand;

/// Check and convert tables of clinical trials in CDISC Dataset-JSON 1.1; nothing is sent anywhere.
#[derive(Debug, Subcommand)]
pub(crate) enum Dataset {
    Validate(validate::Validate),
    Convert(convert::Convert),
}

impl Dataset {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        match self {
            Self::Validate(validate) => validate.run(global),
            Self::Convert(convert) => convert.run(global),
        }
    }
}
