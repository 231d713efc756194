//! Reading the zip: the directory at once, the files as streams, nothing larger than it says it is.

use super::{
    CENTRAL_BYTES, DESCRIPTOR_BYTES, END_BYTES, Listed, MAX_CONTENT, MAX_FILES, end_record,
    is_name, local_header,
};
use alloy_primitives::B256;
use miniz_oxide::{
    DataFormat, MZFlush, MZStatus,
    inflate::stream::{InflateState, inflate},
};
use sha2::{Digest, Sha256};
use std::io::{self, Read};

/// The directory over the bytes of a zip.
#[derive(Debug, Clone)]
pub struct Archive<'a> {
    bytes: &'a [u8],
    listed: Vec<Listed>,
}

fn wrong(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

impl<'a> Archive<'a> {
    /// Whether bytes could be a zip at all.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04")
    }

    /// Reads the directory; every byte of the zip that is no content must be as it is written.
    ///
    /// # Errors
    /// It is not, a name is double, or a bound is passed.
    pub fn open(bytes: &'a [u8]) -> io::Result<Self> {
        let end = bytes
            .len()
            .checked_sub(END_BYTES)
            .ok_or_else(|| wrong("no end of a zip"))?;
        let tail = &bytes[end..];
        let count = usize::from(u16::from_le_bytes([tail[8], tail[9]]));
        let size = le32(tail, 12);
        let offset = le32(tail, 16);
        if count > MAX_FILES || tail != end_record(count, size, offset) {
            return Err(wrong("the end of the zip is not of this form"));
        }
        let directory = bytes
            .get(offset as usize..end)
            .filter(|directory| directory.len() == size as usize)
            .ok_or_else(|| wrong("the directory is not where it is said to be"))?;
        let listed = read_directory(directory, count)?;
        check_places(bytes, &listed, offset as usize)?;
        Ok(Self { bytes, listed })
    }

    /// Names and sizes of the files, in their order.
    pub fn names(&self) -> impl Iterator<Item = (&str, u64)> {
        self.listed
            .iter()
            .map(|file| (file.name.as_str(), u64::from(file.size)))
    }

    /// Opens a file.
    pub fn file(&self, name: &str) -> Option<FileReader<'a>> {
        let listed = self.listed.iter().find(|listed| listed.name == name)?;
        let start = listed.offset as usize + local_header(name).len();
        let packed = &self.bytes[start..start + listed.packed as usize];
        Some(FileReader::new(packed, listed))
    }

    /// The whole content of a file of at most `limit` bytes, with its digest.
    ///
    /// # Errors
    /// It is longer, or cannot be unpacked.
    pub fn content(&self, name: &str, limit: u64) -> io::Result<Option<(Vec<u8>, B256)>> {
        let Some(mut file) = self.file(name) else {
            return Ok(None);
        };
        if file.left > limit {
            return Err(wrong("a file is longer than it may be"));
        }
        let mut content = Vec::with_capacity(file.left as usize);
        file.read_to_end(&mut content)?;
        Ok(Some((content, file.finish()?)))
    }
}

fn le32(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("4 bytes"))
}

