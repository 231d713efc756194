//! Where the published data is.

use std::path::PathBuf;

/// A published file under `../shared/data/gs1` as text, or `None` where it is absent.
pub(crate) fn published(test: &str, name: &str) -> Option<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/gs1");
    match std::fs::read_to_string(root.join(name)) {
        Ok(text) => Some(text),
        Err(_) if std::env::var_os("CI").is_some_and(|ci| ci == "true") => {
            panic!("{test}: {name} is absent")
        }
        Err(_) => {
            println!("SKIPPED {test}: ../shared/data is absent");
            None
        }
    }
}
