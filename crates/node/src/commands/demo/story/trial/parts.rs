//! A bundle taken apart, changed and put together again with digests that fit: what anyone can do to a file.

use alloy_primitives::B256;
use anyhow::{Context as _, ensure};
use std::collections::BTreeMap;
use theriac_evidence::{
    digest::sha256,
    trial::{
        ENTRY_BYTES, Entry, SUBJECT_BYTES, Subject,
        bundle::{
            FileEntry, Manifest, canonical,
            zip::{Archive, ZipWriter},
        },
        next_tip,
    },
};

/// An entry with its body.
pub(super) type Filed = (Entry, Vec<u8>);

const ENTRIES: &str = "entries.bin";
const FORMS: &str = "forms.bin";
const SUBJECTS: &str = "subjects.bin";
const MANIFEST: &str = "manifest.json";

/// The contents of a bundle.
pub(super) struct Parts {
    pub(super) manifest: Manifest,
    files: BTreeMap<String, Vec<u8>>,
}

impl Parts {
    /// Takes a bundle apart.
    pub(super) fn of(bytes: &[u8]) -> anyhow::Result<Self> {
        let archive = Archive::open(bytes)?;
        let mut files = BTreeMap::new();
        for (name, _) in archive.names() {
            let content = archive.content(name, u64::MAX)?;
            files.insert(name.to_owned(), content.context("a listed file")?.0);
        }
        let manifest = files.remove(MANIFEST).context("a bundle has a manifest")?;
        Ok(Self {
            manifest: serde_json::from_slice(&manifest)?,
            files,
        })
    }

    /// Puts it together again.
    pub(super) fn pack(mut self) -> anyhow::Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Vec::new());
        self.manifest.files.clear();
        for (name, content) in &self.files {
            let facts = zip.file(name, |out| out.write_all(content))?;
            self.manifest.files.push(FileEntry {
                name: facts.name,
                size: facts.size,
                sha256: facts.sha256,
            });
        }
        let manifest = canonical(&serde_json::to_value(&self.manifest)?);
        zip.file(MANIFEST, |out| out.write_all(manifest.as_bytes()))?;
        Ok(zip.finish()?)
    }

    /// The entries, in order.
    pub(super) fn entries(&self) -> anyhow::Result<Vec<Filed>> {
        let mut rest = self.file(ENTRIES)?;
        let mut entries = Vec::new();
        while !rest.is_empty() {
            let (entry, after) = split(rest, ENTRY_BYTES)?;
            let (body, after) = framed(after)?;
            entries.push((Entry::decode(entry)?, body.to_vec()));
            rest = after;
        }
        Ok(entries)
    }

    /// Puts entries in, with all that follows from them and is no root that the ledger holds: numbers, hashes of bodies, chains and records.
    pub(super) fn forge(&mut self, mut entries: Vec<Filed>) -> anyhow::Result<()> {
        let mut chains = BTreeMap::<u32, (u32, B256)>::new();
        for ((entry, body), number) in entries.iter_mut().zip(0..) {
            entry.number = number;
            entry.body = sha256(&[body]);
            let (count, tip) = chains.entry(entry.slot).or_default();
            entry.subject_number = if entry.slot == 0 { 0 } else { *count };
            (*count, *tip) = (*count + 1, next_tip(tip, &entry.leaf()));
        }
        let mut subjects = self.subjects()?;
        subjects.retain(|subject| chains.contains_key(&subject.slot));
        for subject in &mut subjects {
            (subject.entries, subject.tip) = chains[&subject.slot];
        }
        self.put_entries(&entries);
        self.put_subjects(&subjects);
        Ok(())
    }

    /// Leaves entries out, with the values that belong to them, and forges the rest.
    pub(super) fn drop_entries(
        &mut self,
        is_dropped: impl Fn(&Entry) -> bool,
    ) -> anyhow::Result<usize> {
        let entries = self.entries()?;
        let before = entries.len();
        let kept: Vec<Filed> = entries
            .into_iter()
            .filter(|(entry, _)| !is_dropped(entry))
            .collect();
        let numbers: BTreeMap<u64, u64> = kept
            .iter()
            .map(|(entry, _)| entry.number)
            .zip(0..)
            .collect();
        self.renumber_forms(&numbers)?;
        let dropped = before - kept.len();
        ensure!(dropped > 0, "there is nothing to leave out");
        self.forge(kept)?;
        Ok(dropped)
    }

    fn renumber_forms(&mut self, numbers: &BTreeMap<u64, u64>) -> anyhow::Result<()> {
        let mut rest = self.file(FORMS)?;
        let mut bytes = Vec::new();
        while !rest.is_empty() {
            let (entry, after) = split(rest, 8)?;
            let (opening, after) = framed(after)?;
            let entry = u64::from_be_bytes(entry.try_into().expect("8 bytes"));
            if let Some(number) = numbers.get(&entry) {
                bytes.extend_from_slice(&number.to_be_bytes());
                push_framed(&mut bytes, opening);
            }
            rest = after;
        }
        self.files.insert(FORMS.to_owned(), bytes);
        Ok(())
    }

    /// The records of the subjects.
    pub(super) fn subjects(&self) -> anyhow::Result<Vec<Subject>> {
        let records = self.file(SUBJECTS)?.chunks_exact(SUBJECT_BYTES);
        Ok(records.map(Subject::decode).collect::<Result<_, _>>()?)
    }

    /// Puts records in.
    pub(super) fn put_subjects(&mut self, subjects: &[Subject]) {
        let bytes = subjects.iter().flat_map(Subject::encode).collect();
        self.files.insert(SUBJECTS.to_owned(), bytes);
    }

    fn put_entries(&mut self, entries: &[Filed]) {
        let mut bytes = Vec::new();
        for (entry, body) in entries {
            bytes.extend_from_slice(&entry.encode());
            push_framed(&mut bytes, body);
        }
        self.files.insert(ENTRIES.to_owned(), bytes);
    }

    fn file(&self, name: &'static str) -> anyhow::Result<&[u8]> {
        Ok(self.files.get(name).context(name)?)
    }
}

fn split(bytes: &[u8], length: usize) -> anyhow::Result<(&[u8], &[u8])> {
    bytes
        .split_at_checked(length)
        .context("a record is cut off")
}

/// Bytes with their length before them, and what comes after.
fn framed(bytes: &[u8]) -> anyhow::Result<(&[u8], &[u8])> {
    let (length, rest) = split(bytes, 4)?;
    let length = u32::from_be_bytes(length.try_into().expect("4 bytes"));
    split(rest, length as usize)
}

fn push_framed(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
    out.extend_from_slice(bytes);
}
