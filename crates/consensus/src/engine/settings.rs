//! Timeouts and buffer sizes of the engine.

use commonware_consensus::{
    simplex::{
        SkipBudget,
        config::{ForwardPolicy, SkipPolicy},
        elector::RoundRobin,
    },
    types::ViewDelta,
};
use commonware_cryptography::Sha256;
use commonware_glue::dkg::orchestrator::SimplexConfig;
use commonware_runtime::buffer::paged::CacheRef;
use commonware_utils::{NZDuration, NZU16, NZUsize};
use std::{
    num::{NonZeroU16, NonZeroUsize},
    time::Duration,
};

pub(super) const MAILBOX: NonZeroUsize = NZUsize!(1_024);
pub(super) const BUFFER: NonZeroUsize = NZUsize!(256 << 10);
const PAGE_BYTES: NonZeroU16 = NZU16!(4_096);
const PAGES: NonZeroUsize = NZUsize!(4_096);
/// Views behind the final one whose votes are kept.
pub(super) const VIEW_RETENTION: ViewDelta = ViewDelta::new(64);

/// How long the engine waits for what.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For a leader's proposal; longer than the idle rhythm of blocks.
    pub leader: Duration,
    /// For a view to be certified.
    pub certification: Duration,
    /// Until a leader that is silent for this long is skipped without waiting for it.
    pub skip: Duration,
    /// Between attempts to leave a view.
    pub retry: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            leader: Duration::from_millis(1_800),
            certification: Duration::from_millis(2_400),
            skip: Duration::from_millis(5_000),
            retry: Duration::from_millis(500),
        }
    }
}

/// The cache of storage pages that a node's journals share.
pub(super) fn page_cache() -> CacheRef {
    CacheRef::new(PAGE_BYTES, PAGES)
}

pub(super) fn simplex(
    timeouts: Timeouts,
    page_cache: CacheRef,
) -> SimplexConfig<RoundRobin<Sha256>> {
    SimplexConfig {
        elector: RoundRobin::<Sha256>::default(),
        mailbox_size: MAILBOX,
        replay_buffer: BUFFER,
        write_buffer: BUFFER,
        page_cache,
        leader_timeout: timeouts.leader,
        certification_timeout: timeouts.certification,
        timeout_retry: timeouts.retry,
        fetch_timeout: NZDuration!(Duration::from_secs(2)),
        fetch_retry_delay: Duration::from_millis(500),
        view_retention: VIEW_RETENTION,
        skip: SkipPolicy::Enabled {
            timeout: timeouts.skip,
            budget: SkipBudget::Participants,
        },
        forward: ForwardPolicy::SilentVoters,
        track_historical_votes: false,
    }
}
