//! Making a bundle from all that a sponsor's gateway knows.

use super::{
    Audience, Beacon, Dataset, Extent, FileEntry, Format, HeadEvidence, Manifest,
    MilestoneEvidence, Openings, RegisterEvidence, StudyName,
    manifest::canonical,
    zip::{FileFacts, ZipWriter},
};
use crate::{
    bundle::{BlockEvidence, History as BlockHistory, Network},
    trial::{
        Body, Entry, Malformed, Opening, PlainItem, ProvedItem, Subject,
        cell::{Cell, ReasonFailure},
        form::write_path,
        form_context,
        list::BaseEntry,
        log::Tree,
        prove_subject,
        state::{Head, Milestone},
    },
};
use alloy_primitives::{B256, hex};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// What the ledger proves of the study at one block.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The network.
    pub network: Network,
    /// The block.
    pub block: BlockEvidence,
    /// That it is an ancestor of a newer one.
    pub history: Option<BlockHistory>,
    /// The study.
    pub study: StudyName,
    /// Its head, with proofs of the three slots.
    pub head: (Head, Vec<Vec<u8>>),
    /// Studies of the sponsor, with the proof of the slot.
    pub register: (u32, Vec<u8>),
    /// The seven milestones, with proofs of both slots of each.
    pub milestones: Vec<(Milestone, Vec<Vec<u8>>)>,
}

/// The values of the study, asked one capture or correction at a time.
pub trait Values {
    /// The secret and the items of the capture or correction that is entry number `entry`; `None` where they are erased.
    ///
    /// # Errors
    /// The store cannot be read.
    fn values(&mut self, entry: u64) -> io::Result<Option<(B256, Vec<PlainItem>)>>;
}

/// All that a sponsor's gateway knows of a study.
pub struct History<'a> {
    /// What the ledger proves.
    pub facts: Facts,
    /// The entries with their bodies, in their order; asked more than once.
    pub entries: &'a dyn Fn() -> Box<dyn Iterator<Item = io::Result<(Entry, Vec<u8>)>> + 'a>,
    /// The records of the subjects, in the order of their slots.
    pub subjects: &'a [Subject],
    /// The values.
    pub values: &'a mut dyn Values,
    /// Blocks that devices knew and lists were drawn from.
    pub beacons: Vec<Beacon>,
    /// What opens commitments.
    pub openings: Openings,
    /// Documents that entries name by their digest.
    pub documents: Vec<Vec<u8>>,
    /// Lists, published after unblinding.
    pub lists: BTreeMap<u16, Vec<BaseEntry>>,
    /// Datasets of analyses.
    pub datasets: Vec<Dataset>,
    /// The page that verifies the bundle in a browser.
    pub page: Option<Vec<u8>>,
}

/// What an audience gets.
pub enum Selection<'a> {
    /// All entries and counts, no value.
    Public,
    /// As the public, and the items for which `keep` holds, by OID, with the datasets whose lineage names no other item.
    Journal(&'a dyn Fn(&str) -> bool),
    /// Everything.
    Regulator,
    /// One subject's own entries, values and record.
    Participant(u32),
}

impl Selection<'_> {
    fn audience(&self) -> Audience {
        match self {
            Self::Public => Audience::Public,
            Self::Journal(_) => Audience::Journal,
            Self::Regulator => Audience::Regulator,
            Self::Participant(_) => Audience::Participant,
        }
    }

    fn entries(&self) -> Extent {
        match self {
            Self::Public | Self::Journal(_) | Self::Regulator => Extent::All,
            Self::Participant(_) => Extent::Chosen,
        }
    }

    fn forms(&self) -> Extent {
        match self {
            Self::Public => Extent::None,
            Self::Journal(_) | Self::Participant(_) => Extent::Chosen,
            Self::Regulator => Extent::All,
        }
    }

    /// Whether the dataset is in the bundle.
    fn sees(&self, dataset: &Dataset) -> bool {
        match self {
            Self::Public | Self::Participant(_) => false,
            Self::Journal(keep) => dataset.is_of_items(keep),
            Self::Regulator => true,
        }
    }

    /// Whether the entry is in the bundle: a participant gets the registration and what concerns her.
    fn has(&self, entry: &Entry) -> bool {
        match self {
            Self::Public | Self::Journal(_) | Self::Regulator => true,
            Self::Participant(slot) => entry.number == 0 || entry.slot == *slot,
        }
    }
}

