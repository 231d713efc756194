//! The page that verifies bundles of trials in a browser, as this program carries it.

use crate::errors::UsageError;
use anyhow::Context as _;
use std::{fs::File, io::Read as _, path::Path};

/// `crates/node/build.rs` writes it.
pub(in crate::commands) const OWN: Option<&[u8]> = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// No page is longer, in bytes.
pub(in crate::commands) const LONGEST: u64 = 16 << 20;

/// The page of a file, or this program's own.
///
/// # Errors
/// The file cannot be read or is no page; or none is given and the program was built without one.
pub(super) fn read(file: Option<&Path>) -> anyhow::Result<Vec<u8>> {
    let Some(path) = file else {
        return own(OWN);
    };
    let mut page = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut page))
        .with_context(|| format!("cannot read {}", path.display()))?;
    if page.len() as u64 > LONGEST || !page.starts_with(b"<!DOCTYPE html>") {
        let text = format!("{} is no page of at most {LONGEST} bytes", path.display());
        return Err(UsageError(text).into());
    }
    Ok(page)
}

fn own(page: Option<&[u8]>) -> anyhow::Result<Vec<u8>> {
    let absent = || {
        UsageError(
            "this program was built without the page that verifies bundles: build it after `cargo xtask page`, \
             or give --page or --without-page"
                .to_owned(),
        )
    };
    Ok(page.ok_or_else(absent)?.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(result: anyhow::Result<Vec<u8>>) -> String {
        format!("{:#}", result.unwrap_err())
    }

    #[test]
    fn a_program_without_a_page_says_how_to_get_one() {
        assert!(told(own(None)).contains("--without-page"));
        assert_eq!(own(Some(b"page")).unwrap(), b"page");
    }

    #[test]
    fn this_program_carries_the_page() {
        let is_ci = std::env::var("CI").is_ok_and(|value| value == "true");
        match OWN {
            Some(page) => assert!(page.starts_with(b"<!DOCTYPE html>") && page.len() > 1 << 16),
            None if is_ci => panic!("`cargo xtask page` was not run before the build"),
            None => println!(
                "SKIPPED this_program_carries_the_page: `cargo xtask page` was not run before the build"
            ),
        }
    }

    #[test]
    fn a_given_file_is_taken_where_it_is_a_page() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("verify.html");
        std::fs::write(&file, "<!DOCTYPE html>\n<title>x</title>\n").unwrap();
        assert_eq!(read(Some(&file)).unwrap().len(), 33);
        std::fs::write(&file, "{}").unwrap();
        assert!(told(read(Some(&file))).contains("is no page"));
        let absent = folder.path().join("absent.html");
        assert!(told(read(Some(&absent))).contains("cannot read"));
    }
}
