//! A bundle taken apart, changed, and put together again with its own digests.

use alloy_primitives::B256;
use std::collections::BTreeMap;
use theriac_evidence::{
    digest::sha256,
    trial::{
        Entry, Opening, SUBJECT_BYTES, Subject, SumTree,
        bundle::{
            FileEntry, Manifest, Openings, canonical,
            zip::{Archive, ZipWriter},
        },
        log::Frontier,
        next_tip,
    },
};

pub struct Parts {
    pub manifest: Manifest,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Parts {
    pub fn of(bytes: &[u8]) -> Self {
        let archive = Archive::open(bytes).expect("a bundle of our own");
        let names: Vec<String> = archive.names().map(|(name, _)| name.to_owned()).collect();
        let content = |name: &str| {
            archive
                .content(name, u64::MAX)
                .expect("readable")
                .expect("listed")
                .0
        };
        let mut files: BTreeMap<_, _> = names
            .iter()
            .map(|name| (name.clone(), content(name)))
            .collect();
        let manifest = files.remove("manifest.json").expect("every bundle has one");
        let manifest = serde_json::from_slice(&manifest).expect("a manifest");
        Self { manifest, files }
    }

    pub fn pack(mut self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Vec::new());
        let mut entries = Vec::new();
        for (name, content) in &self.files {
            let facts = zip
                .file(name, |out| out.write_all(content))
                .expect("memory");
            entries.push(FileEntry {
                name: facts.name,
                size: facts.size,
                sha256: facts.sha256,
            });
        }
        self.manifest.files = entries;
        let manifest = canonical(&serde_json::to_value(&self.manifest).expect("plain"));
        zip.file("manifest.json", |out| out.write_all(manifest.as_bytes()))
            .expect("memory");
        zip.finish().expect("memory")
    }

    pub fn file(&mut self, name: &str) -> &mut Vec<u8> {
        self.files
            .get_mut(name)
            .unwrap_or_else(|| panic!("{name} is in the bundle"))
    }

    pub fn entries(&self) -> Vec<(Entry, Vec<u8>)> {
        let mut rest = &self.files["entries.bin"][..];
        let mut entries = Vec::new();
        while !rest.is_empty() {
            let entry = Entry::decode(&rest[..168]).expect("our own");
            let length = u32::from_be_bytes(rest[168..172].try_into().expect("4 bytes")) as usize;
            entries.push((entry, rest[172..172 + length].to_vec()));
            rest = &rest[172 + length..];
        }
        entries
    }

    pub fn subjects(&self) -> Vec<Subject> {
        let records = self.files["subjects.bin"].chunks_exact(SUBJECT_BYTES);
        records
            .map(|record| Subject::decode(record).expect("our own"))
            .collect()
    }

    pub fn forms(&self) -> Vec<(u64, Opening)> {
        let mut rest = &self.files["forms.bin"][..];
        let mut forms = Vec::new();
        while !rest.is_empty() {
            let entry = u64::from_be_bytes(rest[..8].try_into().expect("8 bytes"));
            let length = u32::from_be_bytes(rest[8..12].try_into().expect("4 bytes")) as usize;
            forms.push((
                entry,
                Opening::decode(&rest[12..12 + length]).expect("our own"),
            ));
            rest = &rest[12 + length..];
        }
        forms
    }

    pub fn set_forms(&mut self, forms: &[(u64, Opening)]) {
        let mut bytes = Vec::new();
        for (entry, opening) in forms {
            let opening = opening.encode();
            bytes.extend_from_slice(&entry.to_be_bytes());
            bytes.extend_from_slice(&(opening.len() as u32).to_be_bytes());
            bytes.extend_from_slice(&opening);
        }
        *self.file("forms.bin") = bytes;
    }

    pub fn openings(&self) -> Openings {
        serde_json::from_slice(&self.files["openings.json"]).expect("our own")
    }

    pub fn set_openings(&mut self, openings: &Openings) {
        *self.file("openings.json") =
            canonical(&serde_json::to_value(openings).expect("plain")).into_bytes();
    }

    pub fn set_subjects(&mut self, subjects: &[Subject]) {
        *self.file("subjects.bin") = subjects.iter().flat_map(Subject::encode).collect();
    }

    /// Puts entries back as they are.
    pub fn set_entries(&mut self, entries: &[(Entry, Vec<u8>)]) {
        let mut bytes = Vec::new();
        for (entry, body) in entries {
            bytes.extend_from_slice(&entry.encode());
            bytes.extend_from_slice(&(body.len() as u32).to_be_bytes());
            bytes.extend_from_slice(body);
        }
        *self.file("entries.bin") = bytes;
    }

    /// Puts entries back with all that follows from them: numbers, bodies' hashes, chains, records of the same subjects, and, with
    /// `and_head`, the roots in the manifest, whose proofs nobody can make.
    pub fn forge(&mut self, mut entries: Vec<(Entry, Vec<u8>)>, and_head: bool) {
        let mut subjects = self.subjects();
        let mut chains = BTreeMap::<u32, (u32, B256)>::new();
        let mut log = Frontier::new();
        for ((entry, body), number) in entries.iter_mut().zip(0..) {
            entry.number = number;
            entry.body = sha256(&[body]);
            let (count, tip) = chains.entry(entry.slot).or_default();
            entry.subject_number = if entry.slot == 0 { 0 } else { *count };
            let leaf = entry.leaf();
            (*count, *tip) = (*count + 1, next_tip(tip, &leaf));
            log.append(leaf);
        }
        subjects.retain(|subject| chains.contains_key(&subject.slot));
        for subject in &mut subjects {
            (subject.entries, subject.tip) = chains[&subject.slot];
        }
        self.set_entries(&entries);
        self.set_subjects(&subjects);
        if and_head {
            let mut tree = SumTree::default();
            subjects
                .iter()
                .for_each(|subject| tree.append(subject).expect("small sums"));
            let head = &mut self.manifest.head;
            head.root = log.root();
            head.size = log.size();
            head.subjects = subjects.len() as u32;
            head.sums = tree.root().expect("small sums");
        }
    }
}
