//! Gathers the keepers' answers to one opening, until a quorum of one epoch has answered.
//!
//! Every keeper is asked for the share of one epoch. A keeper that has gone on to a later epoch and dropped that share says
//! so; then all are asked again for the later one, since partials of two epochs do not combine. A keeper that is behind, in
//! blocks or in epochs, is asked again after a pause.

use crate::keeper::Keeper;
use crate::requests::Requests;
use crate::wire::{Answer, Ask};
use crate::{EpochKeepers, KeeperAnswer, OpenRequest, Opened, Refusal};
use commonware_cryptography::ed25519::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use futures::stream::{FuturesUnordered, StreamExt};
use futures::{FutureExt, pin_mut, select_biased};
use rand_core::CryptoRng;
use std::collections::BTreeMap;
use std::time::Duration;
use theriac_envelope::seal::{PartialsMessage, quorum};

/// One opening that is gathered.
pub(crate) struct Gather<S> {
    pub(crate) keeper: Keeper,
    pub(crate) requests: Requests<S>,
    pub(crate) request: OpenRequest,
    pub(crate) all: bool,
}

/// What one keeper said when it was asked for one epoch.
struct Heard {
    keeper: PublicKey,
    epoch: u64,
    answer: Answer,
}

/// What has come for the epoch that is gathered.
struct Round {
    epoch: u64,
    keepers: Vec<PublicKey>,
    needed: usize,
    answers: Vec<KeeperAnswer>,
    refusals: BTreeMap<PublicKey, Refusal>,
}

impl<S: Sender<PublicKey = PublicKey>> Gather<S> {
    /// Asks until there are enough answers, none can come any more, or the time is over.
    pub(crate) async fn run<E: Spawner + Clock + CryptoRng>(
        self,
        context: E,
        epoch: Option<u64>,
    ) -> Opened {
        let shares = &self.keeper.config.shares;
        let running = shares.running_epoch();
        let Some(mut round) = epoch
            .and_then(|epoch| self.begin(epoch))
            .or_else(|| self.begin(running))
        else {
            return Opened::default();
        };
        let limit = context
            .sleep(self.keeper.config.limits.opening_timeout)
            .fuse();
        pin_mut!(limit);
        let mut asked = FuturesUnordered::new();
        let none = Duration::ZERO;
        let ask_all = |round: &Round| {
            let each = round.keepers.iter().cloned();
            each.map(|keeper| self.ask(&context, keeper, round.epoch, none))
                .collect::<Vec<_>>()
        };
        asked.extend(ask_all(&round));
        while !round.is_over(self.all) {
            let heard = select_biased! {
                heard = asked.next() => heard,
                () = limit => break,
            };
            let Some(Heard {
                keeper,
                epoch,
                answer,
            }) = heard
            else {
                break;
            };
            if epoch != round.epoch {
                continue;
            }
            if let Some(later) = self.later(&answer, epoch) {
                round = later;
                asked.extend(ask_all(&round));
                continue;
            }
            if round.hear(keeper.clone(), self.checked(&keeper, epoch, answer)) {
                let pause = self.keeper.config.limits.pause;
                asked.push(self.ask(&context, keeper, epoch, pause));
            }
        }
        round.end()
    }

    /// A round for an epoch whose keepers this node knows.
    fn begin(&self, epoch: u64) -> Option<Round> {
        let EpochKeepers { keepers, .. } = self.keeper.config.shares.keepers(epoch)?;
        Some(Round {
            epoch,
            needed: quorum(keepers.len()),
            keepers,
            answers: Vec::new(),
            refusals: BTreeMap::new(),
        })
    }

    /// The round of a later epoch, where a keeper has no share of this one any more.
    fn later(&self, answer: &Answer, epoch: u64) -> Option<Round> {
        match answer {
            Answer::Refused {
                refusal: Refusal::EpochNotHeld | Refusal::SharesRevealed,
                running,
            } if *running > epoch => self.begin(*running),
            Answer::Refused { .. } | Answer::Partials(_) => None,
        }
    }

    /// Asks one keeper after a pause; this node's own without the network.
    fn ask<'a, E: Spawner + Clock + CryptoRng>(
        &'a self,
        context: &'a E,
        keeper: PublicKey,
        epoch: u64,
        pause: Duration,
    ) -> futures::future::BoxFuture<'a, Heard> {
        let ask = Ask {
            chain_id: self.keeper.config.chain_id,
            epoch,
            request: self.request.clone(),
        };
        let mut requests = self.requests.clone();
        async move {
            if !pause.is_zero() {
                context.sleep(pause).await;
            }
            let answer = if keeper == self.keeper.me() {
                self.keeper.reply(context.child("own"), ask.into()).await
            } else {
                let answer = requests.ask(context, &keeper, ask).await;
                answer.unwrap_or(Answer::Refused {
                    refusal: Refusal::Silent,
                    running: 0,
                })
            };
            Heard {
                keeper,
                epoch,
                answer,
            }
        }
        .boxed()
    }

    /// The answer, where the keeper signed it for this opening and epoch.
    fn checked(
        &self,
        keeper: &PublicKey,
        epoch: u64,
        answer: Answer,
    ) -> Result<PartialsMessage, Refusal> {
        match answer {
            Answer::Refused { refusal, .. } => Err(refusal),
            Answer::Partials(message) => {
                let context = self.keeper.context(keeper, epoch, &self.request);
                message
                    .is_signed(&context)
                    .then_some(message)
                    .ok_or(Refusal::Silent)
            }
        }
    }
}

impl Round {
    /// Notes what a keeper said; whether to ask it again.
    fn hear(&mut self, keeper: PublicKey, answer: Result<PartialsMessage, Refusal>) -> bool {
        match answer {
            Ok(message) => {
                self.refusals.remove(&keeper);
                self.answers.push(KeeperAnswer {
                    keeper,
                    epoch: self.epoch,
                    message: message.encode(),
                });
                false
            }
            Err(refusal) => {
                self.refusals.insert(keeper, refusal);
                refusal.is_passing()
            }
        }
    }

    /// Whether there are enough answers, or enough keepers have refused for good.
    fn is_over(&self, all: bool) -> bool {
        let final_refusals = self
            .refusals
            .values()
            .filter(|refusal| !refusal.is_passing());
        let possible = self.keepers.len() - final_refusals.count();
        let wanted = if all { possible } else { self.needed };
        self.answers.len() >= wanted || possible < self.needed
    }

    fn end(mut self) -> Opened {
        let answered: Vec<_> = self.answers.iter().map(|answer| &answer.keeper).collect();
        let silent = |keeper: &PublicKey| (keeper.clone(), Refusal::Silent);
        let missing: Vec<_> = self
            .keepers
            .iter()
            .filter(|keeper| !answered.contains(keeper) && !self.refusals.contains_key(keeper))
            .map(silent)
            .collect();
        self.refusals.extend(missing);
        Opened {
            epoch: self.epoch,
            needed: self.needed,
            answers: self.answers,
            refusals: self.refusals.into_iter().collect(),
        }
    }
}
