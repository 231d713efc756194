//! Bytes in memory, up to a limit.

use std::io::{self, Write};

/// Bytes in memory, up to a limit.
pub(super) struct Bounded {
    pub(super) bytes: Vec<u8>,
    most: usize,
}

impl Bounded {
    /// None yet.
    pub(super) fn new(most: usize) -> Self {
        Self {
            bytes: Vec::new(),
            most,
        }
    }
}

impl Write for Bounded {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + part.len() > self.most {
            return Err(io::Error::other("larger than the limit"));
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
