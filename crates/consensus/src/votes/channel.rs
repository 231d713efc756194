//! The channels of consensus with votes signed on their way out and checked on their way in.

use super::VoteLog;
use commonware_actor::{Feedback, Unreliable};
use commonware_p2p::{CheckedSender, LimitedSender, Message, Receiver, Recipients, Sender};
use commonware_runtime::IoBufs;
use std::{num::NonZeroUsize, time::SystemTime};

/// A sender whose messages are votes when there is a log, and pass as they are when there is none.
#[derive(Clone)]
pub struct Outgoing<S> {
    inner: S,
    log: Option<VoteLog>,
}

/// A sender whose recipients are within their quotas.
pub struct CheckedOutgoing<C> {
    checked: C,
    log: Option<VoteLog>,
}

/// A receiver that passes on signed votes alone when there is a log, and everything when there is none.
#[derive(Debug)]
pub struct Incoming<R> {
    inner: R,
    log: Option<VoteLog>,
}

impl<S> Outgoing<S> {
    /// Signs what is sent on `inner` and enters it into `log`.
    pub fn new(inner: S, log: Option<VoteLog>) -> Self {
        Self { inner, log }
    }
}

impl<R> Incoming<R> {
    /// Checks what comes from `inner` and enters it into `log`.
    pub fn new(inner: R, log: Option<VoteLog>) -> Self {
        Self { inner, log }
    }
}

impl<S: Sender> LimitedSender for Outgoing<S> {
    type PublicKey = S::PublicKey;
    type Checked<'a> = CheckedOutgoing<S::Checked<'a>>;

    fn check(
        &mut self,
        recipients: Recipients<Self::PublicKey>,
    ) -> Result<Self::Checked<'_>, SystemTime> {
        Ok(CheckedOutgoing {
            log: self.log.clone(),
            checked: self.inner.check(recipients)?,
        })
    }
}

impl<C: CheckedSender> CheckedSender for CheckedOutgoing<C> {
    type PublicKey = C::PublicKey;

    fn recipients(&self) -> Vec<Self::PublicKey> {
        self.checked.recipients()
    }

    fn send(self, message: impl Into<IoBufs> + Send, priority: bool) -> Unreliable<Feedback> {
        let Some(log) = self.log else {
            return self.checked.send(message, priority);
        };
        let signed = log.sign(&message.into().coalesce());
        self.checked.send(signed, priority)
    }
}

impl<R: Receiver<PublicKey = theriac_ledger::block::PublicKey>> Receiver for Incoming<R> {
    type Error = R::Error;
    type PublicKey = R::PublicKey;

    async fn recv(&mut self) -> Result<Message<Self::PublicKey>, Self::Error> {
        loop {
            let (peer, message) = self.inner.recv().await?;
            let Some(log) = &self.log else {
                return Ok((peer, message));
            };
            match log.check(&peer, &message) {
                Some(frame) => return Ok((peer, frame)),
                None => {
                    tracing::debug!(%peer, "a vote without its voter's signature does not count")
                }
            }
        }
    }

    fn capacity(&self) -> NonZeroUsize {
        self.inner.capacity()
    }
}
