//! Plain tables and clinical data in them.

use std::io::Read;
use theriac_standards::table::{
    ClinicalRow, LongReader, Mapping, NullFlavour, Table, TableError, TableLimits, WideReader,
};

fn long(text: &str) -> Result<Vec<ClinicalRow>, TableError> {
    let mut reader = LongReader::open(text.as_bytes(), TableLimits::default())?;
    let mut rows = Vec::new();
    while let Some(row) = reader.next_value()? {
        rows.push(row);
    }
    Ok(rows)
}

fn refused(text: &str) -> String {
    long(text).expect_err("refused").to_string()
}

#[test]
fn the_long_form_is_read_with_quotes_and_lines_in_fields() {
    let text = "\u{feff}subject,visit,form,item,value,unit,null_flavour,reason,observed_at\r\n\
        001,V1,VS,SYSBP,120,mmHg,,,2026-01-31T09:30\r\n\
        001,V1,AE,TERM,\"Headache, \"\"mild\"\"\nlater none\",,,,\r\n\
        \r\n\
        002,V1,VS,SYSBP,,,ASKU,left early,2026-01\r\n";
    let rows = long(text).expect("a table");
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].value.as_deref(), Some("120"));
    assert_eq!(rows[0].unit.as_deref(), Some("mmHg"));
    assert_eq!(
        rows[1].value.as_deref(),
        Some("Headache, \"mild\"\nlater none")
    );
    assert_eq!(rows[2].null_flavour, Some(NullFlavour::ASKU));
    assert_eq!(rows[2].reason.as_deref(), Some("left early"));
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 6]);
}

#[test]
fn columns_stand_in_any_order_and_may_be_left_out() {
    let rows = long("ITEM,Value,Subject,VISIT,form\nW,70,s,v,f\n").expect("a table");
    assert_eq!(rows[0].item, "W");
    assert_eq!(rows[0].subject, "s");
    assert_eq!(rows[0].unit, None);
}

#[test]
fn errors_tell_line_and_column() {
    const HEAD: &str = "subject,visit,form,item,value,null_flavour,observed_at\n";
    let row = |row: &str| refused(&format!("{HEAD}s,v,f,i,1,,\n{row}\n"));
    for (told, expected) in [
        (refused(""), "line 1, column 0: no header"),
        (
            refused("subject,visit,form,item\n"),
            "line 1, column 0: column value is missing",
        ),
        (
            refused("subject,visit,form,item,value,weight\n"),
            "line 1, column 6: weight is no column of this table",
        ),
        (
            refused("subject,visit,form,Subject,value\n"),
            "line 1, column 4: Subject stands twice in the header",
        ),
        (
            refused("subject,,form\n"),
            "line 1, column 2: a column without a name",
        ),
        (row("s,v,f,i,1,"), "line 3, column 0: 6 fields, expected 7"),
        (
            row("s,,f,i,1,,"),
            "line 3, column 2: empty, expected a visit",
        ),
        (
            row("s,v,f,i,,,"),
            "line 3, column 5: expected either a value or a null flavour",
        ),
        (
            row("s,v,f,i,1,UNK,"),
            "line 3, column 5: expected either a value or a null flavour",
        ),
        (
            row("s,v,f,i,,LOST,"),
            "line 3, column 6: no null flavour of HL7",
        ),
        (
            row("s,v,f,i,1,,31.1.2026"),
            "line 3, column 7: no date or time of ISO 8601",
        ),
        (
            row("s,v,f,i,\"1,,"),
            "line 3, column 0: a quote that is never closed",
        ),
    ] {
        assert_eq!(told, expected);
    }
    let mut bytes = format!("{HEAD}s,v,f,").into_bytes();
    bytes.extend(b"\xff,1,,\n");
    let mut reader = LongReader::open(&bytes[..], TableLimits::default()).expect("a header");
    let error = reader.next_value().expect_err("refused").to_string();
    assert_eq!(error, "line 2, column 4: not UTF-8");
}

#[test]
fn no_error_repeats_a_value() {
    let head = "subject,visit,form,item,value,null_flavour,observed_at\n";
    for row in [
        "s,v,f,i,,Jane Public,",
        "s,v,f,i,1,,Jane Public",
        "Jane Public,v,f",
    ] {
        let error = long(&format!("{head}{row}\n")).expect_err("refused");
        assert!(!format!("{error} {error:?}").contains("Jane"), "{error:?}");
    }
}

const MAPPING: &str = "column,as,form,item,unit\n\
    USUBJID,subject,,,\n\
    VISIT,visit,,,\n\
    WHEN,observed_at,,,\n\
    SBP,item,VS,SYSBP,mmHg\n\
    WT,item,VS,WEIGHT,kg\n\
    SITE,ignore,,,\n";

