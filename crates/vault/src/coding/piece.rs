//! The hash that ties a piece to its blob, its stripe and its place.

use super::Coding;
use bytes::{Bytes, BytesMut};
use commonware_cryptography::{Hasher as _, Sha256};
use theriac_envelope::ContentId;

/// Bytes of a piece's hash.
pub(crate) const HASH_BYTES: usize = 32;
const DOMAIN: &[u8] = b"theriac/shard/v1";

/// SHA-256(0x03 || "theriac/shard/v1" || content id || n || k || index || stripe as u32 BE || piece).
pub(crate) fn piece_hash(
    id: &ContentId,
    coding: Coding,
    (index, stripe): (u8, u32),
    piece: &[u8],
) -> [u8; HASH_BYTES] {
    let place = [coding.members(), coding.needed(), index];
    let stripe = stripe.to_be_bytes();
    Sha256::hash(&[&[0x03], DOMAIN, &id.0, &place, &stripe, piece]).0
}

/// The hashes of all pieces of a stripe, one after another.
pub(super) fn table(id: &ContentId, coding: Coding, stripe: u32, pieces: &[Bytes]) -> Bytes {
    let mut table = BytesMut::with_capacity(pieces.len() * HASH_BYTES);
    for (index, piece) in (0..).zip(pieces) {
        table.extend_from_slice(&piece_hash(id, coding, (index, stripe), piece));
    }
    table.freeze()
}