/// Why no bundle was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeFailure {
    /// Reading a store or writing the file fails.
    #[error("the bundle cannot be written")]
    Io(#[from] io::Error),
    /// An entry's body is not of its kind.
    #[error("entry {entry}")]
    Body {
        /// The entry.
        entry: u64,
        /// What is wrong.
        #[source]
        source: Malformed,
    },
    /// A later version of an item has no reason, or a first one has.
    #[error("entry {entry}: an item has a reason without an earlier version, or none with one")]
    Reason {
        /// The entry.
        entry: u64,
    },
    /// The records do not contain the slot, or sum up beyond their fields.
    #[error("there is no record of slot {slot}")]
    Slot {
        /// The slot.
        slot: u32,
    },
}

/// Where a capture or correction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct FormPlace {
    slot: u32,
    cell: u32,
    entry: u64,
}

/// Writes the bundle.
///
/// # Errors
/// See [`MakeFailure`].
pub fn make<W: Write>(
    history: &mut History<'_>,
    selection: &Selection<'_>,
    out: W,
) -> Result<W, MakeFailure> {
    let mut zip = ZipWriter::new(out);
    let mut files = Vec::new();
    let is_participant = matches!(selection, Selection::Participant(_));
    let (tree, places) = survey(history, selection)?;
    files.push(json_file(&mut zip, "beacons.json", &history.beacons)?);
    for (name, content) in dataset_files(&history.datasets, selection) {
        files.push(plain_file(&mut zip, &name, content)?);
    }
    let documents = history.documents.iter();
    let documents = documents.map(|document| (hex::encode(Sha256::digest(document)), document));
    for (digest, document) in documents.collect::<BTreeMap<_, _>>() {
        files.push(plain_file(
            &mut zip,
            &format!("documents/{digest}"),
            document,
        )?);
    }
    files.push(zip.file("entries.bin", |out| {
        write_entries(history, selection, (&tree, out))
    })?);
    if selection.forms() != Extent::None {
        files.push(write_forms(history, selection, &places, &mut zip)?);
    }
    if !is_participant {
        for (list, entries) in &history.lists {
            let bytes: Vec<u8> = entries.iter().flat_map(BaseEntry::encode).collect();
            files.push(plain_file(
                &mut zip,
                &format!("lists/{list:05}.bin"),
                &bytes,
            )?);
        }
    }
    let openings = openings_for(history, selection);
    files.push(json_file(&mut zip, "openings.json", &openings)?);
    files.push(plain_file(
        &mut zip,
        "report.txt",
        report(history, selection).as_bytes(),
    )?);
    files.push(write_subjects(history, selection, &mut zip)?);
    if let Some(page) = &history.page {
        files.push(plain_file(&mut zip, "verify.html", page)?);
    }
    let manifest = manifest(history, selection, files);
    json_file(&mut zip, "manifest.json", &manifest)?;
    Ok(zip.finish()?)
}

/// Reads the entries once: the tree of the log where proofs are asked of it, and the places of captures and corrections.
fn survey(
    history: &History<'_>,
    selection: &Selection<'_>,
) -> Result<(Tree, Vec<FormPlace>), MakeFailure> {
    let (mut tree, mut places) = (Tree::default(), Vec::new());
    for item in (history.entries)() {
        let (entry, body) = item?;
        if selection.entries() == Extent::Chosen {
            tree.append(entry.leaf());
        }
        if !selection.has(&entry) {
            continue;
        }
        let (slot, number) = (entry.slot, entry.number);
        let body = Body::decode(entry.kind, &body).map_err(|source| MakeFailure::Body {
            entry: number,
            source,
        })?;
        let cell = match body {
            Body::Captured(captured) => captured.cell,
            Body::Corrected(corrected) => corrected.cell,
            _ => continue,
        };
        places.push(FormPlace {
            slot,
            cell,
            entry: number,
        });
    }
    places.sort_unstable();
    Ok((tree, places))
}

