//! The loop that takes commands and messages and hands each to a task of its own.

use crate::disk::on_disk;
use crate::get::Get;
use crate::mailbox::Command;
use crate::put::{Acknowledgement, Put};
use crate::requests::Requests;
use crate::serve::Serve;
use crate::wire::{Answer, Ask, Body, Message, Refusal};
use crate::{Config, Mailbox};
use commonware_cryptography::PublicKey;
use commonware_p2p::{Receiver, Sender};
use commonware_runtime::{Clock, Handle, Spawner};
use commonware_utils::channel::{mpsc, oneshot};
use futures::future::{self, Either};
use futures::stream::{FuturesUnordered, StreamExt};
use futures::{FutureExt, pin_mut, select_biased};
use std::collections::BTreeMap;
use std::sync::Arc;
use tracing::debug;

/// Commands that wait for the actor.
const WAITING_COMMANDS: usize = 64;

/// The vault of one node.
pub struct Vault<E, P, S> {
    context: E,
    config: Config<P>,
    requests: Requests<P, S>,
    serve: Serve<P>,
    /// Held by each put that goes on after it was acknowledged.
    tails: Arc<()>,
    /// Requests of each member being answered.
    answering: BTreeMap<P, usize>,
}

impl<E, P, S> Vault<E, P, S>
where
    E: Spawner + Clock,
    P: PublicKey,
    S: Sender<PublicKey = P>,
{
    /// Starts the vault on its channel of the network; it runs until the network closes.
    pub fn start<R>(
        context: E,
        config: Config<P>,
        (sender, receiver): (S, R),
    ) -> (Handle<()>, Mailbox)
    where
        R: Receiver<PublicKey = P>,
    {
        let (commands_in, commands) = mpsc::channel(WAITING_COMMANDS);
        let mailbox = Mailbox::new(commands_in);
        let requests = Requests::new(sender, config.request_timeout);
        let (uploads, bytes) = (config.uploads_per_member, config.bytes_per_member_and_hour);
        let serve = Serve::new(config.store.clone(), mailbox.clone(), uploads, bytes);
        let handle = context.spawn(move |context| {
            let answering = BTreeMap::new();
            let vault = Self {
                context,
                config,
                requests,
                serve,
                tails: Arc::new(()),
                answering,
            };
            vault.run(receiver, commands)
        });
        (handle, mailbox)
    }

    async fn run<R>(mut self, mut receiver: R, mut commands: mpsc::Receiver<Command>)
    where
        R: Receiver<PublicKey = P>,
    {
        let mut operations: FuturesUnordered<oneshot::Receiver<()>> = FuturesUnordered::new();
        let mut answers: FuturesUnordered<_> = FuturesUnordered::new();
        loop {
            let may_begin = operations.len() < self.config.concurrent_operations;
            let command = if may_begin {
                Either::Left(commands.recv())
            } else {
                Either::Right(future::pending())
            };
            let (command, message) = (command.fuse(), receiver.recv().fuse());
            pin_mut!(command, message);
            select_biased! {
                _ = operations.select_next_some() => {}
                peer = answers.select_next_some() => self.has_answered(peer),
                message = message => {
                    let Ok((peer, message)) = message else { return debug!("network closed") };
                    if let Some(task) = self.receive(peer.clone(), message) {
                        answers.push(task.map(|_| peer));
                    }
                }
                command = command => {
                    let Some(command) = command else { return };
                    operations.push(self.begin(command));
                }
            }
        }
    }

    /// Passes an answer on, or begins a task for a request.
    fn receive(&mut self, peer: P, message: impl bytes::Buf) -> Option<Handle<()>> {
        if peer == self.config.me || !self.config.members.contains(&peer) {
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
        if *answering >= self.config.concurrent_requests_per_member {
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

    /// Begins a task; what is returned resolves when the next command may take its place.
    fn begin(&self, command: Command) -> oneshot::Receiver<()> {
        let (done, is_done) = oneshot::channel();
        let store = self.config.store.clone();
        match command {
            Command::Put {
                expected,
                bytes,
                reply,
            } => {
                let (put, ack) = (self.put(), Acknowledgement { reply, done });
                self.context
                    .child("put")
                    .spawn(move |context| put.run(context, expected, bytes, ack));
            }
            Command::Get { id, reply } => {
                let get = self.get();
                self.spawn("get", done, move |context| async move {
                    let _ = reply.send(get.run(context, id).await);
                });
            }
            Command::Heal { id } => {
                let get = self.get();
                self.spawn("heal", done, move |context| async move {
                    if let Err(error) = get.run(context, id).await {
                        debug!(%id, %error, "a damaged blob was not fetched anew");
                    }
                });
            }
            Command::Has { id, reply } => self.spawn("has", done, move |context| async move {
                let _ = reply.send(on_disk(&context, &store, move |store| store.has(&id)).await);
            }),
            Command::Erase { id, reply } => self.spawn("erase", done, move |context| async move {
                let _ = reply.send(on_disk(&context, &store, move |store| store.erase(&id)).await);
            }),
        }
        is_done
    }

    fn spawn<F>(
        &self,
        name: &'static str,
        done: oneshot::Sender<()>,
        work: impl FnOnce(E) -> F + Send + 'static,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        self.context.child(name).spawn(move |context| async move {
            work(context).await;
            drop(done);
        });
    }

    fn put(&self) -> Put<P, S> {
        let Config {
            me,
            members,
            store,
            put_timeout,
            ..
        } = &self.config;
        Put {
            store: store.clone(),
            requests: self.requests.clone(),
            peers: self.peers(),
            members: members.len(),
            is_member: members.contains(me),
            timeout: *put_timeout,
            tails: self.tails.clone(),
        }
    }

    fn get(&self) -> Get<P, S> {
        Get {
            store: self.config.store.clone(),
            requests: self.requests.clone(),
            peers: self.peers(),
        }
    }

    fn peers(&self) -> Vec<P> {
        let Config { me, members, .. } = &self.config;
        members
            .iter()
            .filter(|member| *member != me)
            .cloned()
            .collect()
    }
}
