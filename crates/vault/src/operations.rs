//! What each command sets in motion.

use crate::coding::Coding;
use crate::disk::on_disk;
use crate::erasure::ErasureReceipt;
use crate::get::{Finder, Read};
use crate::mailbox::Command;
use crate::put::Put;
use crate::requests::Requests;
use crate::scrub::{Pass, Scrubber, VaultStatus};
use crate::store::Tombstone;
use crate::tally::Acknowledgement;
use crate::wire::{Answer, Ask};
use crate::{Config, Mailbox, Store, VaultError};
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use commonware_utils::channel::oneshot;
use futures::lock::Mutex as Turn;
use futures::stream::{FuturesUnordered, StreamExt};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::UNIX_EPOCH;
use theriac_envelope::ContentId;
use tracing::warn;

/// What tasks are made of.
pub(crate) struct Operations<P, S> {
    pub(crate) config: Config<P>,
    requests: Requests<P, S>,
    mailbox: Mailbox<P>,
    scrubber: Scrubber,
    /// One scrub at a time.
    scrubbing: Arc<Turn<()>>,
    /// Blobs being repaired because a reader found them damaged.
    healing: Arc<Mutex<BTreeSet<ContentId>>>,
    /// Held by each put that goes on after it was acknowledged.
    tails: Arc<()>,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Operations<P, S> {
    pub(crate) fn new(
        config: Config<P>,
        requests: Requests<P, S>,
        mailbox: Mailbox<P>,
        scrubber: Scrubber,
    ) -> Self {
        Self {
            config,
            requests,
            mailbox,
            scrubber,
            scrubbing: Arc::default(),
            healing: Arc::default(),
            tails: Arc::new(()),
        }
    }

    /// Begins a task; what is returned resolves when the next command may take its place.
    pub(crate) fn begin<E: Spawner + Clock>(
        &self,
        context: &E,
        command: Command<P>,
    ) -> oneshot::Receiver<()> {
        let (done, is_done) = oneshot::channel();
        let store = self.config.store.clone();
        match command {
            Command::Put { id, body, reply } => {
                let (put, ack) = (self.put(), Acknowledgement { reply, done });
                context
                    .child("put")
                    .spawn(move |context| put.run(context, id, body, ack));
            }
            Command::Read {
                reply,
                is_for_node: false,
                ..
            } if !self.config.is_caught_up.load(Ordering::Relaxed) => {
                let _ = reply.send(Err(VaultError::CatchingUp));
            }
            Command::Read {
                id, wanted, reply, ..
            } => {
                let read = Read {
                    finder: self.finder(Some(self.mailbox.clone())),
                };
                spawn(context, "get", done, move |context| {
                    read.run(context, id, wanted, reply)
                });
            }
            Command::Has { id, reply } => spawn(context, "has", done, move |context| async move {
                let look =
                    move |store: &Store| Ok(store.has(&id)? || !store.shards_of(&id)?.is_empty());
                let _ = reply.send(on_disk(&context, &store, look).await);
            }),
            Command::Erase { id, reply } => {
                let signing = self.config.signing.clone();
                spawn(context, "erase", done, move |context| async move {
                    let now = context.current().duration_since(UNIX_EPOCH);
                    let time = now.unwrap_or_default().as_secs();
                    let receipt = signing.map(|signing| signing.promise(&id, time));
                    let erase = move |store: &Store| store.erase_with(&id, receipt);
                    let _ = reply.send(on_disk(&context, &store, erase).await);
                });
            }
            Command::Receipts { id, reply } => {
                let receipts = self.receipts(context, id);
                spawn(context, "receipts", done, move |_| async move {
                    let _ = reply.send(receipts.await);
                });
            }
            Command::Scrub { reply } => {
                let (pass, turn) = (self.pass(), self.scrubbing.clone());
                spawn(context, "scrub", done, move |context| async move {
                    let _turn = turn.lock().await;
                    let _ = reply.send(pass.run(&context).await);
                });
            }
            Command::BeginScrub => self.scrub_in_background(context),
            Command::Status { reply } => {
                let _ = reply.send(Ok(self.status()));
            }
            Command::Heal { id } => self.heal(context, done, id),
        }
        is_done
    }

    /// Scrubs unless a scrub runs already.
    pub(crate) fn scrub_in_background<E: Spawner + Clock>(&self, context: &E) {
        let (pass, turn) = (self.pass(), self.scrubbing.clone());
        context.child("scrub").spawn(move |context| async move {
            let Some(_turn) = turn.try_lock() else {
                return;
            };
            if let Err(error) = pass.run(&context).await {
                warn!(%error, "the scrub ended early");
            }
        });
    }

    fn heal<E: Spawner + Clock>(&self, context: &E, done: oneshot::Sender<()>, id: ContentId) {
        let healing = self.healing.clone();
        let is_new = healing.lock().expect("nothing panics with it").insert(id);
        if !is_new {
            return;
        }
        let pass = self.pass();
        spawn(context, "heal", done, move |context| async move {
            pass.heal(&context, id).await;
            healing.lock().expect("nothing panics with it").remove(&id);
        });
    }

    fn put(&self) -> Put<P, S> {
        Put {
            store: self.config.store.clone(),
            requests: self.requests.clone(),
            me: self.config.me.clone(),
            committee: self.config.members.committee(),
            request_timeout: self.config.request_timeout,
            timeout: self.config.put_timeout,
            tails: self.tails.clone(),
        }
    }

    fn finder(&self, mailbox: Option<Mailbox<P>>) -> Finder<P, S> {
        Finder {
            store: self.config.store.clone(),
            mailbox,
            requests: self.requests.clone(),
            peers: self.config.members.others(&self.config.me),
        }
    }

    fn pass(&self) -> Pass<P, S> {
        Pass {
            finder: self.finder(None),
            me: self.config.me.clone(),
            members: self.config.members.clone(),
            bytes_per_second: self.config.scrub_bytes_per_second,
            scrubber: self.scrubber.clone(),
        }
    }

    fn status(&self) -> VaultStatus {
        let committee = self.config.members.committee();
        let coding = Coding::over(committee.members.len());
        let done = self.scrubber.done();
        VaultStatus {
            usage: self.config.store.usage(),
            epoch: committee.epoch,
            members: committee.members.len() as u64,
            needed: coding.map_or(0, |coding| coding.needed().into()),
            scrubs: done.scrubs,
            scrubbed_at: done.scrubbed_at,
            total: done.total,
        }
    }

    /// This node's receipt and those that others give; what does not verify is left out.
    fn receipts<E: Spawner + Clock>(
        &self,
        context: &E,
        id: ContentId,
    ) -> impl Future<Output = Result<Vec<ErasureReceipt<P>>, VaultError>> + Send + use<E, P, S>
    {
        let context = context.child("receipts");
        let (requests, me) = (self.requests.clone(), self.config.me.clone());
        let peers = self.config.members.others(&me);
        let (store, signing) = (self.config.store.clone(), self.config.signing.clone());
        async move {
            let Some(signing) = signing else {
                return Ok(Vec::new());
            };
            let own = on_disk(&context, &store, move |store| store.tombstone(&id)).await?;
            let own = own.map(|tombstone| ErasureReceipt::new(me, id, tombstone));
            let ask = |peer: P| {
                let (mut requests, context) = (requests.clone(), &context);
                async move {
                    let answer = requests.ask(context, &peer, Ask::Erased { id }).await;
                    let Ok(Answer::Erased { time, signature }) = answer else {
                        return None;
                    };
                    let tombstone = Tombstone { time, signature };
                    Some(ErasureReceipt::new(peer, id, tombstone))
                }
            };
            let asked: FuturesUnordered<_> = peers.into_iter().map(ask).collect();
            let others: Vec<_> = asked.collect().await;
            let all = own.into_iter().chain(others.into_iter().flatten());
            Ok(all
                .filter(|receipt| receipt.is_signed(signing.chain_id()))
                .collect())
        }
    }
}

fn spawn<E, F>(
    context: &E,
    name: &'static str,
    done: oneshot::Sender<()>,
    work: impl FnOnce(E) -> F + Send + 'static,
) where
    E: Spawner,
    F: Future<Output = ()> + Send + 'static,
{
    context.child(name).spawn(move |context| async move {
        work(context).await;
        drop(done);
    });
}