/// The files of the datasets that the audience sees, in the order of their names.
fn dataset_files<'a>(
    datasets: &'a [Dataset],
    selection: &Selection<'_>,
) -> BTreeMap<String, &'a [u8]> {
    let seen = datasets.iter().filter(|dataset| selection.sees(dataset));
    let files = seen.flat_map(
        |Dataset {
             name,
             rows,
             lineage,
         }| {
            [
                (format!("datasets/{name}.ndjson"), &rows[..]),
                (format!("datasets/{name}.lineage.ndjson"), &lineage[..]),
            ]
        },
    );
    files.collect()
}

fn write_entries(
    history: &History<'_>,
    selection: &Selection<'_>,
    (tree, out): (&Tree, &mut dyn Write),
) -> io::Result<()> {
    for item in (history.entries)() {
        let (entry, body) = item?;
        if !selection.has(&entry) {
            continue;
        }
        out.write_all(&entry.encode())?;
        out.write_all(&(body.len() as u32).to_be_bytes())?;
        out.write_all(&body)?;
        if selection.entries() == Extent::Chosen {
            let size = history.facts.head.0.size;
            let path = tree.inclusion(entry.number, size).ok_or_else(|| {
                io::Error::other("the entries are fewer than the head of the study says")
            })?;
            let mut bytes = Vec::new();
            write_path(&path, &mut bytes);
            out.write_all(&bytes)?;
        }
    }
    Ok(())
}

fn write_forms<W: Write>(
    history: &mut History<'_>,
    selection: &Selection<'_>,
    places: &[FormPlace],
    zip: &mut ZipWriter<W>,
) -> Result<FileFacts, MakeFailure> {
    let study = history.facts.study;
    let study = crate::trial::study_id(
        history.facts.network.chain_id,
        study.organisation,
        study.number,
    );
    let mut failure = None;
    let values = &mut *history.values;
    let facts = zip.file("forms.bin", |out| {
        let (mut at, mut cell) = ((0, 0), Cell::default());
        for place in places {
            if at != (place.slot, place.cell) {
                at = (place.slot, place.cell);
                cell = Cell::new(form_context(&study, place.slot, place.cell));
            }
            let Some((secret, items)) = values.values(place.entry)? else {
                continue;
            };
            let opening = match open(&mut cell, selection, (secret, items)) {
                Ok(opening) => opening,
                Err(ReasonFailure { .. }) => {
                    failure = Some(MakeFailure::Reason { entry: place.entry });
                    return Err(io::Error::other("an item without its reason"));
                }
            };
            let Some(opening) = opening else { continue };
            let bytes = opening.encode();
            out.write_all(&place.entry.to_be_bytes())?;
            out.write_all(&(bytes.len() as u32).to_be_bytes())?;
            out.write_all(&bytes)?;
        }
        Ok(())
    });
    match failure {
        Some(failure) => Err(failure),
        None => Ok(facts?),
    }
}

/// What the audience sees of one capture or correction; nothing where it is to see no item of it.
fn open(
    cell: &mut Cell,
    selection: &Selection<'_>,
    (secret, plain): (B256, Vec<PlainItem>),
) -> Result<Option<Opening>, ReasonFailure> {
    let Selection::Journal(keep) = selection else {
        return Ok(Some(Opening::Whole {
            secret,
            items: plain,
        }));
    };
    let items = cell.apply(&secret, &plain)?;
    let tree = Tree::of(items.iter().map(crate::trial::Item::leaf));
    let kept = items
        .iter()
        .zip(0_u32..)
        .filter(|(item, _)| keep(&item.oid));
    let chosen: Vec<_> = kept
        .map(|(item, index)| ProvedItem {
            index,
            leaf: item.encode(),
            proof: tree
                .inclusion(u64::from(index), tree.size())
                .expect("the item is in its form"),
        })
        .collect();
    Ok((!chosen.is_empty()).then_some(Opening::Chosen(chosen)))
}

