//! `theriac odm`: files of clinical trials.

mod convert;
mod validate;

use crate::cli::Global;
use clap::Subcommand;

/// Check and convert files of clinical trials in CDISC ODM and Define-XML; nothing is sent anywhere.
#[derive(Debug, Subcommand)]
pub(crate) enum Odm {
    Validate(validate::Validate),
    Convert(convert::Convert),
}

impl Odm {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        match self {
            Self::Validate(validate) => validate.run(global),
            Self::Convert(convert) => convert.run(global),
        }
    }
}
