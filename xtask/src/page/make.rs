//! The page from its parts: built, put together, and written where the binary is built from.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use miniz_oxide::deflate::compress_to_vec;
use sha2::{Digest, Sha256};

use super::{assemble::assemble, module};
use crate::workspace;

/// The compressor's strongest setting: the page is made once and carried by each bundle.
const LEVEL: u8 = 10;

/// A page that was made.
pub(crate) struct Made {
    pub(crate) file: PathBuf,
    pub(crate) module_bytes: usize,
    pub(crate) packed_bytes: usize,
    pub(crate) page_bytes: usize,
    pub(crate) sha256: String,
}

/// Builds the module and writes the page; a page that is there and the same is left as it is, so that nothing is built again for it.
///
/// # Errors
/// When the module cannot be built, or a file cannot be read or written.
pub(crate) fn make() -> Result<Made> {
    let module = module::build()?;
    let packed = compress_to_vec(&module, LEVEL);
    let page = assemble(&workspace::root().join("crates/verifier/page"), &packed)?;
    let file = file();
    if fs::read_to_string(&file).ok().as_ref() != Some(&page) {
        fs::create_dir_all(file.parent().context("the page has a folder")?)?;
        fs::write(&file, &page)?;
    }
    let digest = Sha256::digest(&page);
    Ok(Made {
        file,
        module_bytes: module.len(),
        packed_bytes: packed.len(),
        page_bytes: page.len(),
        sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}

/// As [`make`]; where it fails, as it does without a network and the wasm32 target, it is said, and the binary is built without the page.
pub(crate) fn make_where_possible() {
    if let Err(error) = make() {
        eprintln!("the page that verifies bundles is left out: {error:#}");
        // An old one would be of another build.
        let _ = fs::remove_file(file());
    }
}

/// Where `crates/node/build.rs` looks for it.
fn file() -> PathBuf {
    workspace::build_directory().join("verifier/verify.html")
}
