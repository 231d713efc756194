//! The end of a shard's file: leaf hashes of the blob, and under which committee it was put.
//!
//! ```text
//! file     = record of stripe 0 || record of stripe 1 || ... || trailer
//! record   = piece || hashes of all pieces of the stripe (n x 32)
//!            || SHA-256("theriac/shard-record/v1" || content id || stripe (4) || those hashes)
//! trailer  = leaf hashes (chunks x 32) || members (n x 32) || "THRS" || 1 || n || k || index || epoch (8) || length (8)
//!            || SHA-256("theriac/shard-file/v1" || content id || the trailer so far)
//! ```

use crate::coding::{HASH_BYTES, Outline};
use crate::wire::ShardName;
use bytes::Bytes;
use commonware_cryptography::{Hasher as _, Sha256};
use theriac_envelope::content_id::{chunk_count, chunk_length};
use theriac_envelope::{CHUNK_BYTES, ContentId, MAX_CIPHERTEXT_BYTES};

const MAGIC: &[u8; 4] = b"THRS";
const VERSION: u8 = 1;
const DOMAIN: &[u8] = b"theriac/shard-file/v1";
const RECORD_DOMAIN: &[u8] = b"theriac/shard-record/v1";
/// Magic, version, n, k, index, epoch, length.
const FIXED_BYTES: usize = 4 + 4 + 8 + 8;
/// What is read first: the fixed fields and the checksum.
pub(super) const END_BYTES: usize = FIXED_BYTES + HASH_BYTES;

/// Under which committee a shard was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placement {
    pub(crate) epoch: u64,
    /// Keys of the members in the order of their shards, 32 bytes each.
    pub(crate) members: Bytes,
}

/// Where things are in the file of a shard of a blob of so many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) name: ShardName,
    pub(super) length: u64,
}

impl Places {
    /// Offset of a stripe's record. Every stripe but the last is of a whole chunk.
    pub(super) fn record_at(name: ShardName, stripe: u32) -> u64 {
        u64::from(stripe) * Self::record_bytes(name, CHUNK_BYTES) as u64
    }

    pub(super) fn record_bytes(name: ShardName, chunk: usize) -> usize {
        name.coding.piece_bytes(chunk) + Self::table_bytes(name) + HASH_BYTES
    }

    /// What ends a record: its own piece is checked by one of the hashes, and the hashes by this.
    pub(super) fn record_checksum(id: &ContentId, stripe: u32, table: &[u8]) -> [u8; HASH_BYTES] {
        Sha256::hash(&[RECORD_DOMAIN, &id.0, &stripe.to_be_bytes(), table]).0
    }

    pub(super) fn table_bytes(name: ShardName) -> usize {
        usize::from(name.coding.members()) * HASH_BYTES
    }

    /// Bytes of a stripe's piece, or `None` where there is no such stripe.
    pub(super) fn piece_bytes(self, stripe: u32) -> Option<usize> {
        let chunk = chunk_length(self.length, stripe.into())?;
        Some(self.name.coding.piece_bytes(chunk))
    }

    pub(super) fn stripes(self) -> u32 {
        chunk_count(self.length) as u32
    }

    /// Offset of the trailer.
    pub(super) fn trailer_at(self) -> u64 {
        let last = self.stripes() - 1;
        let piece = self.piece_bytes(last).expect("the last stripe is one");
        let rest = Self::table_bytes(self.name) + HASH_BYTES;
        Self::record_at(self.name, last) + (piece + rest) as u64
    }

    pub(super) fn trailer_bytes(self) -> usize {
        self.stripes() as usize * HASH_BYTES + Self::table_bytes(self.name) + END_BYTES
    }

    pub(super) fn file_bytes(self) -> u64 {
        self.trailer_at() + self.trailer_bytes() as u64
    }

    /// What the last bytes of a file of that name say, if it is as long as they say.
    pub(super) fn of_end(name: ShardName, end: &[u8], file_bytes: u64) -> Option<Self> {
        let (fixed, _) = end.split_first_chunk::<FIXED_BYTES>()?;
        let length = u64::from_be_bytes(fixed[16..].try_into().expect("eight bytes"));
        if fixed[..8] != name_bytes(name) || length > MAX_CIPHERTEXT_BYTES {
            return None;
        }
        let places = Self { name, length };
        (places.file_bytes() == file_bytes).then_some(places)
    }

    /// The trailer of the file.
    pub(super) fn trailer(self, outline: &Outline, placement: &Placement) -> Vec<u8> {
        let mut trailer = outline.leaves().to_vec();
        trailer.extend_from_slice(&placement.members);
        trailer.extend_from_slice(&name_bytes(self.name));
        trailer.extend(placement.epoch.to_be_bytes());
        trailer.extend(self.length.to_be_bytes());
        let checksum = checksum(&outline.content().id, &trailer);
        trailer.extend(checksum);
        trailer
    }

    /// Reads a trailer; `None` unless it is whole and belongs to the blob.
    pub(super) fn read_trailer(
        self,
        id: &ContentId,
        trailer: &[u8],
    ) -> Option<(Outline, Placement)> {
        let (body, sum) = trailer.split_last_chunk::<HASH_BYTES>()?;
        if trailer.len() != self.trailer_bytes() || checksum(id, body) != *sum {
            return None;
        }
        let (leaves, rest) = body.split_at(self.stripes() as usize * HASH_BYTES);
        let (members, fixed) = rest.split_at(Self::table_bytes(self.name));
        let epoch = u64::from_be_bytes(fixed[8..16].try_into().expect("eight bytes"));
        let outline = Outline::of(*id, self.length, leaves)?;
        let members = Bytes::copy_from_slice(members);
        Some((outline, Placement { epoch, members }))
    }
}

fn name_bytes(name: ShardName) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(MAGIC);
    let coding = name.coding;
    bytes[4..].copy_from_slice(&[VERSION, coding.members(), coding.needed(), name.index]);
    bytes
}

fn checksum(id: &ContentId, body: &[u8]) -> [u8; HASH_BYTES] {
    Sha256::hash(&[DOMAIN, &id.0, body]).0
}
