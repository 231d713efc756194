//! Runs a scenario and checks what its members recorded.

use crate::scenario::{Downtime, Scenario};
use alloy_primitives::B256;
use commonware_glue::simulate::{
    action::Crash, engine::EngineDefinition as _, exit::ExitCondition, plan::PlanBuilder,
    tracker::ProgressTracker,
};
use std::{collections::HashSet, future::Future, pin::Pin, time::Duration};
use theriac_consensus::{chain::DRIFT_MS, votes::Proof};
use theriac_ledger::block::PublicKey;
use theriac_simulator::{
    EPOCH_BLOCKS, Entry, Network, Recorder, Recording, Violation, WRONG_STATE_ROOT, check_safety,
    run,
};

/// Final blocks that each honest member must reach after the last fault.
const BLOCKS_AFTER: usize = 10;
/// Height that each honest member must reach: in the third epoch, when shares were dealt anew twice.
const HEIGHT: u64 = 2 * EPOCH_BLOCKS.get() + 2;

/// The schedule's clock starts when all members have been started: no action is later by more than this.
const SCHEDULE_LAG: Duration = Duration::from_millis(500);

/// What a run left behind; two runs of a seed are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trial {
    /// Hash of all that the runtime did.
    pub(crate) state: String,
    /// What each member recorded, the liar too.
    pub(crate) entries: Vec<Vec<Entry>>,
    pub(crate) crashes: u64,
    pub(crate) lies: u64,
    /// Double votes of the liar that honest members can prove.
    pub(crate) proofs: usize,
}

impl Trial {
    /// The height that each member reached.
    pub(crate) fn heights(&self) -> Vec<u64> {
        let last = |entries: &Vec<Entry>| entries.last().map(|entry| entry.recording.height);
        let heights = self.entries.iter().map(last);
        heights.map(Option::unwrap_or_default).collect()
    }
}

/// What a run got wrong.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It ended before its members were where they must be.
    Ended(String),
    /// Honest members contradict each other or themselves.
    #[expect(dead_code, reason = "a report shows it")]
    Unsafe(Violation),
    /// A final block carries a lie.
    #[expect(dead_code, reason = "a report shows it")]
    Believed(Box<Entry>),
    /// A member holds a proof that does not hold, or one against an honest member.
    #[expect(dead_code, reason = "a report shows it")]
    Accused(Box<Proof>),
    /// A member recorded blocks while it was down.
    #[expect(dead_code, reason = "a report shows it")]
    Undead(Downtime),
}

/// Runs `scenario` until every honest member went on after the last fault, for `patience` at most, and
/// checks safety however the run ended.
pub(crate) fn try_out(scenario: &Scenario, patience: Duration) -> Result<Trial, Failure> {
    let network = scenario.network();
    let recorders = network.recorders();
    let lies = network.clone();
    let load: HashSet<_> = network.load().into_iter().collect();
    let condition = Settled::new(scenario, &recorders, load.clone());
    let schedule = scenario.schedule(&network);
    let mut plan = PlanBuilder::new(network)
        .seed(scenario.seed)
        .link(scenario.quality.link())
        .exit_condition(condition)
        .timeout(SCHEDULE_LAG + scenario.healed + patience);
    if !schedule.events.is_empty() {
        plan = plan.crash(Crash::Schedule(schedule));
    }
    let result = run(plan.build());
    let entries: Vec<_> = recorders.iter().map(Recorder::entries).collect();
    let honest: Vec<_> = scenario
        .honest()
        .into_iter()
        .map(|member| recordings(&entries[member]))
        .collect();
    check_safety(honest.len(), &honest).map_err(Failure::Unsafe)?;
    for member in scenario.honest() {
        check_lies(&entries[member], &load)?;
    }
    check_downtimes(scenario, &entries)?;
    let proofs = check_proofs(scenario, &lies)?;
    let result = result.map_err(Failure::Ended)?;
    Ok(Trial {
        state: result.state,
        entries,
        crashes: result.crashes,
        lies: lies.lies(),
        proofs,
    })
}

fn recordings(entries: &[Entry]) -> Vec<Recording> {
    entries
        .iter()
        .map(|entry| entry.recording.clone())
        .collect()
}

