//! Writing the zip, as a stream.

use super::{Listed, end_record, is_name, local_header};
use alloy_primitives::B256;
use miniz_oxide::{
    DataFormat, MZFlush, MZStatus,
    deflate::{CompressionLevel, core::CompressorOxide, stream::deflate},
};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// The setting of the compressor: a bundle is the same bytes only as long as this and the compressor stay.
const LEVEL: CompressionLevel = CompressionLevel::DefaultLevel;

/// What was written of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// The name.
    pub name: String,
    /// Bytes of the content.
    pub size: u64,
    /// SHA-256 of the content.
    pub sha256: B256,
}

/// Writes files in the order of their names; the last may have any name.
#[derive(Debug)]
pub struct ZipWriter<W> {
    out: W,
    offset: u64,
    listed: Vec<Listed>,
}

impl<W: Write> ZipWriter<W> {
    /// A zip without files.
    pub fn new(out: W) -> Self {
        Self {
            out,
            offset: 0,
            listed: Vec::new(),
        }
    }

    /// Adds a file, whose content `fill` writes.
    ///
    /// # Errors
    /// The name is none, a bound is passed, or writing fails.
    pub fn file(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<FileFacts> {
        if !is_name(name) {
            return Err(io::Error::other("a name that a bundle may not have"));
        }
        let offset = small(self.offset)?;
        let header = local_header(name);
        self.out.write_all(&header)?;
        let mut sink = Sink::new(&mut self.out);
        fill(&mut sink)?;
        let (packed, size, crc, sha256) = sink.finish()?;
        let name = name.to_owned();
        let listed = Listed {
            name: name.clone(),
            offset,
            crc,
            packed: small(packed)?,
            size: small(size)?,
        };
        let descriptor = listed.descriptor();
        self.out.write_all(&descriptor)?;
        self.offset += (header.len() + descriptor.len()) as u64 + packed;
        self.listed.push(listed);
        Ok(FileFacts { name, size, sha256 })
    }

    /// Writes the directory.
    ///
    /// # Errors
    /// Writing fails, or the file would be longer than 4 GiB.
    pub fn finish(mut self) -> io::Result<W> {
        let directory: Vec<u8> = self.listed.iter().flat_map(Listed::central).collect();
        self.out.write_all(&directory)?;
        let end = end_record(
            self.listed.len(),
            directory.len() as u32,
            small(self.offset)?,
        );
        self.out.write_all(&end)?;
        Ok(self.out)
    }
}

fn small(number: u64) -> io::Result<u32> {
    u32::try_from(number).map_err(|_| io::Error::other("a bundle has at most 4 GiB"))
}

/// Deflates what is written to it.
struct Sink<'a, W> {
    out: &'a mut W,
    compressor: Box<CompressorOxide>,
    buffer: Vec<u8>,
    packed: u64,
    size: u64,
    crc: crc32fast::Hasher,
    sha256: Sha256,
}

impl<'a, W: Write> Sink<'a, W> {
    fn new(out: &'a mut W) -> Self {
        let compressor = Box::new(CompressorOxide::with_format_and_level(
            DataFormat::Raw,
            LEVEL,
        ));
        Self {
            out,
            compressor,
            buffer: vec![0; 1 << 16],
            packed: 0,
            size: 0,
            crc: crc32fast::Hasher::new(),
            sha256: Sha256::new(),
        }
    }

    fn push(&mut self, mut input: &[u8], flush: MZFlush) -> io::Result<()> {
        loop {
            let result = deflate(&mut self.compressor, input, &mut self.buffer, flush);
            let status = match result.status {
                Ok(status) => status,
                // Nothing to do is no failure.
                Err(miniz_oxide::MZError::Buf) => return Ok(()),
                Err(_) => return Err(io::Error::other("the compressor fails")),
            };
            input = &input[result.bytes_consumed..];
            self.out.write_all(&self.buffer[..result.bytes_written])?;
            self.packed += result.bytes_written as u64;
            let is_done = match flush {
                MZFlush::Finish => status == MZStatus::StreamEnd,
                _ => input.is_empty(),
            };
            if is_done {
                return Ok(());
            }
        }
    }

    fn finish(mut self) -> io::Result<(u64, u64, u32, B256)> {
        self.push(&[], MZFlush::Finish)?;
        let sha256 = B256::new(self.sha256.finalize().into());
        Ok((self.packed, self.size, self.crc.finalize(), sha256))
    }
}

impl<W: Write> Write for Sink<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.crc.update(bytes);
        self.sha256.update(bytes);
        self.size += bytes.len() as u64;
        self.push(bytes, MZFlush::None)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
