//! A document on disk: JSON-LD or XML, told apart by its first character.

use anyhow::Context as _;
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
};
use theriac_standards::epcis::{Limits, json, model::Document, xml};

/// A whole document is read into memory up to here.
const LIMIT_BYTES: u64 = 256 << 20;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Json,
    Xml,
}

/// Opens a document to be read as it streams by.
pub(super) fn open(path: &Path) -> anyhow::Result<(Syntax, BufReader<File>)> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let start = reader
        .fill_buf()
        .with_context(|| format!("cannot read {}", path.display()))?;
    let marked = start.starts_with(BYTE_ORDER_MARK);
    let syntax = syntax_of(start);
    if marked {
        reader.consume(BYTE_ORDER_MARK.len());
    }
    Ok((syntax, reader))
}

/// Reads a whole document.
pub(super) fn read(path: &Path) -> anyhow::Result<(Syntax, Document)> {
    let what = || format!("cannot read {}", path.display());
    let size = fs::metadata(path).with_context(what)?.len();
    anyhow::ensure!(
        size <= LIMIT_BYTES,
        "{} has {size} bytes, expected at most {LIMIT_BYTES}",
        path.display()
    );
    let bytes = fs::read(path).with_context(what)?;
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes);
    let syntax = syntax_of(bytes);
    let document = match syntax {
        Syntax::Json => json::read_document(bytes, &Limits::default()),
        Syntax::Xml => xml::read_document(bytes, &Limits::default()),
    };
    Ok((syntax, document.with_context(what)?))
}

fn syntax_of(start: &[u8]) -> Syntax {
    let start = start.strip_prefix(BYTE_ORDER_MARK).unwrap_or(start);
    match start.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'<') => Syntax::Xml,
        Some(_) | None => Syntax::Json,
    }
}
