//! House style that no compiler checks: lengths, first lines, names of tests, words that must not be committed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

const LINES_AT_MOST: usize = 600;
const REASON: &str = "//! Longer than 600 lines because ";
pub(super) const WORDS_OF_A_TEST: usize = 3;
const SKIPPED_FOLDERS: [&str; 6] = [
    ".git",
    ".theriac",
    "__pycache__",
    "node_modules",
    "out",
    "target",
];
const LOCKS: [&str; 2] = ["Cargo.lock", "package-lock.json"];
const TEXT: [&str; 13] = [
    "css", "html", "js", "json", "md", "mjs", "py", "rs", "sh", "sol", "toml", "ts", "txt",
];

/// Hosts of package registries and paths of one machine: nothing that is committed names them.
/// Each is given in two parts, so that this file does not name them either.
const FORBIDDEN: [(&str, &str); 8] = [
    ("registry.npmjs", ".org"),
    ("pypi", ".org"),
    ("pythonhosted", ".org"),
    ("static.crates", ".io"),
    ("index.crates", ".io"),
    ("deb.debian", ".org"),
    ("/work", "/main"),
    ("/work", "/shared"),
];

/// What must not stand in Rust source, in two parts for the same reason.
const UNFINISHED: [(&str, &str); 4] = [
    ("todo", "!("),
    ("unimplemented", "!("),
    ("dbg", "!("),
    ("#[", "ignore"),
];

/// The crates in which time and randomness are arguments, and what they must not name.
const WITHOUT_A_WORLD: [&str; 4] = [
    "crates/contracts/src/",
    "crates/evidence/src/",
    "crates/execution/src/",
    "crates/verifier/src/",
];
const WORLD: [&str; 5] = [
    "Instant::now",
    "OsRng",
    "SystemTime",
    "rand::random",
    "thread_rng",
];

/// Returns each breach under `root`, in words, with file and line.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn violations(root: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    collect(root, &mut files)?;
    files.sort();
    let mut violations = Vec::new();
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        let name = file
            .strip_prefix(root)
            .unwrap_or(&file)
            .display()
            .to_string();
        violations.extend(of_text(&name, &text));
        if name.ends_with(".rs") {
            violations.extend(of_rust(&name, &text));
        }
    }
    Ok(violations)
}

pub(super) fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            if !SKIPPED_FOLDERS.contains(&name.as_str()) {
                collect(&entry.path(), files)?;
            }
            continue;
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if TEXT.contains(&ending) || name == "run" || LOCKS.contains(&name.as_str()) {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// What holds of every text: no forbidden words, no blanks at line ends, a line end at the end.
fn of_text(name: &str, text: &str) -> Vec<String> {
    let mut violations = Vec::new();
    let is_lock = LOCKS.iter().any(|lock| name.ends_with(lock));
    for (index, line) in text.lines().enumerate() {
        let line_number = index + 1;
        for (head, tail) in FORBIDDEN {
            if line.contains(&format!("{head}{tail}")) {
                violations.push(format!("{name}:{line_number}: names {head}{tail}"));
            }
        }
        if line.ends_with([' ', '\t']) && !is_lock {
            violations.push(format!("{name}:{line_number}: ends with a blank"));
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        violations.push(format!("{name}: the last line has no end"));
    }
    violations
}

/// What holds of Rust source besides.
fn of_rust(name: &str, text: &str) -> Vec<String> {
    let mut violations = Vec::new();
    if !text.starts_with("//! ") {
        violations.push(format!("{name}:1: does not start with a //! sentence"));
    }
    let lines: Vec<&str> = text.lines().collect();
    let header = lines.iter().take_while(|line| line.starts_with("//!"));
    if lines.len() > LINES_AT_MOST && !header.into_iter().any(|line| line.starts_with(REASON)) {
        let count = lines.len();
        violations.push(format!(
            "{name}: {count} lines: split it, or say `{REASON}...`"
        ));
    }
    for (index, line) in lines.iter().enumerate() {
        let line_number = index + 1;
        for (head, tail) in UNFINISHED {
            if line.contains(&format!("{head}{tail}")) {
                violations.push(format!("{name}:{line_number}: has {head}{tail}"));
            }
        }
        if WITHOUT_A_WORLD
            .iter()
            .any(|folder| name.starts_with(folder))
            && !name.contains("test")
        {
            let named = WORLD.iter().filter(|word| line.contains(**word));
            violations.extend(named.map(|word| format!("{name}:{line_number}: names {word}")));
        }
        if !is_test_attribute(line) {
            continue;
        }
        if let Some(test) = function_after(&lines[index..])
            && test.split('_').filter(|word| !word.is_empty()).count() < WORDS_OF_A_TEST
        {
            violations.push(format!(
                "{name}:{line_number}: the test {test} is not named by a sentence"
            ));
        }
    }
    violations
}

pub(super) fn is_test_attribute(line: &str) -> bool {
    let line = line.trim_start();
    [
        "#[test]",
        "#[tokio::test",
        "#[test_traced",
        "#[test_async",
        "#[test_collect_traces",
    ]
    .iter()
    .any(|attribute| line.starts_with(attribute))
}

/// The name of the first function in `lines`, which start at an attribute.
pub(super) fn function_after<'a>(lines: &[&'a str]) -> Option<&'a str> {
    let line = lines.iter().take(8).find(|line| is_function(line))?;
    let (_, name) = line.split_once("fn ")?;
    name.split(['(', '<']).next()
}

