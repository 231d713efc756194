//! `theriac gateway partner`.

use super::{
    file::{self, NAME, partner_lines},
    token,
};
use crate::{cli::Global, errors::UsageError};
use anyhow::Context as _;
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use serde_json::json;
use std::{fs::OpenOptions, io::Write as _, path::PathBuf};
use theriac_gateway::{Reach, Right};

/// Add a partner to your gateway's configuration, and show its token once.
///
/// A partner reads the events that it captured, that were granted to it, or that name one of its GLNs. The gateway takes it in at its next start.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac gateway partner gateway --name wholesaler --gln 4012345000016 --right capture --right query\n  theriac gateway partner gateway --name counter-1 --right dispense\n  theriac gateway partner gateway --name distributor --right ask\n\nNext:\n  theriac gateway run gateway"
)]
pub(crate) struct Partner {
    /// The gateway's folder.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// A name of its own in your gateway.
    #[arg(long)]
    name: String,
    /// A GLN of 13 digits by which events name it; give it several times for several.
    #[arg(long = "gln", value_name = "GLN")]
    glns: Vec<String>,
    /// What it may do; give it several times for several.
    #[arg(long = "right", value_name = "RIGHT", required = true, value_parser = right())]
    rights: Vec<Right>,
}

fn right() -> impl TypedValueParser<Value = Right> {
    let words = PossibleValuesParser::new(Right::ALL.map(Right::name));
    words.map(|word| Right::named(&word).expect("only words of the list are taken"))
}

impl Partner {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let known = file::read(&self.folder)?;
        let is_plain = |name: &str| !name.trim().is_empty() && !name.contains(char::is_control);
        if !is_plain(&self.name) {
            return Err(UsageError("--name: expected a text".to_owned()).into());
        }
        if known.partners.iter().any(|one| one.name == self.name) {
            let text = format!("there is a partner of the name {}", self.name);
            return Err(UsageError(text).into());
        }
        Reach::parties(self.glns.iter().map(String::as_str))
            .map_err(|error| UsageError(format!("--gln: {error}")))?;
        let (token, hash) = token::fresh();
        let lines = partner_lines((&self.name, &hash), &self.rights, Some(&self.glns));
        let path = self.folder.join(NAME);
        let written = OpenOptions::new()
            .append(true)
            .open(&path)
            .and_then(|mut file| file.write_all(lines.as_bytes()));
        written.with_context(|| format!("cannot write {}", path.display()))?;
        let output = global.output();
        output.result(
            &json!({ "file": path, "partner": self.name, "token": token }),
            &format!(
                "partner {} added\nits token, shown once: {token}",
                self.name
            ),
        )?;
        output.next(&format!("theriac gateway run {}", self.folder.display()));
        Ok(())
    }
}
