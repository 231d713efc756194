//! Golden files: compared, or written anew when `THERIAC_WRITE_VECTORS` is set.

use std::{fs, path::PathBuf};

pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(name)
}

/// Asserts that the committed file holds exactly `text`.
pub fn pin(name: &str, text: &str) {
    let path = path(name);
    if std::env::var_os("THERIAC_WRITE_VECTORS").is_some() {
        fs::write(&path, text).expect("the directory of vectors can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "{name} is not what the engine produces");
}