#[test]
fn the_wide_form_is_read_by_its_mapping() {
    let mapping = Mapping::read(MAPPING.as_bytes()).expect("a mapping");
    let text = "SITE,USUBJID,VISIT,WHEN,SBP,WT\nA,001,V1,2026-01-31,120,70.50\nA,001,V2,,118,\n";
    let mut reader =
        WideReader::open(text.as_bytes(), &mapping, TableLimits::default()).expect("a table");
    let mut rows = Vec::new();
    while let Some(row) = reader.next_value().expect("a table") {
        rows.push(row);
    }
    let brief: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.visit.as_str(),
                row.item.as_str(),
                row.value.as_deref().unwrap_or(""),
            )
        })
        .collect();
    assert_eq!(
        brief,
        [
            ("V1", "SYSBP", "120"),
            ("V1", "WEIGHT", "70.50"),
            ("V2", "SYSBP", "118")
        ]
    );
    assert_eq!(rows[1].unit.as_deref(), Some("kg"));
    assert_eq!(rows[0].observed_at.as_deref(), Some("2026-01-31"));
    assert_eq!(reader.blank(), 1);
}

#[test]
fn a_wide_table_must_be_as_its_mapping() {
    let mapping = Mapping::read(MAPPING.as_bytes()).expect("a mapping");
    let told = |text: &str| {
        let opened = WideReader::open(text.as_bytes(), &mapping, TableLimits::default());
        opened.err().expect("refused").to_string()
    };
    assert_eq!(
        told("SITE,USUBJID,VISIT,WHEN,SBP,WT,HR\n"),
        "line 1, column 7: HR is no column of this table"
    );
    assert_eq!(
        told("SITE,USUBJID,VISIT,WHEN,SBP\n"),
        "line 1, column 0: column WT is missing"
    );
    let told = |text: &str| {
        Mapping::read(text.as_bytes())
            .expect_err("refused")
            .to_string()
    };
    assert_eq!(
        told("column,as\nA,person\n"),
        "line 2, column 2: expected subject, visit, observed_at, item or ignore"
    );
    assert_eq!(
        told("column,as,form,item\nA,item,VS,\n"),
        "line 2, column 4: empty, expected the name of an item"
    );
    let twice = Mapping::read(b"column,as\nA,subject\nB,subject\n").expect("a mapping");
    let opened = WideReader::open(&b"A,B\n"[..], &twice, TableLimits::default());
    let told = opened.err().expect("refused").to_string();
    assert!(told.contains("one column of subjects"), "{told}");
}

#[test]
fn size_and_number_are_bounded() {
    let limits = TableLimits {
        bytes: 100_000,
        row_bytes: 1_000,
        columns: 3,
        rows: 2,
    };
    let told = |text: &str| -> String {
        let mut table = match Table::open(text.as_bytes(), limits) {
            Ok(table) => table,
            Err(error) => return error.to_string(),
        };
        loop {
            match table.next_row() {
                Ok(Some(_)) => {}
                Ok(None) => return "read".to_owned(),
                Err(error) => return error.kind.to_string(),
            }
        }
    };
    assert_eq!(told("a,b\n1,2\n"), "read");
    assert_eq!(told("a,b,c,d\n"), "line 1, column 0: more than 3 columns");
    assert_eq!(told("a\n1\n2\n3\n"), "more than 2 rows");
    let long = format!("a\n\"{}\"\n", "x".repeat(50_000));
    assert_eq!(told(&long), "a row of more than 1000 bytes");
    let wide = format!("a\n{}", "\n".repeat(200_000));
    assert!(told(&wide).contains("more than"), "{}", told(&wide));
}

/// A quote that is opened and never closed would else draw the rest of the table into one field.
#[test]
fn an_endless_field_is_not_held() {
    struct Endless(u64);
    impl Read for Endless {
        fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
            target.fill(b'x');
            self.0 += target.len() as u64;
            Ok(target.len())
        }
    }
    let mut endless = Endless(0);
    let source = (&b"a\n\""[..]).chain(&mut endless);
    let mut table = Table::open(source, TableLimits::default()).expect("a header");
    assert!(table.next_row().is_err());
    drop(table);
    assert!(endless.0 < 3 << 20, "{}", endless.0);
}

#[test]
fn mutated_tables_are_read_or_refused() {
    let seed = b"subject,visit,form,item,value,unit\n001,V1,VS,SYSBP,120,mmHg\n002,V1,AE,\"TE,RM\",\"a \"\"b\"\" c\",\n";
    let mut state = 0x7ab1_e5ee_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).expect("below a usize")
    };
    let (mut read, mut refused) = (0, 0);
    for _ in 0..5_000 {
        let mut bytes = seed.to_vec();
        for _ in 0..=below(3) {
            let at = below(bytes.len());
            match below(3) {
                0 => bytes[at] = u8::try_from(below(256)).expect("a byte"),
                1 => {
                    bytes.remove(at);
                }
                _ => bytes.insert(at, b"\",\n\r"[below(4)]),
            }
        }
        let all = || -> Result<(), TableError> {
            let mut reader = LongReader::open(&bytes[..], TableLimits::default())?;
            while reader.next_value()?.is_some() {}
            Ok(())
        };
        match all() {
            Ok(()) => read += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(
        read > 100 && refused > 100,
        "{read} read, {refused} refused"
    );
}
