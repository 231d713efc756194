//! The QMDB database at the parameters that this ledger chose.

use super::value::{VALUE_BYTES, Value};
use alloy_primitives::B256;
use commonware_cryptography::{Sha256, sha256};
use commonware_glue::stateful::db::Shared;
use commonware_parallel::Sequential;
use commonware_runtime::buffer::paged::CacheRef;
use commonware_storage::{
    journal::contiguous::variable::Config as LogConfig,
    mmr::{self, full::Config as MerkleConfig},
    qmdb::{
        current::{VariableConfig, ordered::variable},
        sync::Target,
    },
    translator::EightCap,
};
use std::num::{NonZeroU64, NonZeroUsize};
use theriac_evidence::state::StateKey;

/// Hashed key of an account, a storage slot or a code.
pub type Key = sha256::Digest;
/// Bytes of a bitmap chunk, a part of every proof.
pub(super) const CHUNK_BYTES: usize = 32;
/// The authenticated database.
pub type StateDatabase<E> =
    variable::Db<mmr::Family, E, Key, Value, Sha256, EightCap, CHUNK_BYTES, Sequential>;
/// The database as consensus shares it between speculation and service.
pub type Database<E> = Shared<StateDatabase<E>>;
/// What a block commits to for a node that synchronises its state.
pub type SyncTarget = Target<mmr::Family, sha256::Digest>;

const ITEMS_PER_BLOB: NonZeroU64 = NonZeroU64::new(1 << 16).expect("not zero");
const BUFFER_BYTES: NonZeroUsize = NonZeroUsize::new(256 << 10).expect("not zero");
const REPLAY_BYTES: NonZeroUsize = NonZeroUsize::new(1 << 20).expect("not zero");
const INIT_CACHE_ENTRIES: NonZeroUsize = NonZeroUsize::new(1 << 16).expect("not zero");

/// Settings of the database.
pub type Partitions = VariableConfig<EightCap, ((), ()), Sequential>;

/// Settings of the database under partitions named by `prefix`.
pub fn config(prefix: &str, page_cache: CacheRef) -> Partitions {
    VariableConfig {
        merkle_config: MerkleConfig {
            journal_partition: format!("{prefix}-state-nodes"),
            metadata_partition: format!("{prefix}-state-merkle"),
            items_per_blob: ITEMS_PER_BLOB,
            write_buffer: BUFFER_BYTES,
            replay_buffer: REPLAY_BYTES,
            strategy: Sequential,
            page_cache: page_cache.clone(),
        },
        journal_config: LogConfig {
            partition: format!("{prefix}-state-operations"),
            items_per_section: ITEMS_PER_BLOB,
            compression: None,
            codec_config: ((), ()),
            page_cache,
            write_buffer: BUFFER_BYTES,
            replay_buffer: REPLAY_BYTES,
        },
        grafted_metadata_partition: format!("{prefix}-state-activity"),
        translator: EightCap,
        init_cache: Some(INIT_CACHE_ENTRIES),
        init_buffer: REPLAY_BYTES,
        init_concurrency: (),
    }
}

/// Upper bound of one encoded operation: tag, key, next key, length and value.
pub const fn encoded_operation_bytes() -> usize {
    1 + 32 + 32 + 5 + VALUE_BYTES
}

/// The database's key for a state key.
pub fn key_of(key: &StateKey) -> Key {
    sha256::Digest::from(key.0)
}

/// A database root as an Ethereum hash.
pub fn root_of(root: &sha256::Digest) -> B256 {
    B256::from_slice(root.as_ref())
}
