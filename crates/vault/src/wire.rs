//! Messages between vaults: one request or one answer, with at most one chunk.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use theriac_envelope::{CHUNK_BYTES, ChunkPath, ContentId};

const VERSION: u8 = 1;
/// Version, kind, request id.
const PREFIX_BYTES: usize = 1 + 1 + 8;
/// The largest path: 14 bytes and 16 hashes.
const PATH_BYTES: usize = 14 + 16 * 32;

/// The largest message, for the configuration of the network.
pub const fn max_message_size() -> u32 {
    (PREFIX_BYTES + 32 + 2 + PATH_BYTES + CHUNK_BYTES) as u32
}

/// A request or an answer, and the number that joins the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) number: u64,
    pub(crate) body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Ask(Ask),
    Answer(Answer),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Do you have this blob?
    Has { id: ContentId },
    /// Give me this chunk.
    Chunk { id: ContentId, index: u32 },
    /// Keep this chunk; chunks come in order, and the last one completes the blob.
    Put {
        id: ContentId,
        path: ChunkPath,
        chunk: Bytes,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The blob is here.
    Present,
    /// The blob, or that chunk of it, is not here.
    Absent,
    /// A chunk with its proof.
    Chunk { path: ChunkPath, chunk: Bytes },
    /// The chunk is taken, the blob is not complete.
    Taken,
    /// The whole blob is durable here.
    Durable,
    /// No.
    Refused(Refusal),
}

/// Why a member did not take or give a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Too much at once: ask again shortly.
    Busy,
    /// Another chunk is next: begin again.
    OutOfOrder,
    /// Chunk, path and id do not belong together.
    NotProven,
    /// The blob is larger than the member takes.
    TooLarge,
    /// The member's disk is full.
    Full,
    /// The asker has used up its share.
    OverQuota,
    /// The member erased the blob.
    Erased,
    /// The member's disk failed.
    Failed,
}

const REFUSALS: [Refusal; 8] = [
    Refusal::Busy,
    Refusal::OutOfOrder,
    Refusal::NotProven,
    Refusal::TooLarge,
    Refusal::Full,
    Refusal::OverQuota,
    Refusal::Erased,
    Refusal::Failed,
];

impl Message {
    pub(crate) fn encode(&self) -> Bytes {
        let mut bytes = BytesMut::new();
        bytes.put_u8(VERSION);
        bytes.put_u8(self.body.kind());
        bytes.put_u64(self.number);
        match &self.body {
            Body::Ask(Ask::Has { id }) => bytes.put_slice(&id.0),
            Body::Ask(Ask::Chunk { id, index }) => {
                bytes.put_slice(&id.0);
                bytes.put_u32(*index);
            }
            Body::Ask(Ask::Put { id, path, chunk }) => {
                bytes.put_slice(&id.0);
                put_chunk(&mut bytes, path, chunk);
            }
            Body::Answer(Answer::Chunk { path, chunk }) => put_chunk(&mut bytes, path, chunk),
            Body::Answer(Answer::Refused(refusal)) => bytes.put_u8(*refusal as u8),
            Body::Answer(Answer::Present | Answer::Absent | Answer::Taken | Answer::Durable) => {}
        }
        bytes.freeze()
    }

    /// The message, or `None` for bytes that are not exactly one.
    pub(crate) fn decode(mut bytes: impl Buf) -> Option<Self> {
        if bytes.remaining() > max_message_size() as usize || bytes.try_get_u8().ok()? != VERSION {
            return None;
        }
        let kind = bytes.try_get_u8().ok()?;
        let number = bytes.try_get_u64().ok()?;
        let body = match kind {
            0 => Body::Ask(Ask::Has {
                id: take_id(&mut bytes)?,
            }),
            1 => Body::Ask(Ask::Chunk {
                id: take_id(&mut bytes)?,
                index: bytes.try_get_u32().ok()?,
            }),
            2 => {
                let id = take_id(&mut bytes)?;
                let (path, chunk) = take_chunk(&mut bytes)?;
                Body::Ask(Ask::Put { id, path, chunk })
            }
            16 => Body::Answer(Answer::Present),
            17 => Body::Answer(Answer::Absent),
            18 => {
                let (path, chunk) = take_chunk(&mut bytes)?;
                Body::Answer(Answer::Chunk { path, chunk })
            }
            19 => Body::Answer(Answer::Taken),
            20 => Body::Answer(Answer::Durable),
            21 => Body::Answer(Answer::Refused(
                *REFUSALS.get(usize::from(bytes.try_get_u8().ok()?))?,
            )),
            _ => return None,
        };
        (!bytes.has_remaining()).then_some(Self { number, body })
    }
}

impl Body {
    fn kind(&self) -> u8 {
        match self {
            Self::Ask(Ask::Has { .. }) => 0,
            Self::Ask(Ask::Chunk { .. }) => 1,
            Self::Ask(Ask::Put { .. }) => 2,
            Self::Answer(Answer::Present) => 16,
            Self::Answer(Answer::Absent) => 17,
            Self::Answer(Answer::Chunk { .. }) => 18,
            Self::Answer(Answer::Taken) => 19,
            Self::Answer(Answer::Durable) => 20,
            Self::Answer(Answer::Refused(_)) => 21,
        }
    }
}

fn put_chunk(bytes: &mut BytesMut, path: &ChunkPath, chunk: &Bytes) {
    let path = path.encode();
    bytes.put_u16(path.len() as u16);
    bytes.put_slice(&path);
    bytes.put_slice(chunk);
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
    if bytes.remaining() > CHUNK_BYTES {
        return None;
    }
    Some((path, bytes.copy_to_bytes(bytes.remaining())))
}
