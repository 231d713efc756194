//! Published files, read in place.

use std::path::{Path, PathBuf};

/// Whether a test that lacks something is skipped; with `CI=true` it fails instead.
pub(crate) fn is_skipped(test: &str, reason: &str) -> bool {
    if std::env::var_os("CI").is_some_and(|ci| ci == "true") {
        panic!("{test}: {reason}");
    }
    println!("SKIPPED {test}: {reason}");
    true
}

/// The folder of published EPCIS data, or `None` where it is absent.
pub(crate) fn published(test: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/epcis");
    if root.is_dir() {
        return Some(root);
    }
    is_skipped(test, "../shared/data/epcis is absent");
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