fn is_function(line: &str) -> bool {
    let line = line.trim_start();
    ["fn ", "async fn ", "pub fn ", "pub(crate) fn "]
        .iter()
        .any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    fn rust(text: &str) -> Vec<String> {
        of_rust("a.rs", text)
    }

    #[test]
    fn a_file_opens_with_a_sentence() {
        assert_eq!(
            rust("use std::fs;\n"),
            ["a.rs:1: does not start with a //! sentence"]
        );
        assert_eq!(rust("//! What it holds.\n"), Vec::<String>::new());
    }

    #[test]
    fn a_long_file_says_why_it_is_long() {
        let body = "// line\n".repeat(LINES_AT_MOST);
        assert_eq!(rust(&format!("//! Long.\n{body}")).len(), 1);
        assert_eq!(
            rust(&format!("//! Long.\n{REASON}it is one table.\n{body}")),
            Vec::<String>::new()
        );
    }

    #[test]
    fn unfinished_work_is_found_with_its_line() {
        for (head, tail) in UNFINISHED {
            let found = rust(&format!("//! A file.\n{head}{tail}\n"));
            assert_eq!(found, [format!("a.rs:2: has {head}{tail}")]);
        }
    }

    #[test]
    fn a_crate_in_which_time_is_an_argument_asks_no_clock() {
        let text = "//! A file.\nlet now = SystemTime::now();\n";
        let found = of_rust("crates/contracts/src/a.rs", text);
        assert_eq!(found, ["crates/contracts/src/a.rs:2: names SystemTime"]);
        assert_eq!(of_rust("crates/node/src/a.rs", text), Vec::<String>::new());
    }

    #[test]
    fn a_test_is_named_by_a_sentence() {
        let named = |name: &str| {
            rust(&format!(
                "//! A file.\n#[test]\n#[should_panic]\nfn {name}() {{}}\n"
            ))
        };
        assert_eq!(named("it_works").len(), 1);
        assert_eq!(named("test").len(), 1);
        assert_eq!(named("a_test_is_named"), Vec::<String>::new());
    }

    #[test]
    fn an_asynchronous_test_is_named_by_a_sentence_too() {
        let text = "//! A file.\n#[tokio::test(flavor = \"multi_thread\")]\nasync fn works() {}\n";
        assert_eq!(rust(text).len(), 1);
    }

    #[test]
    fn hosts_of_registries_are_found_in_every_text() {
        for (head, tail) in FORBIDDEN {
            let found = of_text(
                "package-lock.json",
                &format!("\"resolved\": \"{head}{tail}\"\n"),
            );
            assert_eq!(found, [format!("package-lock.json:1: names {head}{tail}")]);
        }
    }

    #[test]
    fn blanks_at_line_ends_are_found() {
        assert_eq!(of_text("a.md", "one \ntwo\t\n").len(), 2);
        assert_eq!(of_text("a.md", "one\ntwo").len(), 1);
        assert_eq!(of_text("a.md", "one\ntwo\n"), Vec::<String>::new());
    }

    #[test]
    fn this_repository_is_tidy_in_xtask_and_clients() {
        for folder in ["xtask", "clients", ".ci"] {
            assert_eq!(
                violations(&workspace::root().join(folder)).unwrap(),
                Vec::<String>::new()
            );
        }
    }
}
