//! C14: analysed datasets and the lineage of their rows.

use super::{
    ClaimId, Failure, Place,
    judge::Judge,
    page::{self, Opened},
    replay::Replay,
};
use crate::digest::sha256;
use crate::trial::bundle::{
    Audience, DataManifest, DatasetEntry, Manifest, Origin, stream::Stream, value_text,
    zip::Archive,
};
use alloy_primitives::B256;
use serde_json::Value;
use std::collections::BTreeMap;

/// Longest line of a dataset, in bytes.
const MAX_LINE: usize = 1 << 20;

/// A cell of a dataset that is said to be an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Traced {
    pub(super) slot: u32,
    pub(super) cell: u32,
    pub(super) oid: u32,
    pub(super) dataset: u16,
    pub(super) column: u16,
    pub(super) row: u32,
    pub(super) lock: u64,
    pub(super) value: ValueDigest,
}

/// What stands for a value while it waits for its leaf.
pub(super) type ValueDigest = [u8; 16];

/// The digest of a value of this kind: a null of a dataset is a null or a removed item.
pub(super) fn value_digest(value: Option<&str>) -> ValueDigest {
    let digest = match value {
        Some(text) => sha256(&[&[0], text.as_bytes()]),
        None => sha256(&[&[1]]),
    };
    digest[..16].try_into().expect("16 of 32 bytes")
}

/// All cells that are said to be items, in the order of their forms.
#[derive(Debug, Default)]
pub(super) struct Lineage {
    pub(super) traced: Vec<Traced>,
    pub(super) oids: Vec<String>,
    pub(super) datasets: Vec<String>,
    index: BTreeMap<String, u32>,
}

impl Lineage {
    fn oid(&mut self, oid: &str) -> u32 {
        if let Some(index) = self.index.get(oid) {
            return *index;
        }
        let index = self.oids.len() as u32;
        self.oids.push(oid.to_owned());
        self.index.insert(oid.to_owned(), index);
        index
    }

    pub(super) fn place(&self, traced: &Traced) -> Place {
        Place {
            slot: Some(traced.slot),
            cell: Some(traced.cell),
            item: Some(self.oids[traced.oid as usize].clone()),
            dataset: Some(self.datasets[usize::from(traced.dataset)].clone()),
            row: Some(u64::from(traced.row)),
            column: Some(u32::from(traced.column)),
            ..Place::none()
        }
    }
}

/// Reads manifests and datasets of all analyses.
pub(super) fn read(
    archive: &Archive<'_>,
    (manifest, replay, opened): (&Manifest, &Replay, &Opened),
    judge: &mut Judge,
) -> Result<Lineage, Failure> {
    let mut lineage = Lineage::default();
    if replay.analyses.is_empty() {
        judge.unclaimed(ClaimId::C14, "no analysis was entered");
    }
    for (entry, analysed) in &replay.analyses {
        let Some(document) = page::document(archive, &analysed.data)? else {
            judge.unclaimed(
                ClaimId::C14,
                format!(
                    "the datasets of analysis {}, which the bundle has not",
                    analysed.number
                ),
            );
            continue;
        };
        let data: Option<DataManifest> = serde_json::from_slice(&document).ok();
        let Some(data) = data.filter(|data| data.format == "theriac-analysis/1") else {
            judge.fail(
                ClaimId::C14,
                "data-manifest-malformed",
                Place::entry(*entry),
                "the manifest of the data is not of its form",
            );
            continue;
        };
        if data.lock != analysed.lock {
            judge.fail(
                ClaimId::C14,
                "data-of-another-lock",
                Place::entry(*entry),
                "the data are of another lock than the analysis",
            );
        }
        if !has_datasets(manifest) {
            judge.unclaimed(
                ClaimId::C14,
                format!(
                    "the datasets of analysis {}, which the bundle has not",
                    analysed.number
                ),
            );
            continue;
        }
        for dataset in &data.datasets {
            read_dataset(
                archive,
                (manifest, opened, dataset, data.lock),
                (&mut lineage, judge),
            )?;
        }
    }
    lineage.traced.sort_unstable();
    judge.figures.cells_traced = lineage.traced.len() as u64;
    Ok(lineage)
}

fn has_datasets(manifest: &Manifest) -> bool {
    manifest
        .files
        .iter()
        .any(|file| file.name.starts_with("datasets/"))
}

/// A file whose digest the manifest has checked.
fn has_digest(manifest: &Manifest, name: &str, digest: &B256) -> bool {
    manifest
        .files
        .iter()
        .any(|file| file.name == name && file.sha256 == *digest)
}

