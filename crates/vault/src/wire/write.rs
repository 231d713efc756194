//! Encodes messages.

use super::message::{Answer, Ask, Body, Held, Message, ShardName, VERSION};
use crate::coding::{Coding, Piece};
use bytes::{BufMut, Bytes, BytesMut};
use theriac_envelope::ChunkPath;

impl Message {
    pub(crate) fn encode(&self) -> Bytes {
        let mut bytes = BytesMut::with_capacity(64 + self.body.payload_bytes());
        bytes.put_u8(VERSION);
        bytes.put_u8(self.body.kind());
        bytes.put_u64(self.number);
        match &self.body {
            Body::Ask(ask) => put_ask(&mut bytes, ask),
            Body::Answer(answer) => put_answer(&mut bytes, answer),
        }
        bytes.freeze()
    }
}

fn put_ask(bytes: &mut BytesMut, ask: &Ask) {
    match ask {
        Ask::Has { id } | Ask::Erased { id } => bytes.put_slice(&id.0),
        Ask::Chunk { id, index } => {
            bytes.put_slice(&id.0);
            bytes.put_u32(*index);
        }
        Ask::Put { id, path, chunk } => {
            bytes.put_slice(&id.0);
            put_chunk(bytes, path, chunk);
        }
        Ask::Keep {
            id,
            coding,
            stripe,
            piece,
        } => {
            bytes.put_slice(&id.0);
            put_coding(bytes, *coding);
            bytes.put_u32(*stripe);
            put_piece(bytes, piece);
        }
        Ask::List { after } => {
            if let Some(after) = after {
                bytes.put_slice(&after.0);
            }
        }
        Ask::Piece { id, shard, .. }
        | Ask::Leaves { id, shard, .. }
        | Ask::Outline { id, shard, .. }
        | Ask::Complete { id, shard, .. }
        | Ask::Abandon { id, shard } => {
            bytes.put_slice(&id.0);
            put_shard(bytes, *shard);
            put_of_shard(bytes, ask);
        }
    }
}

/// What follows the shard's name in a request about one.
fn put_of_shard(bytes: &mut BytesMut, ask: &Ask) {
    match ask {
        Ask::Piece { stripe: number, .. } | Ask::Leaves { from: number, .. } => {
            bytes.put_u32(*number);
        }
        Ask::Outline { from, leaves, .. } => {
            bytes.put_u32(*from);
            bytes.put_slice(leaves);
        }
        Ask::Complete {
            length,
            epoch,
            members,
            ..
        } => {
            bytes.put_u64(*length);
            bytes.put_u64(*epoch);
            bytes.put_slice(members);
        }
        Ask::Has { .. }
        | Ask::Chunk { .. }
        | Ask::Put { .. }
        | Ask::Keep { .. }
        | Ask::Abandon { .. }
        | Ask::List { .. }
        | Ask::Erased { .. } => {}
    }
}

fn put_answer(bytes: &mut BytesMut, answer: &Answer) {
    match answer {
        Answer::Chunk { path, chunk } => put_chunk(bytes, path, chunk),
        Answer::Refused(refusal) => bytes.put_u8(*refusal as u8),
        Answer::Shards(held) => held.iter().for_each(|held| put_held(bytes, held)),
        Answer::Piece(piece) => put_piece(bytes, piece),
        Answer::Leaves(leaves) => bytes.put_slice(leaves),
        Answer::List(blobs) => {
            for blob in blobs {
                bytes.put_slice(&blob.id.0);
                bytes.put_u8(blob.is_whole.into());
            }
        }
        Answer::Erased { time, signature } => {
            bytes.put_u64(*time);
            bytes.put_slice(signature);
        }
        Answer::Present | Answer::Absent | Answer::Taken | Answer::Durable => {}
    }
}

impl Body {
    fn kind(&self) -> u8 {
        match self {
            Self::Ask(Ask::Has { .. }) => 0,
            Self::Ask(Ask::Chunk { .. }) => 1,
            Self::Ask(Ask::Put { .. }) => 2,
            Self::Ask(Ask::Piece { .. }) => 3,
            Self::Ask(Ask::Leaves { .. }) => 4,
            Self::Ask(Ask::Keep { .. }) => 5,
            Self::Ask(Ask::Outline { .. }) => 6,
            Self::Ask(Ask::Complete { .. }) => 7,
            Self::Ask(Ask::Abandon { .. }) => 8,
            Self::Ask(Ask::List { .. }) => 9,
            Self::Ask(Ask::Erased { .. }) => 10,
            Self::Answer(Answer::Present) => 16,
            Self::Answer(Answer::Absent) => 17,
            Self::Answer(Answer::Chunk { .. }) => 18,
            Self::Answer(Answer::Taken) => 19,
            Self::Answer(Answer::Durable) => 20,
            Self::Answer(Answer::Refused(_)) => 21,
            Self::Answer(Answer::Shards(_)) => 22,
            Self::Answer(Answer::Piece(_)) => 23,
            Self::Answer(Answer::Leaves(_)) => 24,
            Self::Answer(Answer::List(_)) => 25,
            Self::Answer(Answer::Erased { .. }) => 26,
        }
    }

    /// Bytes that are not of fixed length, about.
    fn payload_bytes(&self) -> usize {
        match self {
            Self::Ask(Ask::Put { chunk, .. }) | Self::Answer(Answer::Chunk { chunk, .. }) => {
                chunk.len() + 600
            }
            Self::Ask(Ask::Keep { piece, .. }) | Self::Answer(Answer::Piece(piece)) => {
                piece.table.len() + piece.bytes.len()
            }
            Self::Ask(Ask::Outline { leaves, .. }) | Self::Answer(Answer::Leaves(leaves)) => {
                leaves.len()
            }
            Self::Ask(_) | Self::Answer(_) => 0,
        }
    }
}

fn put_chunk(bytes: &mut BytesMut, path: &ChunkPath, chunk: &Bytes) {
    let path = path.encode();
    bytes.put_u16(path.len() as u16);
    bytes.put_slice(&path);
    bytes.put_slice(chunk);
}

fn put_coding(bytes: &mut BytesMut, coding: Coding) {
    bytes.put_u8(coding.members());
    bytes.put_u8(coding.needed());
}

fn put_shard(bytes: &mut BytesMut, shard: ShardName) {
    put_coding(bytes, shard.coding);
    bytes.put_u8(shard.index);
}

fn put_held(bytes: &mut BytesMut, held: &Held) {
    put_shard(bytes, held.name);
    bytes.put_u64(held.length);
    bytes.put_u64(held.epoch);
}

fn put_piece(bytes: &mut BytesMut, piece: &Piece) {
    bytes.put_u8(piece.index);
    bytes.put_u16(piece.table.len() as u16);
    bytes.put_slice(&piece.table);
    bytes.put_slice(&piece.bytes);
}
