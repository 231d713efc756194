//! One stripe on its way out, and the search for the right pieces on its way back.

use super::{Coding, HASH_BYTES, Outline, piece::table, piece_hash};
use bytes::Bytes;
use std::collections::BTreeMap;
use theriac_envelope::ContentId;
use theriac_envelope::content_id::leaf_hash;

/// A coded chunk.
pub(crate) struct Stripe {
    /// The leaf of the chunk in the content id.
    pub(crate) leaf: [u8; 32],
    /// Hashes of all pieces, one after another.
    pub(crate) table: Bytes,
    /// The pieces in the order of the members.
    pub(crate) pieces: Vec<Bytes>,
}

impl Stripe {
    /// Codes chunk `stripe` of the blob `id`.
    pub(crate) fn of(id: &ContentId, coding: Coding, stripe: u32, chunk: &[u8]) -> Self {
        let pieces = coding.encode(chunk);
        let table = table(id, coding, stripe, &pieces);
        let leaf = leaf_hash(chunk);
        Self {
            leaf,
            table,
            pieces,
        }
    }
}

/// A piece as its holder gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its place among the pieces of the stripe.
    pub(crate) index: u8,
    /// The hashes of all pieces of the stripe, as the holder has them.
    pub(crate) table: Bytes,
    /// Its bytes.
    pub(crate) bytes: Bytes,
}

impl Piece {
    /// Whether the bytes are what the piece's own table says.
    pub(crate) fn is_consistent(&self, id: &ContentId, coding: Coding, stripe: u32) -> bool {
        let place = usize::from(self.index) * HASH_BYTES;
        self.table.len() == usize::from(coding.members()) * HASH_BYTES
            && self.table.get(place..place + HASH_BYTES)
                == Some(&piece_hash(id, coding, (self.index, stripe), &self.bytes)[..])
    }
}

/// The chunk that k of these pieces belong to, proven by the content id, or `None` while there are too few right ones.
///
/// The fast way decodes the first k and looks at the leaf alone. If some are wrong, pieces are sorted by the table that
/// they claim: right ones all have the same, so that not every choice of k must be tried.
pub(crate) fn restore(
    outline: &Outline,
    (coding, stripe): (Coding, u32),
    pieces: &[Piece],
) -> Option<Bytes> {
    let (id, bytes) = (outline.content().id, outline.chunk_bytes(stripe)?);
    let needed = usize::from(coding.needed());
    let decode = |pieces: &[&Piece]| {
        let pieces: Vec<_> = pieces
            .iter()
            .map(|piece| (piece.index, piece.bytes.clone()))
            .collect();
        let chunk = coding.decode(&pieces, bytes)?;
        outline.proves(stripe, &chunk).then_some(chunk)
    };
    if pieces.len() == needed {
        return decode(&pieces.iter().collect::<Vec<_>>());
    }
    let mut groups: BTreeMap<&Bytes, BTreeMap<u8, &Piece>> = BTreeMap::new();
    for piece in pieces {
        if piece.is_consistent(&id, coding, stripe) {
            let group = groups.entry(&piece.table).or_default();
            group.insert(piece.index, piece);
        }
    }
    groups.into_values().find_map(|group| {
        let first: Vec<_> = group.into_values().take(needed).collect();
        (first.len() == needed).then(|| decode(&first)).flatten()
    })
}
