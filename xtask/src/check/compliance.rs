//! docs/compliance holds to the tree: what supports a clause is shown by tests that exist, and the tables of clauses and of tests follow from the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::named_tests::{self, Test, marks, named};

const FOLDER: &str = "docs/compliance";
/// What says how to read the others.
const INTRODUCTION: &str = "README.md";
/// Cites tests too, and has no clauses.
const SECURITY: &str = "docs/security.md";

/// The rows of each clause, in this order.
const ROWS: [&str; 5] = ["Asks", "Supports it", "Shown by", "Not met yet", "Yours"];
const NOTHING: &str = "-";

const CLAUSES: [&str; 2] = ["<!-- clauses -->\n", "<!-- end of clauses -->"];
const TESTS: [&str; 2] = ["<!-- tests -->\n", "<!-- end of tests -->"];

/// A clause with what its rows say.
struct Clause {
    title: String,
    cells: Vec<String>,
}

/// Compares each document with the tree and with itself, or writes its tables anew.
///
/// # Errors
/// When a test is cited that is not there, a clause lacks a row or is shown by no test, or a table is not as the rest says.
pub(crate) fn check(root: &Path, write: bool) -> Result<()> {
    let tests = named_tests::find(root)?;
    let mut violations = Vec::new();
    for path in documents(root)? {
        let name = path.strip_prefix(root).unwrap_or(&path).display();
        let text = fs::read_to_string(&path)?;
        let clauses = clauses(&text);
        let found = of_names(&text, &tests);
        let found = found
            .into_iter()
            .chain(clauses.iter().filter_map(of_clause));
        let before = violations.len();
        violations.extend(found.map(|it| format!("{name}: {it}")));
        if violations.len() > before {
            continue;
        }
        let wanted = with_tables(&text, &clauses, &tests).with_context(|| name.to_string())?;
        if wanted != text && write {
            fs::write(&path, wanted)?;
        } else if wanted != text {
            violations.push(format!("{name}: its tables are not up to date"));
        }
    }
    let security = fs::read_to_string(root.join(SECURITY))?;
    let found = of_names(&security, &tests);
    violations.extend(found.into_iter().map(|it| format!("{SECURITY}: {it}")));
    if violations.is_empty() {
        return Ok(());
    }
    bail!("  {}", violations.join("\n  "))
}

fn documents(root: &Path) -> Result<Vec<PathBuf>> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(root.join(FOLDER))? {
        let path = entry?.path();
        let is_document = path.extension().is_some_and(|ending| ending == "md");
        if is_document && !path.ends_with(INTRODUCTION) {
            documents.push(path);
        }
    }
    documents.sort();
    Ok(documents)
}

/// What stands under each heading of the third level.
fn clauses(text: &str) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        if line.starts_with('#') {
            let title = line.strip_prefix("### ");
            is_inside = title.is_some();
            clauses.extend(title.map(|title| Clause {
                title: title.to_owned(),
                cells: Vec::new(),
            }));
        } else if let Some(clause) = clauses.last_mut().filter(|_| is_inside)
            && line.starts_with("| ")
        {
            clause.cells.push(line.to_owned());
        }
    }
    clauses
}

impl Clause {
    /// What a row says; nothing where it is not as it should be, which [`of_clause`] tells.
    fn cell(&self, row: usize) -> Option<&str> {
        let rest = self.cells.get(row)?.strip_prefix("| ")?;
        let (label, rest) = rest.split_once(" | ")?;
        rest.strip_suffix(" |").filter(|_| label == ROWS[row])
    }

    fn says(&self, row: usize) -> bool {
        self.cell(row).is_some_and(|cell| cell != NOTHING)
    }

    fn state(&self) -> &'static str {
        match (self.says(1), self.says(3)) {
            (true, false) => "supported",
            (true, true) => "in part",
            (false, true) => "not met yet",
            (false, false) => "yours",
        }
    }
}

fn of_names(text: &str, tests: &[Test]) -> Vec<String> {
    let cited = marks(text).into_iter();
    cited
        .filter_map(|(line, mark)| {
            let error = named(tests, mark).err()?;
            Some(format!("line {line} {error}"))
        })
        .collect()
}

fn of_clause(clause: &Clause) -> Option<String> {
    let title = &clause.title;
    let is_whole = clause.cells.len() == ROWS.len();
    if !is_whole || (0..ROWS.len()).any(|row| clause.cell(row).is_none()) {
        return Some(format!("{title} has other rows than {}", ROWS.join(", ")));
    }
    let is_shown = clause.cell(2).is_some_and(|cell| !marks(cell).is_empty());
    if clause.says(1) != is_shown {
        return Some(format!("{title}: what supports it and tests go together"));
    }
    let is_said = clause.says(1) || clause.says(3) || clause.says(4);
    (!is_said).then(|| format!("{title} says nothing"))
}

fn with_tables(text: &str, clauses: &[Clause], tests: &[Test]) -> Result<String> {
    let text = between(text, CLAUSES, &table_of_clauses(clauses))?;
    let cells = clauses.iter().flat_map(|clause| &clause.cells);
    let cited: BTreeSet<&Test> = cells
        .flat_map(|cell| marks(cell))
        .filter_map(|(_, mark)| named(tests, mark).ok())
        .collect();
    between(&text, TESTS, &table_of_tests(&cited))
}

