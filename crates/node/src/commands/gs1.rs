//! `theriac gs1`: what barcodes say.

mod parse;

use crate::cli::Global;
use clap::Subcommand;

/// Read what barcodes say; nothing is sent anywhere.
#[derive(Debug, Subcommand)]
pub(crate) enum Gs1 {
    Parse(parse::Parse),
}

impl Gs1 {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        match self {
            Self::Parse(parse) => parse.run(global),
        }
    }
}