fn read_dataset(
    archive: &Archive<'_>,
    (manifest, opened, dataset, lock): (&Manifest, &Opened, &DatasetEntry, u64),
    (lineage, judge): (&mut Lineage, &mut Judge),
) -> Result<(), Failure> {
    let place = Place {
        dataset: Some(dataset.name.clone()),
        ..Place::none()
    };
    let rows_name = format!("datasets/{}.ndjson", dataset.name);
    let lineage_name = format!("datasets/{}.lineage.ndjson", dataset.name);
    let are_those = has_digest(manifest, &rows_name, &dataset.dataset)
        && has_digest(manifest, &lineage_name, &dataset.lineage);
    let files = (archive.file(&rows_name), archive.file(&lineage_name));
    if manifest.audience == Audience::Journal && matches!(files, (None, None)) {
        judge.unclaimed(
            ClaimId::C14,
            format!(
                "dataset {}, which the bundle has not: it has items that were not opened for the journal",
                dataset.name
            ),
        );
        return Ok(());
    }
    let (true, (Some(rows), Some(sources))) = (are_those, files) else {
        judge.fail(
            ClaimId::C14,
            "dataset-differs",
            place,
            "the dataset or its lineage is not the one that was analysed",
        );
        return Ok(());
    };
    let (mut rows, mut sources) = (Stream::new(rows), Stream::new(sources));
    let unreadable = |source| Failure::file(&rows_name, source);
    let number = lineage.datasets.len() as u16;
    lineage.datasets.push(dataset.name.clone());
    // The first line tells of the dataset.
    rows.line(MAX_LINE).map_err(unreadable)?;
    for row in 0.. {
        let values = rows.line(MAX_LINE).map_err(unreadable)?;
        let origins = sources.line(MAX_LINE).map_err(unreadable)?;
        let (values, origins) = match (values, origins) {
            (None, None) => break,
            (Some(values), Some(origins)) => (values, origins),
            (Some(_), None) | (None, Some(_)) => {
                let place = Place {
                    row: Some(u64::from(row)),
                    ..place
                };
                judge.fail(
                    ClaimId::C14,
                    "lineage-malformed",
                    place,
                    "there is not one line of lineage for each row",
                );
                return Ok(());
            }
        };
        judge.figures.rows += 1;
        let mut row = Row {
            place: &place,
            opened,
            lineage,
            judge,
            dataset: number,
            row,
            lock,
        };
        row.trace(values, origins);
    }
    Ok(())
}

/// One row while it is read.
struct Row<'a> {
    place: &'a Place,
    opened: &'a Opened,
    lineage: &'a mut Lineage,
    judge: &'a mut Judge,
    dataset: u16,
    row: u32,
    lock: u64,
}

impl Row<'_> {
    fn trace(&mut self, values: &[u8], origins: &[u8]) {
        let values: Option<Vec<Value>> = serde_json::from_slice(values).ok();
        let (Some(values), Some(origins)) = (values, Origin::line(origins)) else {
            return self.malformed();
        };
        if values.len() != origins.len() || values.len() > usize::from(u16::MAX) {
            return self.malformed();
        }
        let is_item = |origin: &Option<Origin>| matches!(origin, Some(Origin::Item { .. }));
        let mut pairs = values.iter().zip(&origins);
        if pairs.any(|(value, origin)| is_item(origin) && value_text(value).is_none()) {
            return self.malformed();
        }
        for ((value, origin), column) in values.iter().zip(origins).zip(0_u16..) {
            match origin {
                Some(Origin::Item { slot, cell, oid }) => {
                    let text = value_text(value).flatten();
                    self.trace_item((slot, cell, &oid), text.as_deref(), column);
                }
                Some(Origin::Arm(slot)) => self.check_allocation(value, (slot, true), column),
                Some(Origin::Kit(slot)) => self.check_allocation(value, (slot, false), column),
                None => {}
            }
        }
    }

    fn trace_item(&mut self, (slot, cell, oid): (u32, u32, &str), text: Option<&str>, column: u16) {
        let oid = self.lineage.oid(oid);
        self.lineage.traced.push(Traced {
            slot,
            cell,
            oid,
            dataset: self.dataset,
            column,
            row: self.row,
            lock: self.lock,
            value: value_digest(text),
        });
    }

    fn check_allocation(&mut self, value: &Value, (slot, is_arm): (u32, bool), column: u16) {
        let allocated = self
            .opened
            .allocated
            .get(&slot)
            .map(|(arm, kit)| if is_arm { arm } else { kit });
        if allocated.is_none() && self.opened.hidden.contains(&slot) {
            let text = "arms and kits of lists that are not opened";
            return self.judge.limit(ClaimId::C14, text);
        }
        if allocated.map(String::as_str) == value.as_str() {
            return;
        }
        let place = Place {
            column: Some(u32::from(column)),
            ..self.at()
        }
        .of(slot);
        self.judge.fail(
            ClaimId::C14,
            "arm-differs",
            place,
            "the arm or kit is not the one that the list gives the subject",
        );
    }

    fn at(&self) -> Place {
        Place {
            row: Some(u64::from(self.row)),
            ..self.place.clone()
        }
    }

    fn malformed(&mut self) {
        let place = self.at();
        self.judge.fail(
            ClaimId::C14,
            "lineage-malformed",
            place,
            "the row or its lineage is not of its form",
        );
    }
}
