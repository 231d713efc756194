//! Datasets in the book: encrypted under its key, and destroyed with the data of a subject who has a row in them.

use std::collections::BTreeMap;

use alloy_primitives::B256;
use theriac_evidence::trial::{
    Body,
    bundle::{DataManifest, Dataset, DatasetEntry, Origin, canonical},
};

use crate::trials::{
    Error, Party, Refusal,
    book::{BookError, Document, DocumentKind, Logged},
    hash::sha256,
    register::plain,
};

/// For what the book's key is used here.
const PURPOSE: &[u8] = b"theriac/trial/datasets/v1";
/// The kind of the entry of an analysis.
const ANALYSED: u8 = 21;
const LIST_COMMITTED: u8 = 14;
const ERASED: u8 = 23;

impl Party {
    /// What is kept of the datasets of one analysis: their manifest first, whose hash the ledger gets.
    ///
    /// # Errors
    /// `DatasetFaulty` where a dataset has the name of another one.
    pub(in crate::trials) fn dataset_documents(
        &self,
        lock: u64,
        datasets: &[Dataset],
    ) -> Result<Vec<Document>, Error> {
        let mut known = self.known_datasets()?;
        let (mut documents, mut entries) = (Vec::new(), Vec::new());
        for dataset in datasets {
            let files = [&dataset.rows, &dataset.lineage].map(|bytes| self.dataset_document(bytes));
            let [rows, lineage] = [files[0].hash, files[1].hash];
            let entry = DatasetEntry {
                name: dataset.name.clone(),
                dataset: rows,
                lineage,
            };
            let other = known.insert(entry.name.clone(), entry.clone());
            if other.is_some_and(|other| other != entry) {
                return Err(Refusal::DatasetFaulty {
                    name: entry.name,
                    what: "another dataset of this study has the name".to_owned(),
                }
                .into());
            }
            documents.extend(files);
            entries.push(entry);
        }
        let manifest = DataManifest {
            format: "theriac-analysis/1".to_owned(),
            lock,
            datasets: entries,
        };
        let manifest = serde_json::to_value(&manifest).expect("a manifest is text and numbers");
        let manifest = canonical(&manifest).into_bytes();
        documents.insert(0, plain(DocumentKind::Analysis, &manifest));
        Ok(documents)
    }

    fn known_datasets(&self) -> Result<BTreeMap<String, DatasetEntry>, Error> {
        let mut known = BTreeMap::new();
        for logged in self.book.log_of_kind(ANALYSED)? {
            let named = self.named_datasets(&logged)?.into_iter();
            known.extend(named.map(|entry| (entry.name.clone(), entry)));
        }
        Ok(known)
    }

    /// The datasets that the manifest of an analysis names, where the book has it.
    fn named_datasets(&self, logged: &Logged) -> Result<Vec<DatasetEntry>, Error> {
        let Body::Analysed(analysed) = logged.body()? else {
            return Ok(Vec::new());
        };
        let manifest = self.book.document(analysed.data)?;
        let read = |document: Document| serde_json::from_slice::<DataManifest>(&document.content);
        let manifest = manifest.and_then(|document| read(document).ok());
        Ok(manifest
            .map(|manifest| manifest.datasets)
            .unwrap_or_default())
    }

    fn dataset_document(&self, bytes: &[u8]) -> Document {
        let hash = sha256(&[bytes]);
        let key = self.key.held(PURPOSE);
        Document {
            hash,
            kind: DocumentKind::Dataset,
            salt: B256::ZERO,
            content: key.encrypt(bytes, hash.as_slice(), &mut rand::rng()),
        }
    }

    /// Whether a document with a dataset or its lineage is what it is named.
    pub(in crate::trials) fn is_dataset(&self, document: &Document) -> bool {
        let hash = document.hash;
        let key = self.key.held(PURPOSE);
        let bytes = key.decrypt(&document.content, hash.as_slice());
        bytes.is_ok_and(|bytes| sha256(&[&bytes]) == hash)
    }

