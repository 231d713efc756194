//! The index of decision records follows from the records.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

const START: &str = "<!-- index -->\n";
const END: &str = "<!-- end of index -->";

/// Compares the index in `folder` with the records there, or writes it anew.
///
/// # Errors
/// When a record has no title, two have one number, or the index is not as the records say.
pub(crate) fn check(folder: &Path, write: bool) -> Result<()> {
    let path = folder.join("README.md");
    let text = fs::read_to_string(&path)?;
    let (head, rest) = text.split_once(START).context("README.md has no index")?;
    let (_, tail) = rest
        .split_once(END)
        .context("README.md has no end of its index")?;
    let wanted = format!("{head}{START}{}{END}{tail}", index(&records(folder)?)?);
    if wanted == text {
        return Ok(());
    }
    if write {
        return Ok(fs::write(path, wanted)?);
    }
    bail!("  docs/decisions/README.md is not up to date: cargo xtask check --write renews it")
}

/// File name and text of each record, in the order of their numbers.
fn records(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut records = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") && name != "README.md" {
            records.push((name, fs::read_to_string(entry.path())?));
        }
    }
    records.sort();
    Ok(records)
}

fn index(records: &[(String, String)]) -> Result<String> {
    let mut table = String::from("| Number | Decision |\n|---|---|\n");
    let mut previous = "";
    for (name, text) in records {
        let number = name.split('-').next().unwrap_or_default();
        if number.len() != 4 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            bail!("  {name} does not start with four digits");
        }
        if number == previous {
            bail!("  two decisions have the number {number}");
        }
        previous = number;
        let first = text.lines().next().unwrap_or_default();
        let title = first
            .strip_prefix("# ")
            .with_context(|| format!("{name} has no title"))?;
        let title = title
            .trim_start_matches(number)
            .trim_start_matches([' ', '.', ':']);
        table.push_str(&format!("| [{number}]({name}) | {title} |\n"));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(names: &[(&str, &str)]) -> Vec<(String, String)> {
        names
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn the_index_has_a_line_for_each_record() {
        let table = index(&records(&[
            ("0001-a.md", "# A title\n"),
            ("0002-b.md", "# 0002. B title\n"),
        ]))
        .unwrap();
        assert!(
            table.ends_with("| [0001](0001-a.md) | A title |\n| [0002](0002-b.md) | B title |\n")
        );
    }

    #[test]
    fn two_records_with_one_number_are_refused() {
        let found = index(&records(&[("0001-a.md", "# A\n"), ("0001-b.md", "# B\n")]));
        assert!(found.unwrap_err().to_string().contains("0001"));
    }

    #[test]
    fn a_record_without_number_or_title_is_refused() {
        assert!(index(&records(&[("notes.md", "# A\n")])).is_err());
        assert!(index(&records(&[("0001-a.md", "A\n")])).is_err());
    }
}
