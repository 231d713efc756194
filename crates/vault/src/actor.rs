//! The loop that takes commands and messages and hands each to a task of its own.

use crate::mailbox::Command;
use crate::operations::Operations;
use crate::requests::Requests;
use crate::scrub::{Counters, Scrubber};
use crate::serve::Serve;
use crate::wire::{Answer, Ask, Body, Message, Refusal};
use crate::{Config, Mailbox};
use commonware_cryptography::PublicKey;
use commonware_p2p::{Receiver, Sender};
use commonware_runtime::{Clock, Handle, Metrics, Spawner};
use commonware_utils::channel::{mpsc, oneshot};
use futures::future::{self, Either};
use futures::stream::{FuturesUnordered, StreamExt};
use futures::{FutureExt, pin_mut, select_biased};
use std::collections::BTreeMap;
use std::time::SystemTime;
use tracing::debug;

/// Commands that wait for the actor.
const WAITING_COMMANDS: usize = 64;

/// The vault of one node.
pub struct Vault<E, P, S> {
    context: E,
    requests: Requests<P, S>,
    serve: Serve<P>,
    operations: Operations<P, S>,
    /// Requests of each member being answered.
    answering: BTreeMap<P, usize>,
}

impl<E, P, S> Vault<E, P, S>
where
    E: Spawner + Clock + Metrics,
    P: PublicKey,
    S: Sender<PublicKey = P>,
{
    /// Starts the vault on its channel of the network; it runs until the network closes.
    pub fn start<R>(
        context: E,
        config: Config<P>,
        (sender, receiver): (S, R),
    ) -> (Handle<()>, Mailbox<P>)
    where
        R: Receiver<PublicKey = P>,
    {
        let (commands_in, commands) = mpsc::channel(WAITING_COMMANDS);
        let mailbox = Mailbox::new(commands_in);
        let requests = Requests::new(sender, config.request_timeout);
        let serve = Serve::new(
            config.store.clone(),
            mailbox.clone(),
            config.is_caught_up.clone(),
            (config.uploads_per_member, config.bytes_per_member_and_hour),
        );
        let scrubber = Scrubber::new(Counters::new(&context));
        let operations = Operations::new(config, requests.clone(), mailbox.clone(), scrubber);
        let handle = context.spawn(move |context| {
            let vault = Self {
                context,
                requests,
                serve,
                operations,
                answering: BTreeMap::new(),
            };
            vault.run(receiver, commands)
        });
        (handle, mailbox)
    }

    async fn run<R>(mut self, mut receiver: R, mut commands: mpsc::Receiver<Command<P>>)
    where
        R: Receiver<PublicKey = P>,
    {
        let mut running: FuturesUnordered<oneshot::Receiver<()>> = FuturesUnordered::new();
        let mut answers: FuturesUnordered<_> = FuturesUnordered::new();
        let mut scrub_at = self.context.current() + self.operations.config.first_scrub;
        loop {
            let may_begin = running.len() < self.operations.config.concurrent_operations;
            let command = if may_begin {
                Either::Left(commands.recv())
            } else {
                Either::Right(future::pending())
            };
            let (command, message) = (command.fuse(), receiver.recv().fuse());
            let scrub = self.context.sleep_until(scrub_at).fuse();
            pin_mut!(command, message, scrub);
            select_biased! {
                _ = running.select_next_some() => {}
                peer = answers.select_next_some() => self.has_answered(peer),
                message = message => {
                    let Ok((peer, message)) = message else { return debug!("network closed") };
                    if let Some(task) = self.receive(peer.clone(), message) {
                        answers.push(task.map(|_| peer));
                    }
                }
                command = command => {
                    let Some(command) = command else { return };
                    running.push(self.operations.begin(&self.context, command));
                }
                () = scrub => scrub_at = self.scrub(),
            }
        }
    }

    /// Begins a scrub in the background, unless one runs; returns when the next is due.
    fn scrub(&self) -> SystemTime {
        self.operations.scrub_in_background(&self.context);
        self.context.current() + self.operations.config.scrub_interval
    }

    /// Passes an answer on, or begins a task for a request.
    fn receive(&mut self, peer: P, message: impl bytes::Buf) -> Option<Handle<()>> {
        let config = &self.operations.config;
        if peer == config.me || !config.members.knows(&peer) {
            return None;
        }
        let Message { number, body } = Message::decode(message)?;
        match body {
            Body::Answer(answer) => {
                self.requests.answered(peer, number, answer);
                None
            }
            Body::Ask(ask) => self.answer(peer, number, ask),
        }
    }

    fn answer(&mut self, peer: P, number: u64, ask: Ask) -> Option<Handle<()>> {
        let answering = self.answering.entry(peer.clone()).or_default();
        if *answering >= self.operations.config.concurrent_requests_per_member {
            self.requests
                .answer(peer, number, Answer::Refused(Refusal::Busy));
            return None;
        }
        *answering += 1;
        let (serve, mut requests) = (self.serve.clone(), self.requests.clone());
        Some(
            self.context
                .child("serve")
                .spawn(move |context| async move {
                    let answer = serve.run(context, peer.clone(), ask).await;
                    requests.answer(peer, number, answer);
                }),
        )
    }

    fn has_answered(&mut self, peer: P) {
        if let Some(answering) = self.answering.get_mut(&peer) {
            *answering -= 1;
        }
    }
}