    fn dataset_file(&self, hash: B256) -> Result<Option<Vec<u8>>, Error> {
        let document = self.book.document(hash)?;
        let Some(document) = document.filter(|it| it.kind == DocumentKind::Dataset) else {
            return Ok(None);
        };
        let key = self.key.held(PURPOSE);
        let damaged = |_| BookError::Damaged("a dataset does not decrypt");
        let bytes = key
            .decrypt(&document.content, hash.as_slice())
            .map_err(damaged)?;
        Ok(Some(bytes.to_vec()))
    }

    /// The datasets of all analyses, where the book has them.
    ///
    /// # Errors
    /// Those of the book.
    pub fn datasets(&self) -> Result<Vec<Dataset>, Error> {
        let mut datasets = Vec::new();
        for entry in self.known_datasets()?.into_values() {
            datasets.extend(self.dataset_of(entry)?);
        }
        Ok(datasets)
    }

    /// A dataset by its name, where the book has it.
    ///
    /// # Errors
    /// Those of the book.
    pub fn dataset(&self, name: &str) -> Result<Option<Dataset>, Error> {
        match self.known_datasets()?.remove(name) {
            Some(entry) => self.dataset_of(entry),
            None => Ok(None),
        }
    }

    /// What the manifests of all analyses say of the datasets that the book has.
    ///
    /// # Errors
    /// Those of the book.
    pub fn dataset_entries(&self) -> Result<Vec<DatasetEntry>, Error> {
        let mut entries = Vec::new();
        for entry in self.known_datasets()?.into_values() {
            if self.dataset_file(entry.dataset)?.is_some() {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// Whether the study has lists, so that who analyses it may know arms.
    ///
    /// # Errors
    /// Those of the book.
    pub fn has_lists(&self) -> Result<bool, Error> {
        Ok(!self.book.log_of_kind(LIST_COMMITTED)?.is_empty())
    }

    fn dataset_of(&self, entry: DatasetEntry) -> Result<Option<Dataset>, Error> {
        let files = (
            self.dataset_file(entry.dataset)?,
            self.dataset_file(entry.lineage)?,
        );
        Ok(match files {
            (Some(rows), Some(lineage)) => Some(Dataset {
                name: entry.name,
                rows,
                lineage,
            }),
            _ => None,
        })
    }

    /// Destroys the datasets that have a row of a subject whose data were erased since, or a row of which nobody knows whose it is.
    pub(in crate::trials) fn forget_datasets(&mut self) -> Result<(), Error> {
        let erasures = self.book.log_of_kind(ERASED)?;
        if erasures.is_empty() || !self.book.has_documents(DocumentKind::Dataset)? {
            return Ok(());
        }
        let mut forgotten = Vec::new();
        for logged in self.book.log_of_kind(ANALYSED)? {
            let number = logged.entry.number;
            let since = erasures.iter().filter(|it| it.entry.number > number);
            let since: Vec<u32> = since.map(|it| it.entry.slot).collect();
            if since.is_empty() {
                continue;
            }
            for entry in self.named_datasets(&logged)? {
                let lineage = self.dataset_file(entry.lineage)?.unwrap_or_default();
                if has_row_of(&lineage, &since) {
                    forgotten.extend([entry.dataset, entry.lineage]);
                }
            }
        }
        match forgotten.is_empty() {
            true => Ok(()),
            false => Ok(self.book.destroy_documents(&forgotten)?),
        }
    }
}

fn has_row_of(lineage: &[u8], slots: &[u32]) -> bool {
    let mut lines = lineage.split_inclusive(|byte| *byte == b'\n');
    lines.any(|line| {
        let origins = Origin::line(line).unwrap_or_default();
        let mut known = origins.iter().flatten().peekable();
        known.peek().is_none() || known.any(|origin| slots.contains(&origin.slot()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_the_subject_and_a_row_of_nobody_are_found() {
        let named = b"[[3,0,\"AGE\"],null]\n[null,[4,\"arm\"]]\n";
        assert!(has_row_of(named, &[4]));
        assert!(!has_row_of(named, &[5]));
        assert!(has_row_of(b"[[3,0,\"AGE\"]]\n[null]\n", &[5]));
        assert!(!has_row_of(b"", &[5]));
    }
}
