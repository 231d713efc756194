//! The loop that takes requests of this node's callers and of other members, and hands each to a task of its own.

use crate::gather::Gather;
use crate::keeper::Keeper;
use crate::mailbox::Command;
use crate::requests::Requests;
use crate::wire::{Ask, Body, Message};
use crate::{Config, Mailbox, Refusal};
use commonware_cryptography::ed25519::PublicKey;
use commonware_p2p::{Receiver, Sender};
use commonware_runtime::{Clock, Handle, Spawner};
use commonware_utils::channel::mpsc;
use futures::future::{self, Either};
use futures::stream::{FuturesUnordered, StreamExt};
use futures::{FutureExt, pin_mut, select_biased};
use rand_core::CryptoRng;
use std::collections::BTreeMap;
use tracing::debug;

/// Requests that wait for the actor.
const WAITING_COMMANDS: usize = 64;

/// The keeper of one node.
pub struct Keepers<E, S> {
    context: E,
    keeper: Keeper,
    requests: Requests<S>,
    /// Requests of each member being answered.
    answering: BTreeMap<PublicKey, usize>,
}

impl<E, S> Keepers<E, S>
where
    E: Spawner + Clock + CryptoRng,
    S: Sender<PublicKey = PublicKey>,
{
    /// Starts the keeper on its channel of the network; it runs until the network closes.
    pub fn start<R>(context: E, config: Config, (sender, receiver): (S, R)) -> (Handle<()>, Mailbox)
    where
        R: Receiver<PublicKey = PublicKey>,
    {
        let (commands_in, commands) = mpsc::channel(WAITING_COMMANDS);
        let requests = Requests::new(sender, config.limits.request_timeout);
        let handle = context.spawn(move |context| {
            let keepers = Self {
                context,
                keeper: Keeper::new(config),
                requests,
                answering: BTreeMap::new(),
            };
            keepers.run(receiver, commands)
        });
        (handle, Mailbox::new(commands_in))
    }

    async fn run<R>(mut self, mut receiver: R, mut commands: mpsc::Receiver<Command>)
    where
        R: Receiver<PublicKey = PublicKey>,
    {
        let mut openings: FuturesUnordered<Handle<()>> = FuturesUnordered::new();
        let mut answers: FuturesUnordered<_> = FuturesUnordered::new();
        let concurrent = self.keeper.config.limits.concurrent_openings;
        loop {
            let command = if openings.len() < concurrent {
                Either::Left(commands.recv())
            } else {
                Either::Right(future::pending())
            };
            let (command, message) = (command.fuse(), receiver.recv().fuse());
            pin_mut!(command, message);
            select_biased! {
                _ = openings.select_next_some() => {}
                peer = answers.select_next_some() => self.has_answered(peer),
                message = message => {
                    let Ok((peer, message)) = message else { return debug!("network closed") };
                    if let Some(task) = self.receive(peer.clone(), message) {
                        answers.push(task.map(|_| peer));
                    }
                }
                command = command => {
                    let Some(command) = command else { return };
                    openings.push(self.begin(command));
                }
            }
        }
    }

    /// Passes an answer on, or begins a task for a request.
    fn receive(&mut self, peer: PublicKey, message: impl bytes::Buf) -> Option<Handle<()>> {
        let Message { number, body } = Message::decode(message)?;
        match body {
            Body::Answer(answer) => {
                self.requests.answered(peer, number, answer);
                None
            }
            Body::Ask(ask) => self.answer(peer, number, ask),
        }
    }

    fn answer(&mut self, peer: PublicKey, number: u64, ask: Ask) -> Option<Handle<()>> {
        let answering = self.answering.entry(peer.clone()).or_default();
        if *answering >= self.keeper.config.limits.concurrent_requests_per_member {
            let busy = self.keeper.refused(Refusal::Busy);
            self.requests.answer(peer, number, busy);
            return None;
        }
        *answering += 1;
        let (keeper, mut requests) = (self.keeper.clone(), self.requests.clone());
        let task = move |context: E| async move {
            let answer = keeper.reply(context, ask.into()).await;
            requests.answer(peer, number, answer);
        };
        Some(self.context.child("answer").spawn(task))
    }

    fn has_answered(&mut self, peer: PublicKey) {
        if let Some(answering) = self.answering.get_mut(&peer) {
            *answering -= 1;
            if *answering == 0 {
                self.answering.remove(&peer);
            }
        }
    }

    fn begin(&self, command: Command) -> Handle<()> {
        let Command {
            request,
            epoch,
            all,
            reply,
        } = command;
        let gather = Gather {
            keeper: self.keeper.clone(),
            requests: self.requests.clone(),
            request,
            all,
        };
        let task = move |context: E| async move {
            let _ = reply.send(gather.run(context, epoch).await);
        };
        self.context.child("gather").spawn(task)
    }
}