/// No final block carries what a liar proposes: all honest members together may be wrong too.
fn check_lies(entries: &[Entry], load: &HashSet<B256>) -> Result<(), Failure> {
    for entry in entries {
        let Recording {
            state_root,
            time_ms,
            transactions,
            ..
        } = &entry.recording;
        if *state_root == WRONG_STATE_ROOT
            || *time_ms > entry.at_ms + DRIFT_MS
            || !transactions.iter().all(|hash| load.contains(hash))
        {
            return Err(Failure::Believed(Box::new(entry.clone())));
        }
    }
    Ok(())
}

/// Each proof of a double vote that an honest member holds is against the liar, and anyone can check its file.
fn check_proofs(scenario: &Scenario, network: &Network) -> Result<usize, Failure> {
    let keys = network.participants();
    let liar = scenario.liar.map(|(liar, _)| &keys[liar]);
    let proofs = network.proofs();
    let held = scenario
        .honest()
        .into_iter()
        .flat_map(|member| &proofs[member]);
    let mut count = 0;
    for proof in held {
        let read = Proof::parse(proof.to_json().as_bytes());
        let holds = read.is_ok_and(|read| read.verify(network.chain_id()).is_ok());
        if !holds || Some(proof.validator()) != liar {
            return Err(Failure::Accused(Box::new(proof.clone())));
        }
        count += 1;
    }
    Ok(count)
}

/// A crash ends all of a member's actors.
fn check_downtimes(scenario: &Scenario, entries: &[Vec<Entry>]) -> Result<(), Failure> {
    for down in &scenario.downtimes {
        let dead = down.range.start + SCHEDULE_LAG..down.range.end;
        let recorded = |entry: &Entry| dead.contains(&Duration::from_millis(entry.at_ms));
        if entries[down.member].iter().any(recorded) {
            return Err(Failure::Undead(down.clone()));
        }
    }
    Ok(())
}

/// Every honest member runs, is high enough, and has enough blocks from after the last fault and all of
/// the load.
#[derive(Clone)]
struct Settled {
    honest: HashSet<PublicKey>,
    load: HashSet<B256>,
    healed_ms: u64,
}

impl Settled {
    fn new(scenario: &Scenario, recorders: &[Recorder], load: HashSet<B256>) -> Self {
        let honest = scenario.honest().into_iter();
        Self {
            honest: honest
                .map(|member| recorders[member].member().clone())
                .collect(),
            load,
            healed_ms: (scenario.healed + SCHEDULE_LAG).as_millis() as u64,
        }
    }

    fn holds_of(&self, recorder: &Recorder) -> bool {
        // A cheap look first: this is asked forty times in a simulated second.
        let last = recorder.last();
        if last.is_none_or(|last| last.recording.height < HEIGHT || !self.is_late(&last)) {
            return false;
        }
        let entries = recorder.entries();
        let late: HashSet<_> = entries
            .iter()
            .filter(|entry| self.is_late(entry))
            .map(|entry| entry.recording.height)
            .collect();
        let done: HashSet<_> = entries
            .iter()
            .flat_map(|entry| &entry.recording.transactions)
            .collect();
        late.len() >= BLOCKS_AFTER && self.load.iter().all(|hash| done.contains(hash))
    }

    /// Whether a block is from after the last fault, by its own time and by when it was recorded.
    fn is_late(&self, entry: &Entry) -> bool {
        entry.at_ms > self.healed_ms && entry.recording.time_ms > self.healed_ms
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
            .filter(|recorder| self.honest.contains(recorder.member()))
            .filter(|recorder| self.holds_of(recorder))
            .count();
        Box::pin(async move { Ok(settled == self.honest.len()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_final_block_with_a_lie_is_believed() {
        let known = B256::repeat_byte(1);
        let honest = Entry {
            at_ms: 1_000,
            recording: Recording {
                height: 1,
                hash: B256::repeat_byte(2),
                parent: B256::ZERO,
                state_root: B256::repeat_byte(3),
                time_ms: 900,
                transactions: vec![known],
                committee: None,
            },
        };
        let load = HashSet::from([known]);
        assert!(check_lies(std::slice::from_ref(&honest), &load).is_ok());
        let edits: [fn(&mut Recording); 3] = [
            |recording| recording.state_root = WRONG_STATE_ROOT,
            |recording| recording.transactions.push(B256::ZERO),
            |recording| recording.time_ms = 1_001 + DRIFT_MS,
        ];
        for edit in edits {
            let mut lie = honest.clone();
            edit(&mut lie.recording);
            let checked = check_lies(&[honest.clone(), lie], &load);
            assert!(matches!(checked, Err(Failure::Believed(_))));
        }
    }
}
