//! Runs a course and checks what its machines recorded.

use crate::course::{Course, FOUNDERS};
use alloy_primitives::B256;
use commonware_glue::simulate::{
    action::Crash, engine::EngineDefinition as _, exit::ExitCondition, plan::PlanBuilder,
    tracker::ProgressTracker,
};
use std::{
    collections::{BTreeMap, HashSet},
    future::Future,
    pin::Pin,
    time::Duration,
};
use theriac_ledger::block::PublicKey;
use theriac_simulator::{Committee, Entry, Recorder, check_safety, run};

/// Simulated time in which the last committee must be at work.
const PATIENCE: Duration = Duration::from_secs(120);
/// The longest time without a new block.
const WAIT_MAX_MS: u64 = 10_000;
/// Final blocks of the last committee, at least.
const BLOCKS_AFTER: u64 = 5;

/// What a run left behind; two runs of a seed are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trial {
    /// Hash of all that the runtime did.
    state: String,
    /// What each machine recorded.
    entries: Vec<Vec<Entry>>,
    /// How many voted, one committee after the other.
    pub(crate) sizes: Vec<usize>,
    pub(crate) crashes: u64,
    pub(crate) height: u64,
    pub(crate) ended_ms: u64,
    pub(crate) longest_wait_ms: u64,
}

/// Runs `course` until its last committee is at work, and checks safety however the run ended.
pub(crate) fn try_out(course: &Course) -> Result<Trial, String> {
    let network = course.network();
    let (recorders, handle) = (network.recorders(), network.clone());
    let settled = Settled::new(course, &recorders, network.load().into_iter().collect());
    let schedule = course.schedule(&network);
    let plan = PlanBuilder::new(network)
        .seed(course.seed)
        .link(course.link())
        .exit_condition(settled)
        .crash(Crash::Schedule(schedule))
        .timeout(PATIENCE)
        .build();
    let result = run(plan);
    let entries: Vec<_> = recorders.iter().map(Recorder::entries).collect();
    let recordings: Vec<Vec<_>> = entries
        .iter()
        .map(|entries| {
            entries
                .iter()
                .map(|entry| entry.recording.clone())
                .collect()
        })
        .collect();
    check_safety(FOUNDERS.members as usize, &recordings).map_err(|found| format!("{found:?}"))?;
    let result = result.map_err(|ended| format!("{ended}, {}", progress(&entries)))?;
    let committees = committees(&entries);
    let sizes = check_committees(
        course,
        &committees,
        &handle.group_key(),
        &handle.participants(),
    )?;
    check_shares(course, &entries, &handle.share_epochs())?;
    check_joining(&entries)?;
    let (longest_wait_ms, height, ended_ms) = waits(&entries);
    if longest_wait_ms > WAIT_MAX_MS {
        return Err(format!("{longest_wait_ms} ms without a block"));
    }
    Ok(Trial {
        state: result.state,
        entries,
        sizes,
        crashes: result.crashes,
        height,
        ended_ms,
        longest_wait_ms,
    })
}

fn progress(entries: &[Vec<Entry>]) -> String {
    let last = |entries: &Vec<Entry>| {
        entries
            .last()
            .map(|entry| (entry.recording.height, entry.at_ms))
    };
    let heights: Vec<_> = entries.iter().map(last).collect();
    let sizes: Vec<_> = committees(entries)
        .values()
        .map(|committee| (committee.epoch, committee.members.len(), committee.dealt))
        .collect();
    format!("last blocks {heights:?}, committees {sizes:?}")
}

/// Every committee that a final block named, by epoch. All machines agree, or the safety check failed.
fn committees(entries: &[Vec<Entry>]) -> BTreeMap<u64, Committee> {
    let all = entries.iter().flatten();
    all.filter_map(|entry| entry.recording.committee.clone())
        .map(|committee| (committee.epoch, committee))
        .collect()
}

fn check_committees(
    course: &Course,
    committees: &BTreeMap<u64, Committee>,
    group_key: &[u8],
    keys: &[PublicKey],
) -> Result<Vec<usize>, String> {
    if committees
        .values()
        .any(|committee| committee.group_key != group_key)
    {
        return Err("the group key changed".into());
    }
    let last = committees
        .values()
        .last()
        .expect("the last committee is at work");
    let is_in = |machine: &usize| last.members.contains(&keys[*machine]);
    if !course.standing().iter().all(is_in) || is_in(&course.removed) {
        return Err("the last committee is not the one that was voted for".into());
    }
    let mut sizes = vec![FOUNDERS.members as usize];
    sizes.extend(committees.values().map(|committee| committee.members.len()));
    sizes.dedup();
    // Two that are added together may be announced one epoch apart.
    match sizes.as_slice() {
        [4, 5, 7, 6] | [4, 5, 6, 7, 6] => Ok(sizes),
        _ => Err(format!("committees of {sizes:?}")),
    }
}

