//! When validators come, go and crash, drawn from a seed.
//!
//! ```text
//!   4 ── add one ──▶ 5 ── add two ──▶ 7 ── remove a founder ──▶ 6     crashes at any time, at most one at a time
//! ```

use commonware_glue::simulate::{
    action::{Action, Schedule},
    engine::EngineDefinition as _,
};
use commonware_p2p::simulated::Link;
use commonware_utils::{NZU64, Probability};
use std::{ops::Range, time::Duration};
use theriac_ledger::block::PublicKey;
use theriac_simulator::{Change, Draws, Founders, Load, Network, Scheduled};

/// Four validators, and machines of three more.
pub(crate) const FOUNDERS: Founders = Founders {
    members: 4,
    joiners: 3,
    epoch_blocks: NZU64!(20),
};
/// Machines.
pub(crate) const MACHINES: usize = 7;
const CRASHES: usize = 5;
const LOAD: Load = Load {
    count: 170,
    every: Duration::from_millis(200),
};

/// Two epochs and more, so that each committee is at work before the next one is voted for.
const BETWEEN_CHANGES_MS: Range<u64> = 12_000..16_000;

/// What happens to a network.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    pub(crate) seed: u64,
    pub(crate) changes: Vec<Scheduled>,
    /// The founder that is removed.
    pub(crate) removed: usize,
    downtimes: Vec<(usize, Range<Duration>)>,
    latency_ms: u64,
    jitter_ms: u64,
}

impl Course {
    pub(crate) fn draw(seed: u64) -> Self {
        let mut draws = Draws::new(seed);
        let first = draws.time(500..3_000);
        let second = first + draws.time(BETWEEN_CHANGES_MS);
        let third = second + draws.time(BETWEEN_CHANGES_MS);
        let removed = draws.number(0..FOUNDERS.members) as usize;
        let changes = [
            (first, Change::Add(4)),
            (second, Change::Add(5)),
            (second, Change::Add(6)),
            (third, Change::Remove(removed)),
        ];
        let mut course = Self {
            seed,
            changes: changes
                .map(|(at, change)| Scheduled { at, change })
                .to_vec(),
            removed,
            downtimes: Vec::new(),
            latency_ms: draws.number(5..40),
            jitter_ms: draws.number(0..10),
        };
        let mut now = draws.time(500..4_000);
        for _ in 0..CRASHES {
            let machine = course.running(&mut draws, now);
            let end = now + draws.time(300..3_000);
            course.downtimes.push((machine, now..end));
            now = end + draws.time(2_000..7_000);
        }
        course
    }

    /// A machine that is switched on at `now`.
    fn running(&self, draws: &mut Draws, now: Duration) -> usize {
        let added =
            |change: &&Scheduled| matches!(change.change, Change::Add(_)) && change.at < now;
        let joined = self.changes.iter().filter(added).count() as u64;
        draws.number(0..FOUNDERS.members + joined) as usize
    }

    /// Who is in the last committee.
    pub(crate) fn standing(&self) -> Vec<usize> {
        (0..MACHINES)
            .filter(|machine| *machine != self.removed)
            .collect()
    }

    /// A new network, at its beginning.
    pub(crate) fn network(&self) -> Network {
        Network::with_changes(FOUNDERS, LOAD, self.changes.clone())
    }

    pub(crate) fn link(&self) -> Link {
        Link {
            latency: Duration::from_millis(self.latency_ms),
            jitter: Duration::from_millis(self.jitter_ms),
            success_rate: Probability::new(1, 1).expect("one is at most one"),
        }
    }

    /// The crashes, in order of time.
    pub(crate) fn schedule(&self, network: &Network) -> Schedule<PublicKey> {
        let keys = network.participants();
        let mut events = Vec::new();
        for (machine, range) in &self.downtimes {
            events.push((range.start, Action::Crash(keys[*machine].clone())));
            events.push((range.end, Action::Restart(keys[*machine].clone())));
        }
        Schedule { events }
    }
}