fn write_subjects<W: Write>(
    history: &History<'_>,
    selection: &Selection<'_>,
    zip: &mut ZipWriter<W>,
) -> Result<FileFacts, MakeFailure> {
    let records = history.subjects;
    let mut bytes = Vec::new();
    match selection {
        Selection::Participant(slot) => {
            let missing = MakeFailure::Slot { slot: *slot };
            let index = records.iter().position(|record| record.slot == *slot);
            let Some(index) = index else {
                return Err(missing);
            };
            let Some(path) = prove_subject(records, index) else {
                return Err(missing);
            };
            bytes.extend_from_slice(&records[index].encode());
            bytes.push(path.len() as u8);
            for node in path {
                bytes.extend_from_slice(node.hash.as_slice());
                bytes.extend_from_slice(&node.sums.encode());
            }
        }
        Selection::Public | Selection::Journal(_) | Selection::Regulator => {
            records
                .iter()
                .for_each(|record| bytes.extend_from_slice(&record.encode()));
        }
    }
    Ok(plain_file(zip, "subjects.bin", &bytes)?)
}

/// A participant gets no printed names or secrets: they are of others.
fn openings_for(history: &History<'_>, selection: &Selection<'_>) -> Openings {
    match selection {
        Selection::Participant(_) => Openings {
            outcomes: history
                .openings
                .outcomes
                .iter()
                .filter(|it| it.entry == 0)
                .cloned()
                .collect(),
            ..Openings::default()
        },
        Selection::Public | Selection::Journal(_) | Selection::Regulator => {
            history.openings.clone()
        }
    }
}

fn report(history: &History<'_>, selection: &Selection<'_>) -> String {
    let Facts {
        study,
        head: (head, _),
        register: (count, _),
        network,
        ..
    } = &history.facts;
    let page = match history.page {
        Some(_) => "or open verify.html of this file in a browser, which needs no network,\n",
        None => "",
    };
    format!(
        "Evidence of a clinical trial, for: {}\n\nStudy {} of {count} of organisation {} on network {}\nentries: {}\nsubjects: {}\n\n\
         What this file proves is not said here, but by who verifies it:\n  theriac verify FILE --network network.json\n{page}\
         or an own program after docs/protocol/trials.md.\n",
        format!("{:?}", selection.audience()).to_lowercase(),
        study.number,
        study.organisation,
        network.chain_id,
        head.size,
        head.subjects,
    )
}

fn manifest(history: &History<'_>, selection: &Selection<'_>, files: Vec<FileFacts>) -> Manifest {
    let facts = &history.facts;
    let files = files
        .into_iter()
        .map(|FileFacts { name, size, sha256 }| FileEntry { name, size, sha256 });
    let milestones = facts.milestones.iter();
    Manifest {
        format: Format::V1,
        audience: selection.audience(),
        network: facts.network.clone(),
        block: facts.block.clone(),
        history: facts.history.clone(),
        study: facts.study,
        head: HeadEvidence::new(&facts.head.0, facts.head.1.clone()),
        register: RegisterEvidence {
            count: facts.register.0,
            proof: facts.register.1.clone(),
        },
        milestones: milestones
            .map(|(it, proofs)| MilestoneEvidence::new(it, proofs.clone()))
            .collect(),
        entries: selection.entries(),
        subjects: selection.entries(),
        forms: selection.forms(),
        files: files.collect(),
    }
}

fn plain_file<W: Write>(zip: &mut ZipWriter<W>, name: &str, bytes: &[u8]) -> io::Result<FileFacts> {
    zip.file(name, |out| out.write_all(bytes))
}

fn json_file<W: Write, T: serde::Serialize>(
    zip: &mut ZipWriter<W>,
    name: &str,
    value: &T,
) -> io::Result<FileFacts> {
    let value = serde_json::to_value(value).map_err(io::Error::other)?;
    plain_file(zip, name, canonical(&value).as_bytes())
}
