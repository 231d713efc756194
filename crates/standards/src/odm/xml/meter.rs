//! A reader that counts lines and columns and refuses to go on past a budget of bytes.

use crate::odm::place::Place;
use std::io::{self, BufRead, Read};

pub(super) struct Meter<R> {
    inner: R,
    lines: u64,
    /// Bytes since the last line break.
    column: u64,
    spent: u64,
    stop: u64,
}

impl<R: BufRead> Meter<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            lines: 1,
            column: 0,
            spent: 0,
            stop: u64::MAX,
        }
    }

    /// At most so many bytes more.
    pub(super) fn allow(&mut self, budget: usize) {
        self.stop = self.spent.saturating_add(budget as u64);
    }

    pub(super) fn spent(&self) -> u64 {
        self.spent
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.spent > self.stop
    }

    /// Where the next byte stands.
    pub(super) fn place(&self) -> Place {
        Place {
            line: self.lines,
            column: self.column + 1,
        }
    }
}

impl<R: BufRead> Read for Meter<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(target.len());
        target[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Meter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_exhausted() {
            return Err(io::Error::other("over the budget"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        if let Ok(buffer) = self.inner.fill_buf() {
            let consumed = &buffer[..length.min(buffer.len())];
            let lines = consumed.iter().filter(|byte| **byte == b'\n').count();
            self.lines += lines as u64;
            let last = match lines {
                0 => None,
                _ => consumed.iter().rposition(|byte| *byte == b'\n'),
            };
            self.column = match last {
                Some(at) => (consumed.len() - at - 1) as u64,
                None => self.column + consumed.len() as u64,
            };
        }
        self.spent = self.spent.saturating_add(length as u64);
        self.inner.consume(length);
    }
}
