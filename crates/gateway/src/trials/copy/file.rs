//! What goes from one book to another, before it is encrypted.

use alloy_primitives::{Address, B256, Bytes};
use serde::{Deserialize, Serialize};

use crate::trials::{
    Refusal,
    book::{Card, Document, DocumentKind, FormRow, KeyWrap, NewSubject},
};

/// The largest package before it is encrypted, in bytes.
pub const MAX_COPY_BYTES: usize = 60 << 20;
const FORMAT: &str = "theriac-trial-copy/1";

/// A copy, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CopyFile {
    pub(super) format: String,
    /// The study.
    pub study: B256,
    /// Who sends it.
    pub sender: Card,
    /// Entries of the log that the sender had read.
    pub size: u64,
    /// Wraps of the sender's seed, to be kept for it.
    pub(super) readers: Vec<WrapLine>,
    /// Wraps of the receiver's seed, as it gave them.
    pub(super) custody: Vec<WrapLine>,
    pub(super) documents: Vec<DocumentLine>,
    /// Lists that the unblinding opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) lists: Vec<ListLine>,
    pub(super) subjects: Vec<SubjectLine>,
    pub(super) texts: Vec<TextLine>,
    /// What the sender asked of subjects whose data it never had: salts and texts in the open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) opened: Vec<TextLine>,
    pub(super) forms: Vec<FormLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct WrapLine {
    pub(super) account: Address,
    pub(super) wrap: Bytes,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DocumentLine {
    hash: B256,
    kind: u8,
    salt: B256,
    content: Bytes,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ListLine {
    pub(super) list: u16,
    pub(super) content: Bytes,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SubjectLine {
    pub(super) slot: u32,
    site: u16,
    label: Option<Bytes>,
    keys: Vec<KeyLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeyLine {
    organisation: u32,
    wrap: Bytes,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct TextLine {
    pub(super) slot: u32,
    pub(super) hash: B256,
    pub(super) sealed: Bytes,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FormLine {
    slot: u32,
    cell: u32,
    number: u32,
    root: B256,
    sealed: Bytes,
    entry: u64,
}

impl CopyFile {
    pub(super) fn new((study, size): (B256, u64), sender: Card) -> Self {
        Self {
            format: FORMAT.to_owned(),
            study,
            sender,
            size,
            readers: Vec::new(),
            custody: Vec::new(),
            documents: Vec::new(),
            lists: Vec::new(),
            subjects: Vec::new(),
            texts: Vec::new(),
            opened: Vec::new(),
            forms: Vec::new(),
        }
    }

    /// Reads a copy within its bounds.
    ///
    /// # Errors
    /// `PackageFaulty`.
    pub fn read(text: &[u8]) -> Result<Self, Refusal> {
        if text.len() > MAX_COPY_BYTES {
            return Err(Refusal::PackageFaulty("it is too long"));
        }
        let copy: Self = serde_json::from_slice(text)
            .map_err(|_| Refusal::PackageFaulty("it is not json of its form"))?;
        match copy.format == FORMAT {
            true => Ok(copy),
            false => Err(Refusal::PackageFaulty("it is of another format")),
        }
    }

    /// The copy as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a copy is text, numbers and lists")
    }

    /// Its forms.
    pub fn forms(&self) -> Vec<FormRow> {
        self.forms.iter().map(FormLine::row).collect()
    }
}

impl WrapLine {
    pub(super) fn new((account, wrap): &(Address, Vec<u8>)) -> Self {
        Self {
            account: *account,
            wrap: wrap.clone().into(),
        }
    }

    pub(super) fn pair(&self) -> (Address, Vec<u8>) {
        (self.account, self.wrap.to_vec())
    }
}

impl DocumentLine {
    pub(super) fn new(document: Document) -> Self {
        Self {
            hash: document.hash,
            kind: document.kind as u8,
            salt: document.salt,
            content: document.content.into(),
        }
    }

    pub(super) fn document(&self) -> Result<Document, Refusal> {
        let unknown = Refusal::PackageFaulty("a document is of no known kind");
        Ok(Document {
            hash: self.hash,
            kind: DocumentKind::of(self.kind).ok_or(unknown)?,
            salt: self.salt,
            content: self.content.to_vec(),
        })
    }
}

impl SubjectLine {
    pub(super) fn new(
        (slot, site): (u32, u16),
        label: Option<Vec<u8>>,
        keys: Vec<KeyWrap>,
    ) -> Self {
        let key = |key: KeyWrap| KeyLine {
            organisation: key.organisation,
            wrap: key.wrap.into(),
        };
        Self {
            slot,
            site,
            label: label.map(Bytes::from),
            keys: keys.into_iter().map(key).collect(),
        }
    }

    pub(super) fn subject(&self) -> NewSubject {
        let key = |key: &KeyLine| KeyWrap {
            organisation: key.organisation,
            wrap: key.wrap.to_vec(),
        };
        NewSubject {
            slot: self.slot,
            site: self.site,
            lookup: None,
            label: self.label.as_ref().map(|label| label.to_vec()),
            keys: self.keys.iter().map(key).collect(),
        }
    }
}

impl FormLine {
    pub(super) fn new(row: FormRow, entry: u64) -> Self {
        Self {
            slot: row.slot,
            cell: row.cell,
            number: row.number,
            root: row.root,
            sealed: row.sealed.into(),
            entry,
        }
    }

    fn row(&self) -> FormRow {
        FormRow {
            slot: self.slot,
            cell: self.cell,
            number: self.number,
            root: self.root,
            sealed: self.sealed.to_vec(),
            entry: Some(self.entry),
        }
    }
}
