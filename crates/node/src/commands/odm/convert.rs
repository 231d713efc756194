//! `theriac odm convert`.

use crate::{cli::Global, output::Output};
use anyhow::{Context as _, ensure};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};
use theriac_standards::odm::{
    Limits,
    convert::{Loss, Losses, Target, convert},
};

/// Write a file of a clinical trial in the other version of ODM.
///
/// Forms become groups in groups, values become elements, and audit records change their place. What the other version has no word for is left
/// out and told with its place; what vendors added is carried as it is.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac odm convert export.xml --to odm-2.0 --out export-2.xml\n  theriac odm convert rave.xml --to odm-2.0 --form-prefix F. --out rave-2.xml\n  theriac odm convert study-2.xml --to odm-1.3.2 > study.xml\n\nNext:\n  theriac odm validate FILE"
)]
pub(crate) struct Convert {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The version to write.
    #[arg(long, value_enum)]
    to: Version,
    /// Stands before the OIDs of forms, which are groups in ODM 2.0: give it where a form has the OID of a group.
    #[arg(long, value_name = "TEXT", default_value = "")]
    form_prefix: String,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Version {
    /// ODM 1.3.2.
    #[value(name = "odm-1.3.2")]
    One,
    /// ODM 2.0.
    #[value(name = "odm-2.0")]
    Two,
}

impl Convert {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let Some(out) = &self.out else {
            let losses = self.convert(io::stdout().lock())?;
            tell(global.output(), &losses);
            return Ok(());
        };
        // The file appears whole or not at all.
        let partial = out.with_extension("part");
        let written = File::create_new(&partial)
            .with_context(|| format!("cannot make {}", partial.display()))
            .and_then(|file| self.convert(file));
        let losses = match written {
            Ok(losses) => losses,
            Err(error) => {
                let _ = fs::remove_file(&partial);
                return Err(error);
            }
        };
        fs::rename(&partial, out).with_context(|| format!("cannot write {}", out.display()))?;
        global
            .output()
            .result(&value(out, &losses), &text(out, &losses))
    }

    fn convert(&self, writer: impl Write) -> anyhow::Result<Losses> {
        let what = || format!("cannot convert {}", self.file.display());
        let file = File::open(&self.file).with_context(what)?;
        ensure!(
            file.metadata().is_ok_and(|is| is.is_file()),
            "{} is no file",
            self.file.display()
        );
        let reader = BufReader::with_capacity(1 << 16, file);
        let target = match self.to {
            Version::One => Target::One,
            Version::Two => Target::Two {
                form_prefix: self.form_prefix.clone(),
            },
        };
        let writer = BufWriter::with_capacity(1 << 16, writer);
        convert(reader, writer, &target, limits()).with_context(what)
    }
}

/// A study's metadata and one subject are held at a time; some are large.
fn limits() -> Limits {
    Limits {
        unit_bytes: 256 << 20,
        unit_nodes: 16_000_000,
        ..Limits::default()
    }
}

/// What was lost goes beside the text, which goes to standard output.
fn tell(output: Output, losses: &Losses) {
    if !output.quiet {
        losses
            .kinds
            .iter()
            .for_each(|loss| eprintln!("lost     {loss}"));
    }
}

fn value(out: &Path, losses: &Losses) -> Value {
    json!({ "file": out, "lost": losses.count, "losses": losses.kinds.iter().map(loss).collect::<Vec<_>>() })
}

fn loss(loss: &Loss) -> Value {
    json!({
        "line": loss.place.line, "column": loss.place.column, "path": loss.path, "what": loss.what.to_string(),
        "times": loss.times,
    })
}

fn text(out: &Path, losses: &Losses) -> String {
    let mut lines: Vec<_> = losses
        .kinds
        .iter()
        .map(|loss| format!("lost     {loss}"))
        .collect();
    lines.push(format!("{}: {} lost", out.display(), losses.count));
    lines.join("\n")
}
