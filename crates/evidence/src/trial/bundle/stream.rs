//! A file of records, read one after the other with a bounded buffer.

use super::zip::FileReader;
use std::io::{self, Read};

const STEP: usize = 1 << 16;

/// The unread part of a file.
#[derive(Debug)]
pub(crate) struct Stream<'a> {
    file: FileReader<'a>,
    buffer: Vec<u8>,
    start: usize,
}

impl<'a> Stream<'a> {
    pub(crate) fn new(file: FileReader<'a>) -> Self {
        Self {
            file,
            buffer: Vec::new(),
            start: 0,
        }
    }

    /// Whether the file is at its end.
    pub(crate) fn is_at_end(&mut self) -> io::Result<bool> {
        Ok(self.start == self.buffer.len() && !self.fill(1)?)
    }

    /// The next `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> io::Result<&[u8]> {
        if self.buffer.len() - self.start < count && !self.fill(count)? {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "a record is cut off",
            ));
        }
        let start = self.start;
        self.start += count;
        Ok(&self.buffer[start..self.start])
    }

    /// The next bytes with their length (4) before them, of at most `limit`.
    pub(crate) fn framed(&mut self, limit: usize) -> io::Result<&[u8]> {
        let length = self.take(4)?;
        let length = u32::from_be_bytes(length.try_into().expect("4 bytes")) as usize;
        if length > limit {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a record is longer than it may be",
            ));
        }
        self.take(length)
    }

    /// The next line without its end, of at most `limit` bytes; `None` at the end of the file.
    pub(crate) fn line(&mut self, limit: usize) -> io::Result<Option<&[u8]>> {
        let mut seen = 0;
        loop {
            let unread = &self.buffer[self.start..];
            if let Some(at) = unread[seen..].iter().position(|byte| *byte == b'\n') {
                let start = self.start;
                self.start += seen + at + 1;
                return Ok(Some(&self.buffer[start..self.start - 1]));
            }
            seen = unread.len();
            if seen > limit {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "a line is longer than it may be",
                ));
            }
            if !self.fill(seen + 1)? {
                if seen == 0 {
                    return Ok(None);
                }
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "the last line has no end",
                ));
            }
        }
    }

    /// Makes at least `count` bytes unread; false where the file ends before.
    fn fill(&mut self, count: usize) -> io::Result<bool> {
        self.buffer.drain(..self.start);
        self.start = 0;
        while self.buffer.len() < count {
            let filled = self.buffer.len();
            self.buffer.resize(filled + STEP, 0);
            let read = self.file.read(&mut self.buffer[filled..])?;
            self.buffer.truncate(filled + read);
            if read == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
