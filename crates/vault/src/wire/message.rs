//! What vaults ask of each other and what they answer.

use crate::coding::{Coding, HASH_BYTES, MAX_MEMBERS, Piece};
use bytes::Bytes;
use theriac_envelope::{CHUNK_BYTES, ChunkPath, ContentId};

pub(super) const VERSION: u8 = 2;
/// Version, kind, request id.
const PREFIX_BYTES: usize = 1 + 1 + 8;
/// The largest path: 14 bytes and 16 hashes.
pub(super) const PATH_BYTES: usize = 14 + 16 * 32;
/// The largest table of a stripe.
pub(crate) const TABLE_BYTES: usize = MAX_MEMBERS * HASH_BYTES;
/// The largest page of leaf hashes.
pub(crate) const PAGE_BYTES: usize = 1 << 20;
/// Content id, shard and numbers that precede the bytes of a piece, with room to spare.
const FIELDS_BYTES: usize = 128;

/// The largest message, for the configuration of the network.
pub const fn max_message_size() -> u32 {
    (PREFIX_BYTES + FIELDS_BYTES + TABLE_BYTES + CHUNK_BYTES) as u32
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

/// Which shard of a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShardName {
    pub(crate) coding: Coding,
    /// From 0; below the number of members.
    pub(crate) index: u8,
}

/// A shard that a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Held {
    pub(crate) name: ShardName,
    /// Bytes of the blob.
    pub(crate) length: u64,
    /// The committee that it was put under.
    pub(crate) epoch: u64,
}

/// A blob in a member's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Listed {
    pub(crate) id: ContentId,
    /// Whether the member holds it whole; otherwise a shard.
    pub(crate) is_whole: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// What do you have of this blob?
    Has { id: ContentId },
    /// Give me this chunk of a blob that you hold whole.
    Chunk { id: ContentId, index: u32 },
    /// Keep this chunk; chunks come in order, and the last one completes the blob.
    Put {
        id: ContentId,
        path: ChunkPath,
        chunk: Bytes,
    },
    /// Give me the piece of this stripe in that shard.
    Piece {
        id: ContentId,
        shard: ShardName,
        stripe: u32,
    },
    /// Give me leaf hashes of a blob of which you hold that shard, beginning with this one.
    Leaves {
        id: ContentId,
        shard: ShardName,
        from: u32,
    },
    /// Keep this piece of your shard, until it is completed.
    Keep {
        id: ContentId,
        coding: Coding,
        stripe: u32,
        piece: Piece,
    },
    /// Take these leaf hashes of the blob, which follow those that you have.
    Outline {
        id: ContentId,
        shard: ShardName,
        from: u32,
        leaves: Bytes,
    },
    /// All pieces and leaves are there: make the shard durable.
    Complete {
        id: ContentId,
        shard: ShardName,
        length: u64,
        epoch: u64,
        /// Keys of the committee, 32 bytes each.
        members: Bytes,
    },
    /// Forget the pieces of that shard, which will not be completed.
    Abandon { id: ContentId, shard: ShardName },
    /// Which blobs after this one do you have?
    List { after: Option<ContentId> },
    /// Do you have a receipt for erasing this blob?
    Erased { id: ContentId },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The blob is here whole.
    Present,
    /// The blob, or that part of it, is not here.
    Absent,
    /// A chunk with its proof.
    Chunk { path: ChunkPath, chunk: Bytes },
    /// What was given is taken, the blob or shard is not complete.
    Taken,
    /// The whole blob or shard is durable here.
    Durable,
    /// No.
    Refused(Refusal),
    /// These shards of the blob are here.
    Shards(Vec<Held>),
    /// A piece with the hashes of its stripe.
    Piece(Piece),
    /// Leaf hashes.
    Leaves(Bytes),
    /// Blobs in order of their ids; fewer than were room for where there are no more.
    List(Vec<Listed>),
    /// The blob was erased here: when, and the member's signature.
    Erased { time: u64, signature: [u8; 64] },
}

/// Why a member did not take or give a chunk or piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Too much at once, or not caught up with the ledger: ask again shortly.
    Busy,
    /// Another chunk or page is next: begin again.
    OutOfOrder,
    /// What was given does not belong together.
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

pub(super) const REFUSALS: [Refusal; 8] = [
    Refusal::Busy,
    Refusal::OutOfOrder,
    Refusal::NotProven,
    Refusal::TooLarge,
    Refusal::Full,
    Refusal::OverQuota,
    Refusal::Erased,
    Refusal::Failed,
];
