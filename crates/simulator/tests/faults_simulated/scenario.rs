//! What happens to a network, drawn from a seed.
//!
//! ```text
//!   0 s ── first blocks ── fault ── pause ── fault ── … ──▶ healed ── the network must go on ──▶
//! ```

use commonware_glue::simulate::{
    action::{Action, Schedule},
    engine::EngineDefinition as _,
};
use commonware_p2p::simulated::Link;
use commonware_utils::Probability;
use std::{ops::Range, time::Duration};
use theriac_ledger::block::PublicKey;
use theriac_simulator::{Draws, Liar, Load, Network};

/// The transactions that clients send in every scenario; the last ones while faults last.
const LOAD: Load = Load {
    count: 40,
    every: Duration::from_millis(350),
};

/// The time in which a member is down.
#[derive(Debug, Clone)]
pub(crate) struct Downtime {
    pub(crate) member: usize,
    pub(crate) range: Range<Duration>,
}

/// What happens to a network.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) seed: u64,
    pub(crate) members: u64,
    pub(crate) liar: Option<(usize, Liar)>,
    pub(crate) downtimes: Vec<Downtime>,
    pub(crate) quality: Quality,
    links: Vec<(Duration, Change)>,
    /// When the last fault ends, except for the liar.
    pub(crate) healed: Duration,
}

/// A change of links.
#[derive(Debug, Clone)]
enum Change {
    All(Quality),
    One(usize, usize, Quality),
}

/// How well a link carries messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quality {
    latency_ms: u64,
    jitter_ms: u64,
    arrive_percent: u64,
}

impl Quality {
    const GOOD: Self = Self {
        latency_ms: 10,
        jitter_ms: 5,
        arrive_percent: 100,
    };
    const CUT: Self = Self {
        arrive_percent: 0,
        ..Self::GOOD
    };

