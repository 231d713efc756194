//! Asks other keepers and joins their answers to what was asked.

use crate::wire::{Answer, Ask, Body, Message};
use bytes::Bytes;
use commonware_cryptography::ed25519::PublicKey;
use commonware_p2p::{Recipients, Sender};
use commonware_runtime::Clock;
use commonware_utils::channel::oneshot;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

/// Between two attempts to hand a message to a network that is at its rate limit.
const RATE_LIMIT_PAUSE: Duration = Duration::from_millis(20);

/// Requests that wait for an answer. Clones share them.
#[derive(Clone)]
pub(crate) struct Requests<S> {
    sender: S,
    timeout: Duration,
    waiting: Arc<Mutex<Waiting>>,
}

#[derive(Default)]
struct Waiting {
    next: u64,
    answers: BTreeMap<(PublicKey, u64), oneshot::Sender<Answer>>,
}

impl<S: Sender<PublicKey = PublicKey>> Requests<S> {
    pub(crate) fn new(sender: S, timeout: Duration) -> Self {
        Self {
            sender,
            timeout,
            waiting: Arc::default(),
        }
    }

    /// Sends one request and waits for its answer; `None` where none came in time.
    pub(crate) async fn ask(
        &mut self,
        context: &impl Clock,
        peer: &PublicKey,
        ask: Ask,
    ) -> Option<Answer> {
        let (reply, answer) = oneshot::channel();
        let number = self.waiting().insert(peer, reply);
        let deadline = context.current() + self.timeout;
        let message = Message {
            number,
            body: Body::Ask(ask),
        }
        .encode();
        let sent = self.send(context, peer, message, deadline).await;
        let left = deadline.duration_since(context.current());
        let answer = match sent {
            true => context
                .timeout(left.unwrap_or_default(), answer)
                .await
                .ok()
                .and_then(Result::ok),
            false => None,
        };
        self.waiting().answers.remove(&(peer.clone(), number));
        answer
    }

    /// Gives an answer to whoever waits for it; answers that nobody waits for are dropped.
    pub(crate) fn answered(&self, peer: PublicKey, number: u64, answer: Answer) {
        if let Some(reply) = self.waiting().answers.remove(&(peer, number)) {
            let _ = reply.send(answer);
        }
    }

    /// Answers a request; lost where the network is at its rate limit, and then asked again.
    pub(crate) fn answer(&mut self, peer: PublicKey, number: u64, answer: Answer) {
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
        peer: &PublicKey,
        message: Bytes,
        deadline: SystemTime,
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

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting
            .lock()
            .expect("nothing panics while it looks up a request")
    }
}

impl Waiting {
    fn insert(&mut self, peer: &PublicKey, reply: oneshot::Sender<Answer>) -> u64 {
        self.next += 1;
        self.answers.insert((peer.clone(), self.next), reply);
        self.next
    }
}
