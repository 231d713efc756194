//! Seeds of recent rounds, collected from the certificates that consensus reports.
//!
//! A block commits to the seed of its grandparent's round: at that time the round was resolved, and
//! what the block holds was not yet chosen when the seed became known (limit L1 of the engine).

use commonware_actor::Feedback;
use commonware_consensus::{
    Automaton, CertifiableAutomaton, Handoff, Relay, Reporter,
    simplex::{scheme::bls12381_threshold::vrf::Seedable, types::Activity},
    types::Round,
};
use commonware_utils::channel::oneshot;
use parking_lot::Mutex;
use std::{collections::BTreeMap, sync::Arc};
use theriac_ledger::block::{Digest, Scheme, Seed};

/// Rounds whose seeds are kept.
const KEPT: usize = 256;

/// Seeds by round; clones share one table.
#[derive(Clone, Default)]
pub struct Seeds(Arc<Mutex<BTreeMap<Round, Seed>>>);

impl Seeds {
    /// The seed of `round`, when a certificate of it was seen.
    pub fn get(&self, round: Round) -> Option<Seed> {
        self.0.lock().get(&round).cloned()
    }

    /// Keeps a verified seed.
    pub fn insert(&self, seed: Seed) {
        let mut table = self.0.lock();
        table.insert(seed.round(), seed);
        while table.len() > KEPT {
            table.pop_first();
        }
    }

    fn observe(&self, activity: &Activity<Scheme, Digest>) {
        match activity {
            Activity::Notarization(notarization) | Activity::Certification(notarization) => {
                self.insert(notarization.seed());
            }
            Activity::Finalization(finalization) => self.insert(finalization.seed()),
            Activity::Notarize(_)
            | Activity::Nullify(_)
            | Activity::Nullification(_)
            | Activity::Finalize(_)
            | Activity::ConflictingNotarize(_)
            | Activity::ConflictingFinalize(_)
            | Activity::NullifyFinalize(_) => {}
        }
    }
}

/// An automaton whose reported certificates also feed the seeds.
#[derive(Clone)]
pub struct Observed<A> {
    /// The automaton, relay and reporter.
    pub inner: A,
    /// Where seeds go.
    pub seeds: Seeds,
}

impl<A: Automaton<Context: Send>> Automaton for Observed<A> {
    type Context = A::Context;
    type Digest = A::Digest;

    async fn propose(&mut self, context: A::Context) -> oneshot::Receiver<A::Digest> {
        self.inner.propose(context).await
    }

    async fn verify(&mut self, context: A::Context, payload: A::Digest) -> oneshot::Receiver<bool> {
        self.inner.verify(context, payload).await
    }
}

impl<A: CertifiableAutomaton<Context: Send>> CertifiableAutomaton for Observed<A> {
    async fn prepare(&mut self, context: A::Context) -> oneshot::Receiver<Handoff<A::Digest>> {
        self.inner.prepare(context).await
    }

    async fn certify(&mut self, round: Round, payload: A::Digest) -> oneshot::Receiver<bool> {
        self.inner.certify(round, payload).await
    }
}

impl<A: Relay> Relay for Observed<A> {
    type Digest = A::Digest;
    type PublicKey = A::PublicKey;
    type Plan = A::Plan;

    fn broadcast(&mut self, payload: A::Digest, plan: A::Plan) -> Feedback {
        self.inner.broadcast(payload, plan)
    }
}

impl<A: Reporter<Activity = Activity<Scheme, Digest>>> Reporter for Observed<A> {
    type Activity = Activity<Scheme, Digest>;

    fn report(&mut self, activity: Self::Activity) -> Feedback {
        self.seeds.observe(&activity);
        self.inner.report(activity)
    }
}
