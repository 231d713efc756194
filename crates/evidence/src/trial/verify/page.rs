//! The small files, read whole.

use super::Failure;
use crate::trial::{
    Cursor,
    bundle::{MAX_JSON, Openings, zip::Archive},
    list::{BaseEntry, MAX_LIST},
};
use alloy_primitives::{B256, hex};
use std::collections::{BTreeMap, BTreeSet};

/// Longest list or document that is read whole, in bytes.
const MAX_WHOLE: u64 = 256 << 20;

/// What opens commitments.
pub(super) struct Opened {
    pub(super) openings: Openings,
    pub(super) lists: BTreeMap<u16, Vec<BaseEntry>>,
    /// The arm and kit of each allocated slot, filled where the lists are checked.
    pub(super) allocated: BTreeMap<u32, (String, String)>,
    /// Slots that were allocated from a list whose order is not opened.
    pub(super) hidden: BTreeSet<u32>,
}

/// Reads openings and lists.
pub(super) fn open(archive: &Archive<'_>) -> Result<Opened, Failure> {
    let openings = json(archive, "openings.json")?;
    let mut lists = BTreeMap::new();
    let names: Vec<String> = archive.names().map(|(name, _)| name.to_owned()).collect();
    for name in &names {
        let Some(number) = name
            .strip_prefix("lists/")
            .and_then(|it| it.strip_suffix(".bin"))
        else {
            continue;
        };
        let number: u16 = number.parse().map_err(|_| Failure::Form {
            name: name.clone(),
            reason: "the name is no number of a list".into(),
        })?;
        lists.insert(number, read_list(archive, name)?);
    }
    Ok(Opened {
        openings,
        lists,
        allocated: BTreeMap::new(),
        hidden: BTreeSet::new(),
    })
}

/// A file of JSON.
pub(super) fn json<T: serde::de::DeserializeOwned>(
    archive: &Archive<'_>,
    name: &'static str,
) -> Result<T, Failure> {
    let content = archive
        .content(name, MAX_JSON)
        .map_err(|source| Failure::file(name, source))?;
    let (bytes, _) = content.ok_or(Failure::Missing { name })?;
    serde_json::from_slice(&bytes).map_err(|error| Failure::json(name, &error))
}

/// The document with this digest, where the bundle has it.
pub(super) fn document(archive: &Archive<'_>, digest: &B256) -> Result<Option<Vec<u8>>, Failure> {
    let name = format!("documents/{}", hex::encode(digest));
    let content = archive
        .content(&name, MAX_WHOLE)
        .map_err(|source| Failure::file(&name, source))?;
    // A document under another's name is none.
    Ok(content
        .filter(|(_, found)| found == digest)
        .map(|(bytes, _)| bytes))
}

fn read_list(archive: &Archive<'_>, name: &str) -> Result<Vec<BaseEntry>, Failure> {
    let content = archive
        .content(name, MAX_WHOLE)
        .map_err(|source| Failure::file(name, source))?;
    let (bytes, _) = content.expect("the name is one of the archive");
    let mut fields = Cursor::new("list", &bytes);
    let mut entries = Vec::new();
    while !fields.is_empty() {
        entries.push(BaseEntry::read(&mut fields).map_err(|what| Failure::form(name, &what))?);
        if entries.len() > MAX_LIST as usize {
            return Err(Failure::Form {
                name: name.to_owned(),
                reason: "the list is too long".into(),
            });
        }
    }
    Ok(entries)
}
