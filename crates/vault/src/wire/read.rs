//! Decodes messages; what is not exactly one is none.

use super::message::{
    Answer, Ask, Body, Held, Listed, Message, PAGE_BYTES, PATH_BYTES, REFUSALS, ShardName,
    TABLE_BYTES, VERSION, max_message_size,
};
use crate::coding::{Coding, HASH_BYTES, MAX_MEMBERS, Piece};
use bytes::{Buf, Bytes};
use theriac_envelope::{CHUNK_BYTES, ChunkPath, ContentId};

/// Shards of one blob that a member may hold: one of each committee that the blob has moved through.
const MAX_HELD: usize = 16;
const HELD_BYTES: usize = 3 + 8 + 8;
const LISTED_BYTES: usize = 32 + 1;

impl Message {
    /// The message, or `None` for bytes that are not exactly one.
    pub(crate) fn decode(mut bytes: impl Buf) -> Option<Self> {
        if bytes.remaining() > max_message_size() as usize || bytes.try_get_u8().ok()? != VERSION {
            return None;
        }
        let kind = bytes.try_get_u8().ok()?;
        let number = bytes.try_get_u64().ok()?;
        let body = match kind {
            0..16 => Body::Ask(take_ask(kind, &mut bytes)?),
            _ => Body::Answer(take_answer(kind, &mut bytes)?),
        };
        (!bytes.has_remaining()).then_some(Self { number, body })
    }
}

fn take_ask(kind: u8, bytes: &mut impl Buf) -> Option<Ask> {
    if kind == 9 {
        let after = match bytes.has_remaining() {
            true => Some(take_id(bytes)?),
            false => None,
        };
        return Some(Ask::List { after });
    }
    let id = take_id(bytes)?;
    Some(match kind {
        0 => Ask::Has { id },
        1 => Ask::Chunk {
            id,
            index: bytes.try_get_u32().ok()?,
        },
        2 => {
            let (path, chunk) = take_chunk(bytes)?;
            Ask::Put { id, path, chunk }
        }
        5 => {
            let coding = take_coding(bytes)?;
            let stripe = bytes.try_get_u32().ok()?;
            let piece = take_piece(bytes)?;
            Ask::Keep {
                id,
                coding,
                stripe,
                piece,
            }
        }
        10 => Ask::Erased { id },
        _ => take_of_shard(kind, id, take_shard(bytes)?, bytes)?,
    })
}

fn take_of_shard(kind: u8, id: ContentId, shard: ShardName, bytes: &mut impl Buf) -> Option<Ask> {
    Some(match kind {
        3 => Ask::Piece {
            id,
            shard,
            stripe: bytes.try_get_u32().ok()?,
        },
        4 => Ask::Leaves {
            id,
            shard,
            from: bytes.try_get_u32().ok()?,
        },
        6 => Ask::Outline {
            id,
            shard,
            from: bytes.try_get_u32().ok()?,
            leaves: take_hashes(bytes, PAGE_BYTES)?,
        },
        7 => Ask::Complete {
            id,
            shard,
            length: bytes.try_get_u64().ok()?,
            epoch: bytes.try_get_u64().ok()?,
            members: take_hashes(bytes, MAX_MEMBERS * 32)?,
        },
        8 => Ask::Abandon { id, shard },
        _ => return None,
    })
}

fn take_answer(kind: u8, bytes: &mut impl Buf) -> Option<Answer> {
    Some(match kind {
        16 => Answer::Present,
        17 => Answer::Absent,
        18 => {
            let (path, chunk) = take_chunk(bytes)?;
            Answer::Chunk { path, chunk }
        }
        19 => Answer::Taken,
        20 => Answer::Durable,
        21 => Answer::Refused(*REFUSALS.get(usize::from(bytes.try_get_u8().ok()?))?),
        22 => {
            let count = bytes.remaining() / HELD_BYTES;
            if count > MAX_HELD {
                return None;
            }
            Answer::Shards(
                (0..count)
                    .map(|_| take_held(bytes))
                    .collect::<Option<_>>()?,
            )
        }
        23 => Answer::Piece(take_piece(bytes)?),
        24 => Answer::Leaves(take_hashes(bytes, PAGE_BYTES)?),
        25 => {
            let count = bytes.remaining() / LISTED_BYTES;
            Answer::List(
                (0..count)
                    .map(|_| take_listed(bytes))
                    .collect::<Option<_>>()?,
            )
        }
        26 => {
            let time = bytes.try_get_u64().ok()?;
            let mut signature = [0; 64];
            bytes.try_copy_to_slice(&mut signature).ok()?;
            Answer::Erased { time, signature }
        }
        _ => return None,
    })
}

fn take_id(bytes: &mut impl Buf) -> Option<ContentId> {
    let mut id = ContentId([0; 32]);
    bytes.try_copy_to_slice(&mut id.0).ok()?;
    Some(id)
}

fn take_chunk(bytes: &mut impl Buf) -> Option<(ChunkPath, Bytes)> {
    let length = usize::from(bytes.try_get_u16().ok()?);
    if length > PATH_BYTES || length > bytes.remaining() {
        return None;
    }
    let path = ChunkPath::decode(&bytes.copy_to_bytes(length)).ok()?;
    Some((path, take_rest(bytes, CHUNK_BYTES)?))
}

fn take_coding(bytes: &mut impl Buf) -> Option<Coding> {
    Coding::new(bytes.try_get_u8().ok()?, bytes.try_get_u8().ok()?)
}

fn take_shard(bytes: &mut impl Buf) -> Option<ShardName> {
    let coding = take_coding(bytes)?;
    let index = bytes.try_get_u8().ok()?;
    (index < coding.members()).then_some(ShardName { coding, index })
}

fn take_held(bytes: &mut impl Buf) -> Option<Held> {
    Some(Held {
        name: take_shard(bytes)?,
        length: bytes.try_get_u64().ok()?,
        epoch: bytes.try_get_u64().ok()?,
    })
}

fn take_listed(bytes: &mut impl Buf) -> Option<Listed> {
    let id = take_id(bytes)?;
    let is_whole = match bytes.try_get_u8().ok()? {
        0 => false,
        1 => true,
        _ => return None,
    };
    Some(Listed { id, is_whole })
}

fn take_piece(bytes: &mut impl Buf) -> Option<Piece> {
    let index = bytes.try_get_u8().ok()?;
    let length = usize::from(bytes.try_get_u16().ok()?);
    if length > TABLE_BYTES || length > bytes.remaining() {
        return None;
    }
    let table = bytes.copy_to_bytes(length);
    let bytes = take_rest(bytes, CHUNK_BYTES)?;
    Some(Piece {
        index,
        table,
        bytes,
    })
}

fn take_hashes(bytes: &mut impl Buf, max: usize) -> Option<Bytes> {
    let hashes = take_rest(bytes, max)?;
    hashes.len().is_multiple_of(HASH_BYTES).then_some(hashes)
}

fn take_rest(bytes: &mut impl Buf, max: usize) -> Option<Bytes> {
    (bytes.remaining() <= max).then(|| bytes.copy_to_bytes(bytes.remaining()))
}