fn between(text: &str, [start, end]: [&str; 2], table: &str) -> Result<String> {
    let missing = || format!("{} is missing", start.trim_end());
    let (head, rest) = text.split_once(start).with_context(missing)?;
    let missing = || format!("{end} is missing");
    let (_, tail) = rest.split_once(end).with_context(missing)?;
    Ok(format!("{head}{start}{table}{end}{tail}"))
}

fn table_of_clauses(clauses: &[Clause]) -> String {
    let mut table = String::from("| Clause | State |\n|---|---|\n");
    for clause in clauses {
        let (title, state) = (&clause.title, clause.state());
        table.push_str(&format!("| [{title}](#{}) | {state} |\n", anchor(title)));
    }
    table
}

/// The name that renderers of Markdown give a heading.
fn anchor(title: &str) -> String {
    let kept = title.chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        _ => letter
            .is_alphanumeric()
            .then(|| letter.to_ascii_lowercase()),
    });
    kept.collect()
}

/// A row for each file. Names stand without code marks, so that this table cites nothing itself.
fn table_of_tests(cited: &BTreeSet<&Test>) -> String {
    let mut rows: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for test in cited {
        rows.entry(&test.file).or_default().push(&test.name);
    }
    let mut table = String::from("| File | Tests |\n|---|---|\n");
    for (file, names) in rows {
        table.push_str(&format!("| `{file}` | {} |\n", names.join(", ")));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    const DOCUMENT: &str = "# Law\n\n<!-- clauses -->\n<!-- end of clauses -->\n\n### 1(a): Records\n\n| Asks | that it is so |\n|---|---|\n| Supports it | a rule |\n| Shown by | `a_rule_is_kept` |\n| Not met yet | - |\n| Yours | - |\n\n## Tests\n\n<!-- tests -->\n<!-- end of tests -->\n";

    fn tests() -> [Test; 1] {
        [Test {
            file: "crates/a/src/rule.rs".to_owned(),
            name: "a_rule_is_kept".to_owned(),
        }]
    }

    /// What is told of the document when one text in it is another.
    fn told(from: &str, to: &str) -> Vec<String> {
        let text = DOCUMENT.replace(from, to);
        let names = of_names(&text, &tests()).into_iter();
        names
            .chain(clauses(&text).iter().filter_map(of_clause))
            .collect()
    }

    #[test]
    fn a_test_that_was_renamed_is_missed_with_its_line() {
        assert_eq!(told("", ""), Vec::<String>::new());
        let found = told("a_rule_is_kept", "a_rule_was_kept");
        assert_eq!(
            found,
            ["line 11 cites a_rule_was_kept, and no test is named so"]
        );
    }

    #[test]
    fn what_supports_a_clause_is_shown_by_a_test() {
        let unshown = told("`a_rule_is_kept`", "-");
        assert_eq!(unshown.len(), 1, "{unshown:?}");
        let unsupported = told("| a rule |", "| - |");
        assert_eq!(unsupported.len(), 1, "{unsupported:?}");
    }

    #[test]
    fn a_clause_has_its_rows_and_says_something() {
        for (from, to) in [("| Yours | - |\n", ""), ("Yours", "Mine")] {
            let found = told(from, to);
            assert!(found[0].contains("other rows"), "{found:?}");
        }
        let silent = DOCUMENT
            .replace("| a rule |", "| - |")
            .replace("`a_rule_is_kept`", "-");
        let found = clauses(&silent).iter().find_map(of_clause);
        assert_eq!(found.as_deref(), Some("1(a): Records says nothing"));
    }

    #[test]
    fn a_clause_that_nothing_supports_is_not_met_or_yours() {
        let state = |cells: [&str; 3]| {
            let rows = ["it", cells[0], "`a_rule_is_kept`", cells[1], cells[2]];
            let cells = ROWS.iter().zip(rows);
            Clause {
                title: String::new(),
                cells: cells.map(|(row, it)| format!("| {row} | {it} |")).collect(),
            }
            .state()
        };
        assert_eq!(state(["a rule", "-", "-"]), "supported");
        assert_eq!(state(["a rule", "a part", "-"]), "in part");
        assert_eq!(state(["-", "all", "-"]), "not met yet");
        assert_eq!(state(["-", "-", "training"]), "yours");
    }

    #[test]
    fn tables_follow_from_the_clauses_and_their_tests() {
        let text = with_tables(DOCUMENT, &clauses(DOCUMENT), &tests()).unwrap();
        assert!(text.contains("| [1(a): Records](#1a-records) | supported |\n"));
        assert!(text.contains("| `crates/a/src/rule.rs` | a_rule_is_kept |\n"));
        let again = with_tables(&text, &clauses(&text), &tests()).unwrap();
        assert_eq!(again, text);
    }

    #[test]
    fn the_documents_of_this_repository_hold_to_its_tree() {
        check(workspace::root(), false).unwrap();
    }
}
