//! The sender of every channel of every member; on a liar's vote channel, votes change on their way.

use crate::equivocator::{Answer, Equivocator};
use commonware_actor::{Feedback, Unreliable};
use commonware_p2p::{CheckedSender, LimitedSender, Recipients, Sender as _, simulated};
use commonware_runtime::{IoBufs, deterministic};
use std::{sync::Arc, time::SystemTime};
use theriac_ledger::block::PublicKey;

type Network = simulated::Sender<PublicKey, deterministic::Context>;

/// A member's sender of one channel.
#[derive(Clone)]
pub(crate) struct Sender {
    network: Network,
    equivocator: Option<Arc<Equivocator>>,
}

/// A sender whose recipients are within their quotas.
pub(crate) struct Checked<'a> {
    checked: <Network as LimitedSender>::Checked<'a>,
    equivocation: Option<(Arc<Equivocator>, Network)>,
}

impl Sender {
    pub(crate) fn new(network: Network, equivocator: Option<Arc<Equivocator>>) -> Self {
        Self {
            network,
            equivocator,
        }
    }
}

impl LimitedSender for Sender {
    type PublicKey = PublicKey;
    type Checked<'a> = Checked<'a>;

    fn check(&mut self, recipients: Recipients<PublicKey>) -> Result<Checked<'_>, SystemTime> {
        let equivocation = self
            .equivocator
            .clone()
            .map(|equivocator| (equivocator, self.network.clone()));
        Ok(Checked {
            checked: self.network.check(recipients)?,
            equivocation,
        })
    }
}

impl CheckedSender for Checked<'_> {
    type PublicKey = PublicKey;

    fn recipients(&self) -> Vec<PublicKey> {
        self.checked.recipients()
    }

    fn send(self, message: impl Into<IoBufs> + Send, priority: bool) -> Unreliable<Feedback> {
        let Some((equivocator, mut network)) = self.equivocation else {
            return self.checked.send(message, priority);
        };
        let message = message.into().coalesce();
        let peers = self.checked.recipients();
        let (some, others) = peers.split_at(peers.len().div_ceil(2));
        match equivocator.answer(message.clone()) {
            Answer::Honest => return self.checked.send(message, priority),
            Answer::Withheld => {}
            Answer::Split(contradiction) => {
                network.send(Recipients::Some(some.to_vec()), message, priority);
                network.send(Recipients::Some(others.to_vec()), contradiction, priority);
            }
            Answer::Both(contradiction) => {
                network.send(Recipients::Some(peers), contradiction, priority);
                return self.checked.send(message, priority);
            }
        }
        Unreliable::new(Feedback::Ok)
    }
}
