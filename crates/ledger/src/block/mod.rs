//! What members agree on: the block, its encoding and its bounds.

mod body;
mod certificate;
mod codec;
mod engine;

pub use body::{Block, BlockError};
pub use certificate::certificate_of;
pub use codec::Limits;
pub use engine::{
    BlockContext, Digest, Directory, EpochInfo, Finalization, MAX_PARTICIPANTS, Payload, PublicKey,
    Scheme, Seed, Variant, digest_of, supported_mode,
};
