//! `theriac trial capture` of ODM and Dataset-JSON: taken whole or not at all.

use super::{Capture, Desk, read};
use crate::errors::NotAccepted;
use anyhow::Context as _;
use serde_json::{Value, json};
use std::path::Path;
use theriac_gateway::trials::source::{
    DatasetMapping, Source, Taken, Terms, read_dataset, read_odm,
};
use theriac_standards::{dataset, odm};

/// What a file is, by its name.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Odm,
    Dataset,
}

/// `None` for a table.
pub(super) fn kind(file: &Path) -> Option<Kind> {
    let ending = file.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "xml" => Some(Kind::Odm),
        "json" | "ndjson" | "dsjc" => Some(Kind::Dataset),
        _ => None,
    }
}

impl Capture {
    pub(super) async fn take(self, kind: Kind, desk: &Desk) -> anyhow::Result<()> {
        let source = self.source(kind)?;
        let reason = self
            .correct
            .map(|reason| (reason.code(), self.text.clone()));
        let terms = Terms {
            reason,
            ..Terms::default()
        };
        let mut party = desk.party().await?;
        let progress = desk.output().progress("capturing");
        let taken = party.take_source(source, &terms).await?;
        drop(progress);
        desk.output().result(&value(&taken), &text(&taken))?;
        match taken.misfits.count {
            0 => Ok(()),
            misfits => Err(NotAccepted(misfits).into()),
        }
    }

    fn source(&self, kind: Kind) -> anyhow::Result<Source> {
        let bytes = read(&self.file)?;
        let source = match kind {
            Kind::Odm => read_odm(bytes.as_slice(), odm::Limits::default()),
            Kind::Dataset => {
                let mapping = self.mapping.as_deref();
                let mapping = mapping.context("say what each column is: --mapping")?;
                let mapping = DatasetMapping::read(&read(mapping)?)?;
                read_dataset(bytes.as_slice(), &mapping, dataset::Limits::default())
            }
        };
        source.with_context(|| format!("cannot take {}", self.file.display()))
    }
}

fn value(taken: &Taken) -> Value {
    let misfits = taken.misfits.first.iter().map(|(at, misfit)| {
        json!({ "place": at.to_string(), "code": misfit.code(), "message": misfit.to_string() })
    });
    json!({
        "values": taken.values, "captured": taken.captured, "same": taken.same, "corrected": taken.corrected,
        "queries": taken.queries.len(), "misfitCount": taken.misfits.count, "misfits": misfits.collect::<Vec<_>>(),
    })
}

fn text(taken: &Taken) -> String {
    let misfits = taken.misfits.first.iter();
    let mut lines: Vec<String> = misfits
        .map(|(at, misfit)| format!("{at}: {misfit}"))
        .collect();
    lines.push(match taken.misfits.count {
        0 => format!(
            "{} values: {} forms captured, {} corrections, {} as before",
            taken.values, taken.captured, taken.corrected, taken.same
        ),
        count => format!("{count} things do not fit; nothing was captured"),
    });
    lines.join("\n")
}
