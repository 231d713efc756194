//! Messages between vaults: one request or one answer, with at most one chunk, piece or page.

mod message;
mod read;
mod write;

pub use message::max_message_size;
pub(crate) use message::{
    Answer, Ask, Body, Held, Listed, Message, PAGE_BYTES, Refusal, ShardName,
};
