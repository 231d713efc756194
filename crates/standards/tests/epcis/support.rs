//! What the tests share: published files read in place.

use std::path::{Path, PathBuf};
use theriac_standards::epcis::{Limits, ReadError, json, model::Document, xml};

/// The folder of published EPCIS data, or `None` where it is absent.
pub(crate) fn published(test: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/epcis");
    if root.is_dir() {
        return Some(root);
    }
    if std::env::var_os("CI").is_some_and(|ci| ci == "true") {
        panic!("{test}: ../shared/data/epcis is absent");
    }
    println!("SKIPPED {test}: ../shared/data is absent");
    None
}

/// All files under `folder` with one of these endings, by name.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("readable").path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            if path.is_dir() {
                open.push(path);
            } else if ending.is_some_and(|ending| endings.contains(&ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{}", folder.display());
    found
}

/// The name of a file below the published data.
pub(crate) fn name(root: &Path, file: &Path) -> String {
    let below = file.strip_prefix(root).expect("below the root");
    below.to_str().expect("a name in UTF-8").to_owned()
}

/// Whether the file holds XML.
pub(crate) fn is_xml(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "xml")
}

/// Reads a document by the file's ending.
pub(crate) fn read(file: &Path) -> Result<Document, ReadError> {
    let bytes = std::fs::read(file).expect("readable");
    match is_xml(file) {
        true => xml::read_document(&bytes, &Limits::default()),
        false => json::read_document(&bytes, &Limits::default()),
    }
}

/// The lines of a file without empty ones.
pub(crate) fn lines(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("readable");
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}
