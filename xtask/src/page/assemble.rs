//! The parts of the page in one file, and the policy that lets these parts run and nothing else.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// Columns of the module's text, so that an editor can show the page.
const COLUMNS: usize = 120;

/// Puts the files of `folder` and the deflated module together.
///
/// # Errors
/// When a file cannot be read, or the template has no place for a part.
pub(super) fn assemble(folder: &Path, packed: &[u8]) -> Result<String> {
    let read = |name: &str| {
        let file = folder.join(name);
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let [style, verifier, page] = [read("page.css")?, read("verifier.js")?, read("page.js")?];
    let parts = [
        ("policy", policy(&style, &[&verifier, &page])),
        ("style", style),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("module", lines(packed)),
        ("verifier", verifier),
        ("page", page),
    ];
    fill(&read("verify.html")?, &parts)
}

/// Only what the page itself holds runs, nothing is fetched, and nothing is sent.
fn policy(style: &str, scripts: &[&str]) -> String {
    let scripts: Vec<_> = scripts.iter().map(|script| source(script)).collect();
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; worker-src blob:; base-uri 'none'; form-action 'none'",
        scripts.join(" "),
        source(style)
    )
}

/// A text by its digest, as Content Security Policy Level 3 names it.
fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

fn lines(bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let lines: Vec<_> = text
        .as_bytes()
        .chunks(COLUMNS)
        .map(|line| String::from_utf8_lossy(line))
        .collect();
    lines.join("\n")
}

/// Fills each place of the template, in their order and once, so that no part is searched for places.
fn fill(template: &str, parts: &[(&str, String)]) -> Result<String> {
    let (mut filled, mut rest) = (String::new(), template);
    for (name, part) in parts {
        let place = format!("{{{{{name}}}}}");
        let (before, after) = rest
            .split_once(&place)
            .with_context(|| format!("the template has no {place} where it is expected"))?;
        filled.push_str(before);
        filled.push_str(part);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    fn page() -> String {
        assemble(
            &workspace::root().join("crates/verifier/page"),
            b"a module of some length",
        )
        .unwrap()
    }

    #[test]
    fn page_has_its_parts_and_no_place_is_left() {
        let page = page();
        assert!(page.contains(&STANDARD.encode(b"a module of some length")));
        assert!(!page.contains("{{"), "{page}");
    }

    #[test]
    fn page_names_no_address_from_which_something_would_be_fetched() {
        let page = page();
        for word in ["http:", "https:", "src=", "<link", "@import", "url("] {
            assert!(!page.contains(word), "{word}");
        }
    }

    #[test]
    fn policy_names_each_script_by_its_digest() {
        // The example of the specification, section 8.4.
        let expected = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
        let policy = policy("", &["alert('Hello, world.');"]);
        assert!(policy.contains(expected), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
    }

    #[test]
    fn a_template_without_a_place_is_refused() {
        let parts = [("a", "1".to_owned()), ("b", "2".to_owned())];
        assert_eq!(fill("x {{a}} {{b}}", &parts).unwrap(), "x 1 2");
        assert!(fill("x {{b}}", &parts).is_err());
        let tricky = [("a", "{{b}}".to_owned()), ("b", "2".to_owned())];
        assert_eq!(fill("{{a}} {{b}}", &tricky).unwrap(), "{{b}} 2");
    }
}