fn read_directory(mut rest: &[u8], count: usize) -> io::Result<Vec<Listed>> {
    let mut listed = Vec::<Listed>::with_capacity(count);
    for _ in 0..count {
        let fixed = rest
            .get(..CENTRAL_BYTES)
            .ok_or_else(|| wrong("the directory ends too early"))?;
        let length = usize::from(u16::from_le_bytes([fixed[28], fixed[29]]));
        let name = rest.get(CENTRAL_BYTES..CENTRAL_BYTES + length);
        let name = name.ok_or_else(|| wrong("the directory ends too early"))?;
        let name = std::str::from_utf8(name).map_err(|_| wrong("a name is not text"))?;
        let file = Listed {
            name: name.to_owned(),
            offset: le32(fixed, 42),
            crc: le32(fixed, 16),
            packed: le32(fixed, 20),
            size: le32(fixed, 24),
        };
        if !is_name(name) || file.central() != rest[..CENTRAL_BYTES + length] {
            return Err(wrong("an item of the directory is not of this form"));
        }
        listed.push(file);
        rest = &rest[CENTRAL_BYTES + length..];
    }
    if !rest.is_empty() {
        return Err(wrong("the directory is longer than its items"));
    }
    let but_last = &listed[..count.saturating_sub(1)];
    let is_sorted = but_last.windows(2).all(|pair| pair[0].name < pair[1].name);
    let is_double = listed
        .last()
        .is_some_and(|last| but_last.iter().any(|it| it.name == last.name));
    if !is_sorted || is_double {
        return Err(wrong("the names are not in their order"));
    }
    let content: u64 = listed.iter().map(|file| u64::from(file.size)).sum();
    if content > MAX_CONTENT {
        return Err(wrong("the files are larger than a bundle may be"));
    }
    Ok(listed)
}

/// The files follow each other without gaps, from the first byte to the directory.
fn check_places(bytes: &[u8], listed: &[Listed], directory: usize) -> io::Result<()> {
    let mut next = 0_usize;
    for file in listed {
        let header = local_header(&file.name);
        let content = next + header.len();
        let end = content.saturating_add(file.packed as usize);
        let is_whole = file.offset as usize == next
            && bytes.get(next..content) == Some(&header[..])
            && bytes.get(end..end.saturating_add(DESCRIPTOR_BYTES)) == Some(&file.descriptor()[..]);
        if !is_whole {
            return Err(wrong("a file is not where the directory says"));
        }
        next = end + DESCRIPTOR_BYTES;
    }
    if next == directory {
        Ok(())
    } else {
        Err(wrong("bytes between the files and the directory"))
    }
}

/// The content of one file, unpacked while it is read.
pub struct FileReader<'a> {
    packed: &'a [u8],
    state: Box<InflateState>,
    left: u64,
    expected_crc: u32,
    crc: crc32fast::Hasher,
    sha256: Sha256,
    is_at_end: bool,
}

impl<'a> FileReader<'a> {
    fn new(packed: &'a [u8], listed: &Listed) -> Self {
        Self {
            packed,
            state: InflateState::new_boxed(DataFormat::Raw),
            left: u64::from(listed.size),
            expected_crc: listed.crc,
            crc: crc32fast::Hasher::new(),
            sha256: Sha256::new(),
            is_at_end: false,
        }
    }

    /// Reads to the end and returns SHA-256 of the content.
    ///
    /// # Errors
    /// The content has another size or checksum than the directory says.
    pub fn finish(mut self) -> io::Result<B256> {
        let mut buffer = vec![0; 1 << 16];
        while self.read(&mut buffer)? > 0 {}
        if self.left > 0 || !self.packed.is_empty() || self.crc.finalize() != self.expected_crc {
            return Err(wrong(
                "a file has another size or checksum than the directory says",
            ));
        }
        Ok(B256::new(self.sha256.finalize().into()))
    }
}

impl std::fmt::Debug for FileReader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileReader")
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

impl Read for FileReader<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.is_at_end && !out.is_empty() {
            let result = inflate(&mut self.state, self.packed, out, MZFlush::None);
            self.packed = &self.packed[result.bytes_consumed..];
            let written = result.bytes_written;
            match result.status {
                Ok(MZStatus::StreamEnd) => self.is_at_end = true,
                Ok(_) if written > 0 || result.bytes_consumed > 0 => {}
                _ => return Err(wrong("a file cannot be unpacked")),
            }
            self.left = self
                .left
                .checked_sub(written as u64)
                .ok_or_else(|| wrong("a file is longer than the directory says"))?;
            if written > 0 {
                self.crc.update(&out[..written]);
                self.sha256.update(&out[..written]);
                return Ok(written);
            }
        }
        Ok(0)
    }
}
