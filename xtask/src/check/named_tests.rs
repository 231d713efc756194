//! The tests of this repository, and which of them a code mark of a document names.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::tidy::{WORDS_OF_A_TEST, collect, function_after, is_test_attribute};

const FOLDERS: [&str; 3] = ["clients", "crates", "xtask"];

/// A test and its file, as a path from the root.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Test {
    pub(super) file: String,
    pub(super) name: String,
}

/// Returns the tests in Rust and in Python.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn find(root: &Path) -> Result<Vec<Test>> {
    let mut tests = Vec::new();
    for folder in FOLDERS {
        let mut paths = Vec::new();
        collect(&root.join(folder), &mut paths)?;
        for path in paths {
            let file = path.strip_prefix(root).unwrap_or(&path);
            let file = file.display().to_string();
            let names = match path.extension().and_then(|ending| ending.to_str()) {
                Some("rs") => of_rust(&fs::read_to_string(&path)?),
                Some("py") => of_python(&fs::read_to_string(&path)?),
                _ => continue,
            };
            tests.extend(names.into_iter().map(|name| Test {
                file: file.clone(),
                name,
            }));
        }
    }
    Ok(tests)
}

fn of_rust(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let attributes = (0..lines.len()).filter(|index| is_test_attribute(lines[*index]));
    attributes
        .filter_map(|index| function_after(&lines[index..]))
        .map(str::to_owned)
        .collect()
}

fn of_python(text: &str) -> Vec<String> {
    let starts = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("def test_"));
    starts
        .filter_map(|rest| rest.split_once('('))
        .map(|(name, _)| format!("test_{name}"))
        .collect()
}

/// The one test that a code mark names: by its name, or by the end of its file's path, `::` and its name.
///
/// # Errors
/// In words, when no test or more than one is named so.
pub(super) fn named<'a>(tests: &'a [Test], mark: &str) -> Result<&'a Test, String> {
    let (end, name) = mark.rsplit_once("::").unwrap_or(("", mark));
    let fits = |file: &str| {
        let before = file.strip_suffix(end);
        before.is_some_and(|before| end.is_empty() || before.is_empty() || before.ends_with('/'))
    };
    let found: Vec<_> = tests
        .iter()
        .filter(|test| test.name == name && fits(&test.file))
        .collect();
    match found.as_slice() {
        [] => Err(format!("cites {mark}, and no test is named so")),
        [test] => Ok(test),
        [one, two, ..] => Err(format!(
            "cites {mark}, which is in {} and in {}",
            one.file, two.file
        )),
    }
}

/// Line and text of each code mark that has the form of a test's name, with or without a path before it.
pub(super) fn marks(text: &str) -> Vec<(usize, &str)> {
    let mut marks = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let of_line = line.split('`').skip(1).step_by(2);
        marks.extend(
            of_line
                .filter(|mark| is_name(mark))
                .map(|mark| (index + 1, mark)),
        );
    }
    marks
}

fn is_name(mark: &str) -> bool {
    let name = mark.rsplit("::").next().unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let words = name.split('_').filter(|word| !word.is_empty()).count();
    name.bytes().all(is_plain) && words >= WORDS_OF_A_TEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(file: &str, name: &str) -> Test {
        Test {
            file: file.to_owned(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn tests_of_both_languages_are_found_and_other_functions_are_not() {
        let rust = "fn a_plain_function() {}\n#[test]\nfn a_test_in_rust() {}\n#[tokio::test(flavor = \"multi_thread\")]\nasync fn a_later_test() {}\n";
        assert_eq!(of_rust(rust), ["a_test_in_rust", "a_later_test"]);
        let python = "def helper_of_a_test():\n    pass\nclass Of(TestCase):\n    def test_in_python(self):\n";
        assert_eq!(of_python(python), ["test_in_python"]);
    }

    #[test]
    fn a_mark_names_one_test_by_its_name_and_the_end_of_its_path() {
        let tests = [
            test("crates/a/src/packs/open/tests.rs", "open_refuses_all"),
            test("crates/a/src/trials/open/tests.rs", "open_refuses_all"),
            test("crates/a/src/trials/lock/tests.rs", "lock_refuses_all"),
        ];
        let file = |mark| named(&tests, mark).map(|test| test.file.as_str());
        assert_eq!(file("lock_refuses_all"), Ok(tests[2].file.as_str()));
        let whole = "trials/open/tests.rs::open_refuses_all";
        assert_eq!(file(whole), Ok(tests[1].file.as_str()));
        assert!(file("open_refuses_all").unwrap_err().contains("and in"));
        assert!(file("ials/open/tests.rs::open_refuses_all").is_err());
        assert!(file("lock_refuses_nothing").is_err());
    }

    #[test]
    fn only_marks_in_the_form_of_a_test_are_taken_for_one() {
        let text =
            "`set_factor`, `theriac_openSeals`, `docs/a_b_c.md`, a_b_c,\n`a_b_c` and `x.rs::d_e_f`";
        assert_eq!(marks(text), [(2, "a_b_c"), (2, "x.rs::d_e_f")]);
    }
}