/// Shares of the epoch that a machine is in and the one before at most, and of the one that it is in at every member's.
fn check_shares(course: &Course, entries: &[Vec<Entry>], held: &[Vec<u64>]) -> Result<(), String> {
    for machine in course.standing() {
        let last = entries[machine].last().map(|entry| entry.recording.height);
        let running = last.unwrap_or_default() / FOUNDERS.epoch_blocks;
        let epochs = &held[machine];
        if !epochs.contains(&running) || epochs.iter().any(|epoch| epoch + 1 < running) {
            return Err(format!(
                "machine {machine} holds shares of {epochs:?} in epoch {running}"
            ));
        }
    }
    Ok(())
}

/// Who joined did not execute from the beginning: it fetched the state, and the later two that of a later epoch.
fn check_joining(entries: &[Vec<Entry>]) -> Result<(), String> {
    let founders = FOUNDERS.members as usize;
    for (machine, entries) in entries.iter().enumerate().skip(founders) {
        let least = match machine == founders {
            true => 1,
            false => FOUNDERS.epoch_blocks.get(),
        };
        let first = entries.first().map(|entry| entry.recording.height);
        if first.is_none_or(|height| height <= least) {
            return Err(format!("machine {machine} began at height {first:?}"));
        }
    }
    Ok(())
}

/// The longest time until the next height was recorded anywhere, the last height, and when it was.
fn waits(entries: &[Vec<Entry>]) -> (u64, u64, u64) {
    let mut first_at = BTreeMap::new();
    for entry in entries.iter().flatten() {
        let at = first_at
            .entry(entry.recording.height)
            .or_insert(entry.at_ms);
        *at = entry.at_ms.min(*at);
    }
    let mut longest = 0;
    let mut before = 0;
    for at in first_at.values() {
        longest = longest.max(at.saturating_sub(before));
        before = *at;
    }
    let height = first_at.keys().last().copied().unwrap_or_default();
    (longest, height, before)
}

/// Every member of the last committee is at work in it and has all of the load.
#[derive(Clone)]
struct Settled {
    standing: HashSet<PublicKey>,
    load: HashSet<B256>,
}

impl Settled {
    fn new(course: &Course, recorders: &[Recorder], load: HashSet<B256>) -> Self {
        let standing = course.standing().into_iter();
        Self {
            standing: standing
                .map(|machine| recorders[machine].member().clone())
                .collect(),
            load,
        }
    }

    fn holds_of(&self, recorder: &Recorder) -> bool {
        let Some(last) = recorder.last() else {
            return false;
        };
        let blocks = FOUNDERS.epoch_blocks.get();
        if last.recording.height % blocks < BLOCKS_AFTER {
            return false;
        }
        let entries = recorder.entries();
        let newest = entries
            .iter()
            .rev()
            .find_map(|entry| entry.recording.committee.as_ref());
        let is_last = newest.is_some_and(|committee| {
            committee.members.len() == self.standing.len()
                && committee
                    .members
                    .iter()
                    .all(|member| self.standing.contains(member))
        });
        is_last && self.is_served(&entries)
    }

    /// Whether the load is done, as far as this machine can tell: one that joined has not seen the beginning.
    fn is_served(&self, entries: &[Entry]) -> bool {
        let joined = entries
            .first()
            .is_some_and(|entry| entry.recording.height > 1);
        let done: HashSet<_> = entries
            .iter()
            .flat_map(|entry| &entry.recording.transactions)
            .collect();
        joined || self.load.iter().all(|hash| done.contains(hash))
    }
}

impl ExitCondition<PublicKey, Recorder> for Settled {
    fn name(&self) -> &str {
        "settled"
    }

    fn requires_polling(&self) -> bool {
        true
    }

    fn reached<'a>(
        &'a self,
        _tracker: &'a ProgressTracker<PublicKey>,
        running: &'a [&'a Recorder],
        _target_count: usize,
    ) -> Pin<Box<dyn Future<Output = Result<bool, String>> + Send + 'a>> {
        let settled = running
            .iter()
            .filter(|recorder| self.standing.contains(recorder.member()))
            .filter(|recorder| self.holds_of(recorder))
            .count();
        Box::pin(async move { Ok(settled == self.standing.len()) })
    }
}
