//! A reader that counts lines and refuses to go on past a budget of bytes.

use std::io::{self, BufRead, Read};

pub(super) struct Meter<R> {
    inner: R,
    lines: u64,
    spent: usize,
    budget: usize,
}

impl<R: BufRead> Meter<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            lines: 1,
            spent: 0,
            budget: usize::MAX,
        }
    }

    /// Goes on counting from `spent`.
    pub(super) fn resume(&mut self, budget: usize, spent: usize) {
        self.budget = budget;
        self.spent = spent;
    }

    pub(super) fn spent(&self) -> usize {
        self.spent
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.spent > self.budget
    }

    /// The line of the next byte, from 1.
    pub(super) fn line(&self) -> u64 {
        self.lines
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
        }
        self.spent = self.spent.saturating_add(length);
        self.inner.consume(length);
    }
}
