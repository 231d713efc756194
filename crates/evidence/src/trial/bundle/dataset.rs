//! Datasets of analyses, and where their values come from.

use serde_json::Value;

/// A dataset of an analysis with the lineage of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// Its name.
    pub name: String,
    /// Dataset-NDJSON.
    pub rows: Vec<u8>,
    /// For each row a line.
    pub lineage: Vec<u8>,
}

/// Where a value of a row comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It is an item as locked.
    Item {
        /// The subject.
        slot: u32,
        /// The cell.
        cell: u32,
        /// The item.
        oid: String,
    },
    /// It is the arm of this subject.
    Arm(u32),
    /// It is the kit of this subject.
    Kit(u32),
}

impl Origin {
    /// The origins of a row by its columns, `None` where nothing is said of one; `None` in all where the line is not of its form.
    pub fn line(line: &[u8]) -> Option<Vec<Option<Self>>> {
        let origins: Vec<Option<Vec<Value>>> = serde_json::from_slice(line).ok()?;
        let read = |origin: Option<Vec<Value>>| match origin {
            Some(parts) => Self::read(&parts).map(Some),
            None => Some(None),
        };
        origins.into_iter().map(read).collect()
    }

    fn read(parts: &[Value]) -> Option<Self> {
        let number = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
        match parts {
            [slot, cell, Value::String(oid)] => Some(Self::Item {
                slot: number(slot)?,
                cell: number(cell)?,
                oid: oid.clone(),
            }),
            [slot, Value::String(what)] if what == "arm" => number(slot).map(Self::Arm),
            [slot, Value::String(what)] if what == "kit" => number(slot).map(Self::Kit),
            _ => None,
        }
    }

    /// The line of a row.
    pub fn to_line(origins: &[Option<Self>]) -> String {
        let part = |origin: &Option<Self>| match origin {
            Some(Self::Item { slot, cell, oid }) => serde_json::json!([slot, cell, oid]),
            Some(Self::Arm(slot)) => serde_json::json!([slot, "arm"]),
            Some(Self::Kit(slot)) => serde_json::json!([slot, "kit"]),
            None => Value::Null,
        };
        Value::Array(origins.iter().map(part).collect()).to_string()
    }

    /// The subject.
    pub fn slot(&self) -> u32 {
        match self {
            Self::Item { slot, .. } | Self::Arm(slot) | Self::Kit(slot) => *slot,
        }
    }
}

impl Dataset {
    /// Whether every value that is said to be an item is one of those for which `keep` holds, by OID.
    pub fn is_of_items(&self, keep: &dyn Fn(&str) -> bool) -> bool {
        let is_kept = |origin: &Origin| match origin {
            Origin::Item { oid, .. } => keep(oid),
            Origin::Arm(_) | Origin::Kit(_) => true,
        };
        let mut lines = self.lineage.split_inclusive(|byte| *byte == b'\n');
        lines.all(|line| {
            Origin::line(line).is_some_and(|origins| origins.iter().flatten().all(is_kept))
        })
    }
}

/// The text of a value of a row: of a number as it is spelled; `None` inside for a null, outside for what no item can be.
pub fn value_text(value: &Value) -> Option<Option<String>> {
    match value {
        Value::Null => Some(None),
        Value::String(text) => Some(Some(text.clone())),
        Value::Number(number) => Some(Some(number.to_string())),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_lineage_is_read_as_it_is_written() {
        let item = Origin::Item {
            slot: 3,
            cell: 7,
            oid: "SYS\"BP".to_owned(),
        };
        let origins = [None, Some(item), Some(Origin::Arm(3)), Some(Origin::Kit(4))];
        let line = Origin::to_line(&origins);
        assert_eq!(line, r#"[null,[3,7,"SYS\"BP"],[3,"arm"],[4,"kit"]]"#);
        assert_eq!(Origin::line(line.as_bytes()), Some(origins.to_vec()));
    }

    #[test]
    fn what_is_no_lineage_is_none() {
        for line in [
            "",
            "null",
            "[[1]]",
            r#"[[1,"dose"]]"#,
            r#"[[-1,0,"A"]]"#,
            r#"[[1,4294967296,"A"]]"#,
            r#"[[1,0,2]]"#,
        ] {
            assert_eq!(Origin::line(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn a_dataset_of_other_items_is_told_apart() {
        let dataset = Dataset {
            name: "ADSL".to_owned(),
            rows: Vec::new(),
            lineage: b"[[1,0,\"AGE\"],[1,\"arm\"]]\n[[2,0,\"SEX\"],null]\n".to_vec(),
        };
        assert!(dataset.is_of_items(&|oid| oid == "AGE" || oid == "SEX"));
        assert!(!dataset.is_of_items(&|oid| oid == "AGE"));
    }
}
