//! Takes a dataset as a statistician gives it: in any form of Dataset-JSON, with a line of lineage for each row.

use theriac_evidence::trial::bundle::Dataset;
use theriac_standards::dataset::{Dataset as Table, Form, Limits, Reader};

use crate::trials::Refusal;

/// The longest dataset that is kept, in bytes.
const MAX_BYTES: u64 = 256 << 20;
/// The longest line that a verifier reads.
const MAX_LINE: usize = 1 << 20;

/// A dataset that went into an analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDataset<'a> {
    /// Its name: letters, digits, `-`, `_` and `.`, 32 of them at most.
    pub name: &'a str,
    /// Dataset-JSON in any form.
    pub rows: &'a [u8],
    /// For each row a line: docs/protocol/trials.md, section 9.
    pub lineage: &'a [u8],
}

/// A name that is one of a file in a bundle.
pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_fine = (1..=32).contains(&name.len())
        && name.bytes().all(is_plain)
        && !name.starts_with('.')
        && !name.ends_with(".lineage");
    match is_fine {
        true => Ok(()),
        false => Err(Refusal::DatasetFaulty {
            name: name.chars().take(32).collect(),
            what: "a name has 1 to 32 letters, digits, -, _ and .".to_owned(),
        }),
    }
}

impl NewDataset<'_> {
    /// The dataset as NDJSON, byte for byte as it was given where it is that already.
    ///
    /// # Errors
    /// `DatasetFaulty`.
    pub(in crate::trials) fn read(&self) -> Result<Dataset, Refusal> {
        check_name(self.name)?;
        let (rows, count) = self.rows()?;
        let mut lineage = self.lineage.to_vec();
        if lineage.last().is_some_and(|byte| *byte != b'\n') {
            lineage.push(b'\n');
        }
        let lines = lines_of(&lineage);
        if lines != count {
            return Err(self.faulty(format!("{lines} lines of lineage for {count} rows")));
        }
        let is_short = |bytes: &[u8]| {
            let mut lines = bytes.split(|byte| *byte == b'\n');
            lines.all(|line| line.len() < MAX_LINE)
        };
        if !is_short(&rows) || !is_short(&lineage) {
            return Err(self.faulty(format!("a line has more than {MAX_LINE} bytes")));
        }
        let name = self.name.to_owned();
        Ok(Dataset {
            name,
            rows,
            lineage,
        })
    }

    fn rows(&self) -> Result<(Vec<u8>, u64), Refusal> {
        let limits = || Limits {
            inflated_bytes: MAX_BYTES,
            ..Limits::default()
        };
        let unreadable = |error: theriac_standards::dataset::DatasetError| {
            self.faulty(format!("it cannot be read: {error}"))
        };
        let mut reader = Reader::open(self.rows, limits()).map_err(unreadable)?;
        while reader.next_row().map_err(unreadable)?.is_some() {}
        let count = reader.rows();
        let is_as_kept = reader.form() == Form::NdJson
            && self.rows.ends_with(b"\n")
            && lines_of(self.rows) == count + 1;
        if is_as_kept {
            return Ok((self.rows.to_vec(), count));
        }
        let (table, _) = Table::read(self.rows, limits()).map_err(unreadable)?;
        let (rows, _) = table.write(Form::NdJson).expect("memory does not fail");
        Ok((rows, count))
    }

    fn faulty(&self, what: String) -> Refusal {
        let name = self.name.to_owned();
        Refusal::DatasetFaulty { name, what }
    }
}

fn lines_of(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &[u8] = br#"{"datasetJSONVersion":"1.1.0","name":"A","columns":[{"itemOID":"X","name":"X","label":"X","dataType":"integer"}]}
[1]
[2]
"#;
    const LINEAGE: &[u8] = b"[null]\n[null]\n";

    fn new<'a>(rows: &'a [u8], lineage: &'a [u8]) -> NewDataset<'a> {
        let name = "ADSL";
        NewDataset {
            name,
            rows,
            lineage,
        }
    }

    #[test]
    fn lines_stay_as_they_are_and_another_form_becomes_lines() {
        let taken = new(ROWS, LINEAGE).read().unwrap();
        assert_eq!((&taken.rows[..], &taken.lineage[..]), (ROWS, LINEAGE));
        let short = new(&ROWS[..ROWS.len() - 1], &LINEAGE[..LINEAGE.len() - 1]);
        assert_eq!(short.read().unwrap(), taken);
        let (table, _) = Table::read(ROWS, Limits::default()).unwrap();
        for form in [Form::Json, Form::Dsjc] {
            let (bytes, _) = table.write(form).unwrap();
            assert_eq!(new(&bytes, LINEAGE).read().unwrap(), taken);
        }
    }

    #[test]
    fn what_is_no_dataset_with_its_lineage_is_refused() {
        assert!(new(ROWS, b"[null]\n").read().is_err());
        assert!(new(b"[1]", LINEAGE).read().is_err());
        for name in ["", "a/b", ".hidden", "A.lineage"] {
            let named = NewDataset {
                name,
                ..new(ROWS, LINEAGE)
            };
            assert!(named.read().is_err(), "{name}");
        }
    }
}
