//! Hostile datasets: bombs, cuts, mutations, endless rows.

use crate::support::{files, published, small};
use flate2::{
    Compression,
    write::{GzEncoder, ZlibEncoder},
};
use std::io::{Read, Write};
use theriac_standards::{
    dataset::{Dataset, DatasetError, DatasetErrorKind, Form, Limits, Reader},
    epcis::json::JsonErrorKind,
};

const HEADER: &str =
    "{\"columns\":[{\"itemOID\":\"A\",\"name\":\"A\",\"label\":\"A\",\"dataType\":\"string\"}]}\n";

fn json_kind(error: DatasetError) -> JsonErrorKind {
    match error.kind {
        DatasetErrorKind::Json(error) => error.kind,
        other => panic!("{other}"),
    }
}

fn all(bytes: &[u8], limits: Limits) -> Result<u64, DatasetError> {
    let mut reader = Reader::open(bytes, limits)?;
    while reader.next_row()?.is_some() {}
    Ok(reader.rows())
}

fn refused(text: &str, limits: Limits) -> JsonErrorKind {
    json_kind(all(text.as_bytes(), limits).expect_err("refused"))
}

#[test]
fn size_depth_and_length_are_bounded() {
    let limits = Limits {
        header_bytes: 1_000,
        row_bytes: 1_000,
        columns: 10,
        rows: 3,
        ..Limits::default()
    };
    let deep = format!("{HEADER}[{}", "[".repeat(100_000));
    let many = Limits {
        columns: 1_000,
        ..limits
    };
    assert!(matches!(refused(&deep, many), JsonErrorKind::TooDeep(16)));
    let long = format!("{HEADER}[\"{}\"]", "x".repeat(10_000));
    assert!(matches!(
        refused(&long, limits),
        JsonErrorKind::TooLarge(1_000)
    ));
    let wide = format!("{HEADER}[{}1]", "1,".repeat(20));
    assert!(matches!(refused(&wide, limits), JsonErrorKind::TooMany(11)));
    let blank = format!("{HEADER}{}", " ".repeat(100_000));
    assert!(matches!(
        refused(&blank, limits),
        JsonErrorKind::TooLarge(1_000)
    ));
    let header = format!("{{\"a\":\"{}\"", "x".repeat(10_000));
    assert!(matches!(
        refused(&header, limits),
        JsonErrorKind::TooLarge(1_000)
    ));
    let members: String = (0..2_000).map(|at| format!("\"{at}\":1,")).collect();
    let header = format!("{{{members}\"columns\":[]}}");
    let error = refused(&header, Limits::default());
    assert!(matches!(error, JsonErrorKind::TooMany(1_000)));
    let rows = format!("{HEADER}{}", "[\"\"]\n".repeat(4));
    let error = all(rows.as_bytes(), limits).expect_err("refused");
    assert!(matches!(error.kind, DatasetErrorKind::TooManyRows(3)));
    assert_eq!(error.row, Some(4));
    let columns = format!("{{\"columns\":[{}{{}}]}}", "{},".repeat(10));
    assert!(all(columns.as_bytes(), limits).is_err());
}

#[test]
fn a_report_is_bounded_and_still_counts() {
    let limits = Limits {
        problems: 5,
        ..Limits::default()
    };
    let text = format!("{HEADER}{}", "[7]\n".repeat(100));
    let (_, report) = Dataset::read(text.as_bytes(), limits).expect("a table");
    assert_eq!(report.problems.len(), 5);
    assert!(report.count >= 100, "{}", report.count);
}

fn bomb(gzip: bool) -> Vec<u8> {
    let mut row = b"[\"".to_vec();
    row.extend(std::iter::repeat_n(b'x', 500_000));
    row.extend(b"\"]\n");
    let mut bytes = Vec::new();
    match gzip {
        true => {
            let mut encoder = GzEncoder::new(&mut bytes, Compression::best());
            feed(&mut encoder, &row);
            encoder.finish().expect("memory");
        }
        false => {
            let mut encoder = ZlibEncoder::new(&mut bytes, Compression::best());
            feed(&mut encoder, &row);
            encoder.finish().expect("memory");
        }
    }
    bytes
}

fn feed(target: &mut impl Write, row: &[u8]) {
    target.write_all(HEADER.as_bytes()).expect("memory");
    for _ in 0..200 {
        target.write_all(row).expect("memory");
    }
}

