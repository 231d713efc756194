//! Published data of trials, read in place.

use std::path::PathBuf;

/// The folder of published data of trials, or `None` where it is absent.
pub(crate) fn published(test: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/trials");
    if root.is_dir() {
        return Some(root);
    }
    let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    assert!(!is_ci, "{test}: ../shared/data/trials is absent");
    println!("SKIPPED {test}: ../shared/data is absent");
    None
}