    pub(crate) fn link(self) -> Link {
        Link {
            latency: Duration::from_millis(self.latency_ms),
            jitter: Duration::from_millis(self.jitter_ms),
            success_rate: Probability::new(self.arrive_percent, 100).expect("a share of a hundred"),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    Crash,
    Partition,
    Delay,
}

impl Scenario {
    /// A network in which nothing happens; `healed` from the start.
    pub(crate) fn calm(seed: u64, members: u64) -> Self {
        Self {
            seed,
            members,
            liar: None,
            downtimes: Vec::new(),
            quality: Quality::GOOD,
            links: Vec::new(),
            healed: Duration::ZERO,
        }
    }

    /// The scenario of `seed`: a liar, and at least a crash, a partition and a time of slow and lossy
    /// links.
    pub(crate) fn draw(seed: u64) -> Self {
        let mut draws = Draws::new(seed);
        let draws = &mut draws;
        let members = draws.number(4..8);
        let mut scenario = Self {
            liar: Some((draws.number(0..members) as usize, conduct(seed))),
            quality: Quality {
                latency_ms: draws.number(5..60),
                jitter_ms: draws.number(0..15),
                arrive_percent: draws.number(97..101),
            },
            ..Self::calm(seed, members)
        };
        let extra = [Fault::Crash, Fault::Partition, Fault::Delay][draws.number(0..3) as usize];
        let mut now = draws.time(1_000..4_000);
        for fault in draws.shuffled(vec![Fault::Crash, Fault::Partition, Fault::Delay, extra]) {
            let end = now + draws.time(1_000..5_000);
            match fault {
                Fault::Crash => scenario.crash(draws, now),
                Fault::Partition => scenario.partition(draws, now..end),
                Fault::Delay => scenario.delay(draws, now..end),
            }
            now = end + draws.time(200..2_000);
        }
        let restarts = scenario.downtimes.iter().map(|down| down.range.end);
        scenario.healed = restarts.fold(now, Duration::max);
        scenario.heal();
        scenario
    }

    /// Crashes one member up to all of them, each for its own time: more than tolerated half the time.
    fn crash(&mut self, draws: &mut Draws, at: Duration) {
        let tolerated = (self.members - 1) / 3;
        let most = if draws.once_in(2) {
            self.members
        } else {
            tolerated
        };
        let count = draws.number(1..most + 1) as usize;
        for member in draws.shuffled(self.all()).into_iter().take(count) {
            let start = at + draws.time(0..500);
            let end = start + draws.time(300..6_000);
            let is_down = |down: &Downtime| down.member == member && down.range.end >= start;
            if !self.downtimes.iter().any(is_down) {
                let range = start..end;
                self.downtimes.push(Downtime { member, range });
            }
        }
    }

    /// Cuts the members in two; sometimes one side still hears the other.
    fn partition(&mut self, draws: &mut Draws, range: Range<Duration>) {
        let members = draws.shuffled(self.all());
        let (left, right) = members.split_at(draws.number(1..self.members) as usize);
        let both = !draws.once_in(4);
        self.cut(range.start, left, right);
        if both {
            self.cut(range.start, right, left);
        }
        self.links.push((range.end, Change::All(self.quality)));
    }

    /// From `at` on, nothing that `from` sends reaches `to`.
    pub(crate) fn cut(&mut self, at: Duration, from: &[usize], to: &[usize]) {
        for from in from {
            for to in to {
                self.links.push((at, Change::One(*from, *to, Quality::CUT)));
            }
        }
    }

    /// Makes each link slow and lossy in its own way, some slower than a leader's time.
    fn delay(&mut self, draws: &mut Draws, range: Range<Duration>) {
        for from in self.all() {
            for to in self.all().into_iter().filter(|to| *to != from) {
                let slowest_ms = if draws.once_in(4) { 1_500 } else { 300 };
                let latency_ms = draws.number(1..slowest_ms);
                let quality = Quality {
                    latency_ms,
                    jitter_ms: draws.number(0..latency_ms / 4 + 1),
                    arrive_percent: draws.number(60..101),
                };
                let change = Change::One(from, to, quality);
                self.links.push((range.start, change));
            }
        }
        self.links.push((range.end, Change::All(self.quality)));
    }

    /// From `healed` on no message is lost.
    fn heal(&mut self) {
        let quality = Quality {
            arrive_percent: 100,
            ..self.quality
        };
        self.links.push((self.healed, Change::All(quality)));
    }

    fn all(&self) -> Vec<usize> {
        (0..self.members as usize).collect()
    }

    /// Indices of the members that do not lie.
    pub(crate) fn honest(&self) -> Vec<usize> {
        let mut honest = self.all();
        honest.retain(|member| self.liar.is_none_or(|(liar, _)| liar != *member));
        honest
    }

    /// A new network, at its beginning.
    pub(crate) fn network(&self) -> Network {
        let network = Network::new(self.members, LOAD);
        match self.liar {
            Some((member, liar)) => network.with_liar(member, liar),
            None => network,
        }
    }

    /// All that is done to `network`, in order of time.
    pub(crate) fn schedule(&self, network: &Network) -> Schedule<PublicKey> {
        let keys = network.participants();
        let mut events = Vec::new();
        for (at, change) in &self.links {
            events.push((*at, change.action(&keys)));
        }
        for Downtime { member, range } in &self.downtimes {
            events.push((range.start, Action::Crash(keys[*member].clone())));
            events.push((range.end, Action::Restart(keys[*member].clone())));
        }
        events.sort_by_key(|(at, _)| *at);
        Schedule { events }
    }
}

impl Change {
    fn action(&self, keys: &[PublicKey]) -> Action<PublicKey> {
        match self {
            Self::All(quality) => Action::Heal(quality.link()),
            Self::One(from, to, quality) => Action::UpdateLink {
                from: keys[*from].clone(),
                to: keys[*to].clone(),
                link: quality.link(),
            },
        }
    }
}

fn conduct(seed: u64) -> Liar {
    match seed % 4 {
        0 => Liar::StateRoot,
        1 => Liar::Transaction,
        2 => Liar::Time,
        _ => Liar::Equivocate { seed: seed / 4 },
    }
}
