//! The engine of the ceremony, with the parameters that every participant must share.

use commonware_glue::dkg::{
    SecretStore,
    bootstrap::{Completion, Config, Engine},
};
use commonware_parallel::Sequential;
use commonware_runtime::{
    Clock, Metrics, Network, Resolver, Spawner, Storage, buffer::paged::CacheRef,
};
use commonware_utils::{NZDuration, NZU16, NZU64, NZUsize, channel::oneshot, ordered::Set};
use rand_core::CryptoRng;
use std::time::Duration;
use theriac_ledger::block::{Directory, Variant, supported_mode};

use super::{
    ParticipantConfig, REVEAL, SHARING_MODE, blocks_of_ceremony, bootstrap_namespace,
    transport::{self, Transport},
};

/// Starts the engine as a child of `context`; the receiver yields once, or closes when the engine stops.
pub(super) fn start<E, S>(
    context: &E,
    config: &ParticipantConfig<S>,
    transport: Transport<E>,
) -> oneshot::Receiver<Completion<Variant, Directory>>
where
    E: Spawner + Clock + CryptoRng + Network + Resolver + Metrics + Storage,
    S: SecretStore + Clone,
{
    let Transport { oracle, channels } = transport;
    let [votes, certificates, resolver, backfill, broadcast, dkg] = channels;
    // The engine asks for a namespace that lives as long as the process; a process runs a handful of ceremonies.
    let namespace = Vec::leak(bootstrap_namespace(config.chain_id, config.attempt));
    let engine = Engine::<_, Variant, _, _, _, _, Directory>::new(
        context.child("engine"),
        Config {
            signer: config.identity.clone(),
            manager: transport::Tracked::new(oracle.clone()),
            blocker: oracle,
            secret_store: config.secrets.clone(),
            strategy: Sequential,
            namespace,
            sharing_mode: SHARING_MODE,
            reveal: REVEAL,
            max_supported_mode: supported_mode(),
            partition_prefix: format!("{}-{}", config.partition, config.attempt),
            page_cache: CacheRef::new(NZU16!(4_096), NZUsize!(128)),
            write_buffer: NZUsize!(64 * 1_024),
            replay_buffer: NZUsize!(64 * 1_024),
            mailbox_size: NZUsize!(1_024),
            fetch_timeout: NZDuration!(Duration::from_secs(1)),
            fetch_retry_delay: Duration::from_millis(100),
            items_per_section: NZU64!(64),
            participants: Set::from_iter_dedup(config.participants.keys().cloned()),
            directory: transport::directory(&config.participants),
            blocks_per_epoch: blocks_of_ceremony(transport::size(&config.participants)),
        },
    );
    let (_task, completion) = engine.start(votes, certificates, resolver, backfill, broadcast, dkg);
    completion
}
