//! The one form of zip that a bundle has: names in byte order, deflated, no times, no comments, no extra fields.
//!
//! Everything in the file follows from names and contents, so that the same bundle is the same bytes.

mod read;
mod write;

pub use read::{Archive, FileReader};
pub use write::{FileFacts, ZipWriter};

/// Largest content of one file, and of all.
pub const MAX_CONTENT: u64 = 1 << 33;
/// Most files.
pub const MAX_FILES: usize = 4_096;
/// Longest name, in bytes.
pub const MAX_NAME: usize = 128;

const LOCAL: u32 = 0x0403_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Sizes and checksum stand behind the content.
const FLAGS: u16 = 1 << 3;
const VERSION: u16 = 20;
const DEFLATED: u16 = 8;
/// 1 January 1980, the first day that the format knows, at midnight.
const DATE: u16 = 0x21;
const LOCAL_BYTES: usize = 30;
const DESCRIPTOR_BYTES: usize = 16;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;

/// Whether a name is one that a bundle may have: lower-case words with digits, dots and hyphens, in at most one folder.
fn is_name(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
    };
    name.len() <= MAX_NAME && name.split('/').count() <= 2 && name.split('/').all(is_part)
}

/// The header of a file, which stands before its content without sizes, and in the directory with them.
fn local_header(name: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(LOCAL_BYTES + name.len());
    out.extend_from_slice(&LOCAL.to_le_bytes());
    for field in [VERSION, FLAGS, DEFLATED, 0, DATE] {
        out.extend_from_slice(&field.to_le_bytes());
    }
    out.extend_from_slice(&[0; 12]);
    out.extend_from_slice(&(name.len() as u16).to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    out.extend_from_slice(name.as_bytes());
    out
}

/// A file as the directory lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    name: String,
    offset: u32,
    crc: u32,
    packed: u32,
    size: u32,
}

impl Listed {
    fn descriptor(&self) -> [u8; DESCRIPTOR_BYTES] {
        let fields = [DESCRIPTOR, self.crc, self.packed, self.size];
        let bytes: Vec<u8> = fields
            .iter()
            .flat_map(|field| field.to_le_bytes())
            .collect();
        bytes.try_into().expect("four fields of 4 bytes")
    }

    fn central(&self) -> Vec<u8> {
        let mut out = CENTRAL.to_le_bytes().to_vec();
        for field in [VERSION, VERSION, FLAGS, DEFLATED, 0, DATE] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        for field in [self.crc, self.packed, self.size] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        out.extend_from_slice(&(self.name.len() as u16).to_le_bytes());
        out.extend_from_slice(&[0; 12]);
        out.extend_from_slice(&self.offset.to_le_bytes());
        out.extend_from_slice(self.name.as_bytes());
        out
    }
}

/// The record at the end.
fn end_record(count: usize, size: u32, offset: u32) -> Vec<u8> {
    let mut out = END.to_le_bytes().to_vec();
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&(count as u16).to_le_bytes());
    out.extend_from_slice(&(count as u16).to_le_bytes());
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&offset.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    out
}
