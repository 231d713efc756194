//! A state database in the deterministic runtime.

use super::convert;
use alloy_primitives::B256;
use commonware_codec::RangeCfg;
use commonware_cryptography::{Sha256, sha256};
use commonware_parallel::Sequential;
use commonware_runtime::{buffer::paged::CacheRef, deterministic::Context};
use commonware_storage::{
    journal::contiguous::variable::Config as LogConfig,
    merkle::{full::Config as MerkleConfig, mmr},
    qmdb::{
        current::{VariableConfig, ordered::variable},
        floor::Proportional,
    },
    translator::EightCap,
};
use std::num::{NonZeroU16, NonZeroU64, NonZeroUsize};
use theriac_evidence::{proof::StateProof, state::StateKey};

pub type Family = mmr::Family;
pub type Digest = sha256::Digest;
pub type Value = Vec<u8>;
pub type Database = variable::Db<Family, Context, Digest, Value, Sha256, EightCap, 32, Sequential>;

const BUFFER: NonZeroUsize = NonZeroUsize::new(64 << 10).unwrap();
const PER_BLOB: NonZeroU64 = NonZeroU64::new(512).unwrap();

pub async fn open(context: Context) -> Database {
    open_as(context, "only").await
}

/// A database beside others of the same runtime.
pub async fn open_as(context: Context, name: &str) -> Database {
    let page_cache = CacheRef::new(
        NonZeroU16::new(4096).unwrap(),
        NonZeroUsize::new(256).unwrap(),
    );
    let config = VariableConfig {
        merkle_config: MerkleConfig {
            journal_partition: format!("{name}-nodes"),
            metadata_partition: format!("{name}-merkle"),
            items_per_blob: PER_BLOB,
            write_buffer: BUFFER,
            replay_buffer: BUFFER,
            strategy: Sequential,
            page_cache: page_cache.clone(),
        },
        journal_config: LogConfig {
            partition: format!("{name}-operations"),
            items_per_section: PER_BLOB,
            compression: None,
            codec_config: ((), (RangeCfg::new(0..=32 * 1024), ())),
            page_cache,
            write_buffer: BUFFER,
            replay_buffer: BUFFER,
        },
        grafted_metadata_partition: format!("{name}-activity"),
        translator: EightCap,
        init_cache: None,
        init_buffer: BUFFER,
        init_concurrency: (),
    };
    Database::init(context, config, None)
        .await
        .expect("a fresh database opens")
}

/// Writes one batch; `None` deletes.
pub async fn write(
    database: Database,
    changes: impl IntoIterator<Item = (Digest, Option<Value>)>,
    metadata: Option<Value>,
) -> Database {
    let batch = changes
        .into_iter()
        .fold(database.new_batch(), |batch, (key, value)| {
            batch.write(key, value)
        });
    let merkleized = batch
        .merkleize(&database, metadata, &mut Proportional)
        .await
        .expect("a fresh batch");
    let database = database
        .apply_batch(merkleized)
        .await
        .expect("the batch is the newest");
    database.commit().await.expect("memory does not fail")
}

pub fn root(database: &Database) -> B256 {
    convert::hash(&database.root())
}

/// The engine's proof about `key`, of its value or of its absence, in our form.
pub async fn prove(database: &Database, key: &StateKey) -> StateProof {
    let at = Digest::from(key.0);
    match database.get(&at).await.expect("memory does not fail") {
        Some(value) => {
            let proof = database
                .key_value_proof(at)
                .await
                .expect("the key is present");
            convert::inclusion(&proof, value)
        }
        None => {
            let proof = database
                .exclusion_proof(&at)
                .await
                .expect("the key is absent");
            convert::exclusion(&proof)
        }
    }
}
