//! What the tests share: published files read in place, and programs of others.

use std::{
    path::{Path, PathBuf},
    process::Command,
};
use theriac_standards::odm::{
    Limits,
    validate::{Problem, Report, Rule, check},
    xml::{Piece, Scanner, Writer},
};

/// The folder of published data of trials, or `None` where it is absent.
pub(crate) fn published(test: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/trials");
    if root.is_dir() {
        return Some(root);
    }
    assert!(!is_ci(), "{test}: ../shared/data/trials is absent");
    println!("SKIPPED {test}: ../shared/data is absent");
    None
}

fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|ci| ci == "true")
}

/// Whether xmllint is there.
pub(crate) fn has_xmllint(test: &str) -> bool {
    let answers = Command::new("xmllint").arg("--version").output();
    if answers.is_ok_and(|output| output.status.success()) {
        return true;
    }
    assert!(!is_ci(), "{test}: xmllint is absent; install libxml2-utils");
    println!("SKIPPED {test}: xmllint is absent");
    false
}

const FOLDERS: [&str; 6] = [
    "odm/archive-examples",
    "odm/examples",
    "odmlib",
    "openclinica",
    "openedc",
    "rave",
];

/// Every published example in XML, by its name below the data.
pub(crate) fn examples(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        root.join("dataset-json/sdtm/define.xml"),
        root.join("dataset-json/adam/define.xml"),
    ];
    for folder in FOLDERS {
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    assert_eq!(files.len(), 37, "examples");
    let read = |file: PathBuf| {
        let below = file.strip_prefix(root).expect("below the data");
        let name = below.to_str().expect("a name in UTF-8").to_owned();
        (name, std::fs::read(&file).expect("readable"))
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "xml") {
            files.push(path);
        }
    }
}

/// One published example.
pub(crate) fn example(root: &Path, name: &str) -> Vec<u8> {
    std::fs::read(root.join(name)).expect("readable")
}

pub(crate) const OPENCLINICA: &str =
    "openclinica/JUNO_DEMO_odm1.3_fullExtract_All_Data_2016-08-01-081433593.xml";

/// All pieces of a text.
pub(crate) fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let mut scanner = Scanner::new(bytes, &Limits::default());
    let mut pieces = Vec::new();
    while let Some(piece) = scanner.next_piece().expect("well-formed") {
        pieces.push(piece);
    }
    pieces
}

/// The pieces as a text.
pub(crate) fn written(pieces: &[Piece]) -> String {
    let mut writer = Writer::new(Vec::new());
    writer.declaration().expect("a vector takes all");
    for piece in pieces {
        writer.piece(piece).expect("it was read");
    }
    String::from_utf8(writer.finish().expect("all is closed")).expect("UTF-8")
}

pub(crate) fn checked(bytes: &[u8]) -> Report {
    check(bytes, Limits::default()).expect("ODM")
}

/// The problems with this rule.
pub(crate) fn of_rule(report: &Report, rule: Rule) -> Vec<&Problem> {
    let problems = report.problems.iter();
    problems.filter(|problem| problem.rule == rule).collect()
}

/// A text in UTF-8, whatever the encoding of the file.
pub(crate) fn in_utf8(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
