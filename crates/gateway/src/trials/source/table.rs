//! Values from a plain table, long or wide.

use theriac_evidence::trial::ItemKind;
use theriac_standards::table::{ClinicalRow, LongReader, Mapping, TableLimits, WideReader};

use super::{SourceFault, Value};

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapped {
    /// A row for each value.
    Long,
    /// A row for each subject and visit, with what each column is.
    Wide(Mapping),
}

/// The values of a table; a unit is an item of its own, `NAME.unit`.
///
/// # Errors
/// The table is refused, with line and column.
pub fn read_table(bytes: &[u8], mapped: &Mapped) -> Result<Vec<Value>, SourceFault> {
    let limits = TableLimits::default();
    let mut values = Vec::new();
    match mapped {
        Mapped::Long => {
            let mut reader = LongReader::open(bytes, limits)?;
            while let Some(row) = reader.next_value()? {
                push(&mut values, row);
            }
        }
        Mapped::Wide(mapping) => {
            let mut reader = WideReader::open(bytes, mapping, limits)?;
            while let Some(row) = reader.next_value()? {
                push(&mut values, row);
            }
        }
    }
    Ok(values)
}

fn push(values: &mut Vec<Value>, row: ClinicalRow) {
    let (kind, text) = match (row.value, row.null_flavour) {
        (Some(value), _) => (ItemKind::Value, value),
        (None, flavour) => {
            // Its variants are spelled as HL7 spells the codes.
            let code = flavour.map_or("NI".to_owned(), |flavour| format!("{flavour:?}"));
            let reason = row.reason.unwrap_or_default();
            (ItemKind::Null, format!("{code} {reason}"))
        }
    };
    let value = Value {
        line: row.line,
        subject: row.subject,
        visit: row.visit,
        form: row.form,
        item: row.item,
        kind,
        text,
        observed: row.observed_at,
    };
    let unit = row.unit.map(|unit| Value {
        item: format!("{}.unit", value.item),
        kind: ItemKind::Value,
        text: unit,
        ..value.clone()
    });
    values.push(value);
    values.extend(unit);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_null_keeps_its_flavour_and_reason_and_a_unit_is_an_item() {
        let text = "subject,visit,form,item,value,unit,null_flavour,reason\n\
                    S1,BASELINE,VS,SYSBP,118,mmHg,,\n\
                    S1,BASELINE,VS,PULSE,,,NASK,device broken\n";
        let values = read_table(text.as_bytes(), &Mapped::Long).unwrap();
        let told: Vec<_> = values
            .iter()
            .map(|value| (value.item.as_str(), value.kind, value.text.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("SYSBP", ItemKind::Value, "118"),
                ("SYSBP.unit", ItemKind::Value, "mmHg"),
                ("PULSE", ItemKind::Null, "NASK device broken"),
            ]
        );
    }
}
