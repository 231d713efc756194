//! Counts the bytes of a table as they are read, and stops at the limits.

use super::TableLimits;
use std::io::{Error, ErrorKind, Read, Result};

/// Bytes that the reader of tables fetches ahead.
pub(super) const AHEAD: u64 = 8 << 10;

/// What stopped the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    ByBytes,
    ByRow,
}

pub(super) struct Meter<R> {
    reader: R,
    limits: TableLimits,
    bytes: u64,
    of_row: u64,
    quotes: u64,
    ended: bool,
    /// What was fetched last, to find line ends before a row.
    chunk: Vec<u8>,
    /// Line ends before the first letter of the row, and whether more may come.
    leading: u64,
    is_leading: bool,
    pub(super) stopped: Option<Stopped>,
}

impl<R> Meter<R> {
    pub(super) fn new(reader: R, limits: TableLimits) -> Self {
        Self {
            reader,
            limits,
            bytes: 0,
            of_row: 0,
            quotes: 0,
            ended: false,
            chunk: Vec::new(),
            leading: 0,
            is_leading: false,
            stopped: None,
        }
    }

    /// A row begins at this byte of the table. The reader of tables counts a row from the end of the one before, where the second
    /// half of a line end and empty lines may still follow.
    pub(super) fn begin_row(&mut self, at: u64) {
        self.of_row = 0;
        self.leading = 0;
        self.is_leading = true;
        let unread = usize::try_from(self.bytes.saturating_sub(at)).unwrap_or(usize::MAX);
        let start = self.chunk.len().saturating_sub(unread);
        self.count_leading(start);
    }

    /// How many lines end before the first letter of the row.
    pub(super) fn leading_lines(&self) -> u64 {
        self.leading
    }

    /// An odd number of quotes at the end: one of them opens a field that never ends, and what follows it is lost.
    pub(super) fn is_unclosed(&self) -> bool {
        self.ended && self.quotes % 2 == 1
    }

    fn count_leading(&mut self, start: usize) {
        for byte in &self.chunk[start..] {
            match byte {
                b'\n' => self.leading += 1,
                b'\r' => {}
                _ => {
                    self.is_leading = false;
                    return;
                }
            }
        }
    }

    fn stop(&mut self, stopped: Stopped) -> Error {
        self.stopped = Some(stopped);
        Error::new(ErrorKind::FileTooLarge, "past the limits")
    }
}

impl<R: Read> Read for Meter<R> {
    fn read(&mut self, target: &mut [u8]) -> Result<usize> {
        let length = self.reader.read(target)?;
        self.ended |= length == 0 && !target.is_empty();
        self.chunk.clear();
        self.chunk.extend_from_slice(&target[..length]);
        if self.is_leading {
            self.count_leading(0);
        }
        self.bytes += length as u64;
        self.of_row += length as u64;
        let quotes = target[..length].iter().filter(|byte| **byte == b'"');
        self.quotes += quotes.count() as u64;
        if self.bytes > self.limits.bytes {
            return Err(self.stop(Stopped::ByBytes));
        }
        if self.of_row > self.limits.row_bytes.saturating_add(AHEAD) {
            return Err(self.stop(Stopped::ByRow));
        }
        Ok(length)
    }
}
