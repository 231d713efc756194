//! What the documents name exists: files by relative link, and paths of this repository in code marks.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

const FOLDERS: [&str; 7] = [
    "crates/",
    "xtask/",
    "clients/",
    "solidity/",
    "docs/",
    "portal/",
    ".ci/",
];

/// Returns each name in the documents of the root and of `docs` that names nothing.
///
/// # Errors
/// When a document cannot be read.
pub(crate) fn violations(root: &Path) -> Result<Vec<String>> {
    let mut violations = Vec::new();
    for document in documents(root)? {
        let text = fs::read_to_string(&document)?;
        let name = document.strip_prefix(root).unwrap_or(&document).display();
        let folder = document.parent().unwrap_or(root);
        for (line, target) in links(&text) {
            if !folder.join(&target).exists() {
                violations.push(format!("{name}:{line}: links to {target}, which is absent"));
            }
        }
        for (line, path) in paths(&text) {
            if !root.join(&path).exists() {
                violations.push(format!("{name}:{line}: names {path}, which is absent"));
            }
        }
    }
    Ok(violations)
}

fn documents(root: &Path) -> Result<Vec<PathBuf>> {
    let mut documents = Vec::new();
    for folder in [
        "",
        "docs",
        "docs/compliance",
        "docs/protocol",
        "docs/decisions",
    ] {
        for entry in fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "md") {
                documents.push(path);
            }
        }
    }
    documents.sort();
    Ok(documents)
}

/// Line and target of each link to a file, without what follows `#`.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for part in line.split("](").skip(1) {
            let target = part.split([')', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") {
                links.push((index + 1, target.to_owned()));
            }
        }
    }
    links
}

/// Line and text of each code mark that is a path of this repository, without patterns.
fn paths(text: &str) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for mark in line.split('`').skip(1).step_by(2) {
            let is_path = FOLDERS.iter().any(|folder| mark.starts_with(folder));
            if is_path && !mark.contains(['<', '*', '{', ' ', 'N']) {
                paths.push((index + 1, mark.to_owned()));
            }
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_without_their_fragments_and_hosts() {
        let text =
            "see [a](docs/a.md#part) and [b](https://example.org) and [c](#here)\n[d](../d.md)";
        let expected = [(1, "docs/a.md".to_owned()), (2, "../d.md".to_owned())];
        assert_eq!(links(text), expected);
    }

    #[test]
    fn paths_are_found_in_code_marks_unless_they_are_patterns() {
        let text =
            "`crates/node` and `crates/<noun>/x.rs`, `cargo xtask test`, crates/rpc, `docs/a.md`";
        let expected = [(1, "crates/node".to_owned()), (1, "docs/a.md".to_owned())];
        assert_eq!(paths(text), expected);
    }
}
