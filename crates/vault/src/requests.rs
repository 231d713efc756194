//! Asks other members and joins their answers to what was asked.

use crate::wire::{Answer, Ask, Body, Message};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_p2p::{Recipients, Sender};
use commonware_runtime::Clock;
use commonware_utils::channel::oneshot;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// Between two attempts to hand a message to a network that is at its rate limit.
const RATE_LIMIT_PAUSE: Duration = Duration::from_millis(50);

/// No answer came in time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Silence;

/// Requests that wait for an answer. Clones share them.
#[derive(Clone)]
pub(crate) struct Requests<P, S> {
    sender: S,
    timeout: Duration,
    waiting: Arc<Mutex<Waiting<P>>>,
}

struct Waiting<P> {
    next: u64,
    answers: BTreeMap<(P, u64), oneshot::Sender<Answer>>,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Requests<P, S> {
    pub(crate) fn new(sender: S, timeout: Duration) -> Self {
        let waiting = Waiting {
            next: 0,
            answers: BTreeMap::new(),
        };
        Self {
            sender,
            timeout,
            waiting: Arc::new(Mutex::new(waiting)),
        }
    }

    /// Sends one request and waits for its answer.
    pub(crate) async fn ask(
        &mut self,
        context: &impl Clock,
        peer: &P,
        ask: Ask,
    ) -> Result<Answer, Silence> {
        let (reply, answer) = oneshot::channel();
        let number = self.waiting().insert(peer, reply);
        let deadline = context.current() + self.timeout;
        let message = Message {
            number,
            body: Body::Ask(ask),
        }
        .encode();
        let sent = self.send(context, peer, message, deadline).await;
        let left = deadline
            .duration_since(context.current())
            .unwrap_or_default();
        let answer = match sent {
            true => context
                .timeout(left, answer)
                .await
                .ok()
                .and_then(Result::ok),
            false => None,
        };
        self.waiting().answers.remove(&(peer.clone(), number));
        answer.ok_or(Silence)
    }

    /// Gives an answer to whoever waits for it; answers that nobody waits for are dropped.
    pub(crate) fn answered(&self, peer: P, number: u64, answer: Answer) {
        if let Some(reply) = self.waiting().answers.remove(&(peer, number)) {
            let _ = reply.send(answer);
        }
    }

    /// Answers a request; lost where the network is at its rate limit, and then asked again.
    pub(crate) fn answer(&mut self, peer: P, number: u64, answer: Answer) {
        let message = Message {
            number,
            body: Body::Answer(answer),
        };
        self.sender
            .send(Recipients::One(peer), message.encode(), false);
    }

    async fn send(
        &mut self,
        context: &impl Clock,
        peer: &P,
        message: Bytes,
        deadline: std::time::SystemTime,
    ) -> bool {
        while self
            .sender
            .send(Recipients::One(peer.clone()), message.clone(), false)
            .is_empty()
        {
            if context.current() + RATE_LIMIT_PAUSE >= deadline {
                return false;
            }
            context.sleep(RATE_LIMIT_PAUSE).await;
        }
        true
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting<P>> {
        self.waiting
            .lock()
            .expect("nothing panics while it looks up a request")
    }
}

impl<P: PublicKey> Waiting<P> {
    fn insert(&mut self, peer: &P, reply: oneshot::Sender<Answer>) -> u64 {
        self.next += 1;
        self.answers.insert((peer.clone(), self.next), reply);
        self.next
    }
}