#[test]
fn a_decompression_bomb_is_refused() {
    for gzip in [false, true] {
        let bytes = bomb(gzip);
        assert!(bytes.len() < 200_000, "{}", bytes.len());
        let error = json_kind(all(&bytes, Limits::default()).expect_err("refused"));
        let JsonErrorKind::Io(error) = error else {
            panic!("{error}");
        };
        assert_eq!(error.kind(), std::io::ErrorKind::FileTooLarge);
        let trusted = Limits {
            inflation: 2_000,
            ..Limits::default()
        };
        assert_eq!(all(&bytes, trusted).expect("within its limits"), 200);
        let small = Limits {
            inflated_bytes: 1_000_000,
            ..trusted
        };
        assert!(all(&bytes, small).is_err());
    }
}

#[test]
fn a_cut_or_longer_file_is_refused() {
    let (bytes, _) = small().write(Form::Dsjc).expect("memory");
    assert!(all(&bytes, Limits::default()).is_ok());
    for length in 0..bytes.len() {
        assert!(
            all(&bytes[..length], Limits::default()).is_err(),
            "{length}"
        );
    }
    let mut longer = bytes.clone();
    longer.push(b'\n');
    assert!(all(&longer, Limits::default()).is_err());
    let mut twice = bytes.clone();
    twice.extend(&bytes);
    assert!(all(&twice, Limits::default()).is_err());
}

/// Rows that are made as they are read.
struct Endless {
    head: &'static [u8],
    left: u64,
    row: Vec<u8>,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
        if !self.head.is_empty() {
            return self.head.read(target);
        }
        if self.at == self.row.len() {
            self.at = 0;
            self.left = self.left.saturating_sub(1);
        }
        if self.left == 0 {
            return Ok(0);
        }
        let length = (&self.row[self.at..]).read(target)?;
        self.at += length;
        Ok(length)
    }
}

/// Two hundred MB go by; the process would not hold them.
#[test]
fn rows_are_never_held() {
    let row = format!("[\"{}\"]\n", "x".repeat(10_000)).into_bytes();
    let source = Endless {
        head: HEADER.as_bytes(),
        left: 20_000,
        row,
        at: 0,
    };
    let mut reader = Reader::open(source, Limits::default()).expect("a table");
    let before = resident();
    while reader.next_row().expect("JSON").is_some() {}
    assert_eq!(reader.rows(), 20_000);
    if let (Some(before), Some(after)) = (before, resident()) {
        assert!(after < before + (64 << 20), "{before} to {after}");
    }
}

fn resident() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4_096)
}

/// A generator by formula (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("below a usize")
    }
}

fn mutate(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    const PIECES: [&[u8]; 12] = [
        b"\"", b"{", b"}", b"[", b"]", b":", b",", b"\\u0000", b"null", b"1e999", b"\n", b"\xff",
    ];
    let mut mutated = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(mutated.len());
        match random.below(3) {
            0 => mutated[at] = u8::try_from(random.below(256)).expect("a byte"),
            1 => {
                mutated.remove(at);
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                mutated.splice(at..at, piece.iter().copied());
            }
        }
        if mutated.is_empty() {
            return mutated;
        }
    }
    mutated
}

/// Whatever reads is written, and is the same when it is read again.
fn try_one(bytes: &[u8]) -> bool {
    let limits = Limits {
        header_bytes: 100_000,
        row_bytes: 100_000,
        inflated_bytes: 1_000_000,
        ..Limits::default()
    };
    let Ok((dataset, report)) = Dataset::read(bytes, limits) else {
        return false;
    };
    for form in [Form::Json, Form::NdJson, Form::Dsjc] {
        let (bytes, written) = dataset.write(form).expect("memory");
        let (again, told) = Dataset::read(&bytes, Limits::default()).expect("reads again");
        assert_eq!(again, dataset);
        assert_eq!(written, report);
        assert_eq!(told, report);
    }
    true
}

#[test]
fn mutated_datasets_are_refused_or_survive_a_round_trip() {
    let mut seeds: Vec<Vec<u8>> = [Form::Json, Form::NdJson, Form::Dsjc]
        .into_iter()
        .map(|form| small().write(form).expect("memory").0)
        .collect();
    if let Some(root) = published("mutated_datasets_are_refused_or_survive_a_round_trip") {
        let names = [
            "relrec.json",
            "suppdm.ndjson",
            "ta.dsjc",
            "extended_dataset.json",
        ];
        for file in files(&root, &["json", "ndjson", "dsjc"]) {
            if names.iter().any(|name| file.ends_with(name)) {
                seeds.push(std::fs::read(file).expect("readable"));
            }
        }
    }
    let mut random = Random(0x5eed_da7a);
    let (mut read, mut refused) = (0, 0);
    for seed in &seeds {
        for _ in 0..400 {
            match try_one(&mutate(seed, &mut random)) {
                true => read += 1,
                false => refused += 1,
            }
        }
    }
    assert!(
        read > 100 && refused > 100,
        "{read} read, {refused} refused"
    );
}
