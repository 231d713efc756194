//! Finds out who has what of a blob.

use super::coded::{Coded, Place, Source};
use super::leaves::fetch_outline;
use super::whole::Front;
use crate::coding::{Coding, Outline};
use crate::disk::on_disk;
use crate::mailbox::Mailbox;
use crate::requests::{Requests, Silence};
use crate::serve::held;
use crate::wire::{Answer, Ask, Held};
use crate::{Store, StoreError, VaultError};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use futures::stream::{FuturesUnordered, StreamExt};
use futures::{FutureExt, pin_mut, select_biased};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use theriac_envelope::ContentId;
use tracing::{debug, warn};

/// With enough pieces to decode, so long is waited for members whose pieces need no decoding.
const GRACE: Duration = Duration::from_millis(50);

/// Where a blob's bytes are.
pub(crate) enum Found<P, S> {
    /// Here, in memory, since it is small.
    Whole(Bytes),
    /// In pieces.
    Coded(Coded<P, S>),
}

/// Looks for blobs.
pub(crate) struct Finder<P, S> {
    pub(crate) store: Store,
    /// Told of what is found damaged here; none while that is being repaired.
    pub(crate) mailbox: Option<Mailbox<P>>,
    pub(crate) requests: Requests<P, S>,
    /// The other members, and those that were.
    pub(crate) peers: Vec<P>,
}

impl<P: Clone, S: Clone> Clone for Finder<P, S> {
    fn clone(&self) -> Self {
        Self {
            store: self.store.clone(),
            mailbox: self.mailbox.clone(),
            requests: self.requests.clone(),
            peers: self.peers.clone(),
        }
    }
}

/// What this node has itself.
enum Here {
    Whole(Bytes),
    Shards(Vec<(Held, Arc<Outline>)>),
}

/// Sources of one blob in one coding.
type Group<P> = Vec<(u8, Source<P>)>;

impl<P: PublicKey, S: Sender<PublicKey = P>> Finder<P, S> {
    /// Has a damaged blob repaired.
    pub(super) fn heal(&self, id: ContentId) {
        if let Some(mailbox) = &self.mailbox {
            mailbox.heal(id);
        }
    }

    /// Looks here, then asks everybody.
    pub(crate) async fn find<E: Spawner + Clock>(
        &self,
        context: &E,
        id: ContentId,
    ) -> Result<Found<P, S>, VaultError> {
        let mut search = Search::new(id);
        match on_disk(context, &self.store, move |store| read_here(store, id)).await {
            Ok(Here::Whole(bytes)) => return Ok(Found::Whole(bytes)),
            Ok(Here::Shards(shards)) => search.note_here(shards),
            Err(VaultError::Store(error @ StoreError::Erased)) => return Err(error.into()),
            // Whatever is wrong with this disk, another member's may have it.
            Err(error) => debug!(%id, %error, "blob not readable here"),
        }
        let ask = |peer: P| {
            let mut requests = self.requests.clone();
            async move {
                let answer = requests.ask(context, &peer, Ask::Has { id }).await;
                (peer, answer)
            }
        };
        let mut asked: FuturesUnordered<_> = self.peers.iter().cloned().map(ask).collect();
        let mut front = Front::new(id);
        let mut is_last_call = false;
        loop {
            let next = asked.next().fuse();
            let grace = context.sleep(GRACE).fuse();
            pin_mut!(next, grace);
            let answer = match is_last_call {
                true => select_biased! { answer = next => answer, _ = grace => None },
                false => next.await,
            };
            let Some((peer, answer)) = answer else { break };
            if let Ok(Answer::Present) = answer
                && let Some(bytes) = front.fetch(context, &self.requests, &peer).await
            {
                self.keep(context, id, bytes.clone()).await;
                return Ok(Found::Whole(bytes));
            }
            search.note(peer, answer);
            if search.is_best() {
                break;
            }
            is_last_call = search.is_enough();
        }
        drop(asked);
        self.coded(context, search).await
    }

    /// Waits for every member's answer and gives all sources of a coding, for a reader that ran out of pieces.
    pub(super) async fn find_more<E: Spawner + Clock>(
        &self,
        context: &E,
        id: ContentId,
        coding: Coding,
    ) -> Vec<(u8, Source<P>)> {
        let mut search = Search::new(id);
        if let Ok(Here::Shards(shards)) =
            on_disk(context, &self.store, move |store| read_here(store, id)).await
        {
            search.note_here(shards);
        }
        let ask = |peer: P| {
            let mut requests = self.requests.clone();
            async move {
                let answer = requests.ask(context, &peer, Ask::Has { id }).await;
                (peer, answer)
            }
        };
        let mut asked: FuturesUnordered<_> = self.peers.iter().cloned().map(ask).collect();
        while let Some((peer, answer)) = asked.next().await {
            search.note(peer, answer);
        }
        let groups = search.groups.into_iter();
        let of_coding = groups.filter(|((group, _), _)| *group == coding);
        of_coding.flat_map(|(_, sources)| sources).collect()
    }

    /// The coding of which most pieces are there and of which someone gives leaf hashes that have the id.
    async fn coded<E: Spawner + Clock>(
        &self,
        context: &E,
        search: Search<P>,
    ) -> Result<Found<P, S>, VaultError> {
        let (id, answered) = (search.id, search.answered);
        let mut outlines = search.outlines;
        let mut groups: Vec<_> = search.groups.into_iter().collect();
        groups.sort_by_key(|((coding, _), sources)| {
            let missing = usize::from(coding.needed()).saturating_sub(indices(sources).len());
            (missing, usize::MAX - sources.len())
        });
        for ((coding, length), sources) in groups {
            if indices(&sources).len() < usize::from(coding.needed()) {
                continue;
            }
            let outline = match outlines.remove(&length) {
                Some(outline) => Some(outline),
                None => self.outline(context, id, (coding, length), &sources).await,
            };
            if let Some(outline) = outline {
                let finder = self.clone();
                return Ok(Found::Coded(Coded::new(finder, outline, coding, sources)));
            }
        }
        Err(VaultError::NotFound {
            id,
            asked: self.peers.len(),
            answered,
        })
    }

    async fn outline<E: Spawner + Clock>(
        &self,
        context: &E,
        id: ContentId,
        (coding, length): (Coding, u64),
        sources: &Group<P>,
    ) -> Option<Arc<Outline>> {
        for (index, source) in sources {
            let Place::At(peer) = &source.place else {
                continue;
            };
            let name = crate::wire::ShardName {
                coding,
                index: *index,
            };
            let held = Held {
                name,
                length,
                epoch: 0,
            };
            let outline = fetch_outline(context, &self.requests, peer, (id, held)).await;
            if let Some(outline) = outline {
                return Some(Arc::new(outline));
            }
        }
        None
    }

    async fn keep<E: Spawner>(&self, context: &E, id: ContentId, bytes: Bytes) {
        let kept = on_disk(context, &self.store, move |store| store.put(&id, &bytes)).await;
        if let Err(error) = kept {
            warn!(%id, %error, "a blob that came from another member was not kept");
        }
    }
}

fn indices<P>(sources: &Group<P>) -> BTreeSet<u8> {
    sources.iter().map(|(index, _)| *index).collect()
}

/// What is known so far.
struct Search<P> {
    id: ContentId,
    groups: BTreeMap<(Coding, u64), Group<P>>,
    /// By the blob's length; from this disk.
    outlines: BTreeMap<u64, Arc<Outline>>,
    answered: usize,
}

impl<P: PublicKey> Search<P> {
    fn new(id: ContentId) -> Self {
        Self {
            id,
            groups: BTreeMap::new(),
            outlines: BTreeMap::new(),
            answered: 0,
        }
    }

    fn note_here(&mut self, shards: Vec<(Held, Arc<Outline>)>) {
        for (held, outline) in shards {
            self.outlines.insert(held.length, outline);
            self.add(held, Place::Here);
        }
    }

    fn note(&mut self, peer: P, answer: Result<Answer, Silence>) {
        self.answered += usize::from(answer.is_ok());
        if let Ok(Answer::Shards(held)) = answer {
            for held in held {
                self.add(held, Place::At(peer.clone()));
            }
        }
    }

    fn add(&mut self, held: Held, place: Place<P>) {
        let Held { name, length, .. } = held;
        let group = self.groups.entry((name.coding, length)).or_default();
        group.push((name.index, Source::new(place)));
    }

    /// Whether nothing better can come: this node's piece is among enough, or none of them needs decoding.
    fn is_best(&self) -> bool {
        self.groups.iter().any(|((coding, _), sources)| {
            let indices = indices(sources);
            let is_here = sources
                .iter()
                .any(|(_, source)| source.place == Place::Here);
            (0..coding.needed()).all(|index| indices.contains(&index))
                || (is_here && indices.len() >= usize::from(coding.needed()))
        })
    }

    fn is_enough(&self) -> bool {
        self.groups
            .iter()
            .any(|((coding, _), sources)| indices(sources).len() >= usize::from(coding.needed()))
    }
}

fn read_here(store: &Store, id: ContentId) -> Result<Here, StoreError> {
    if store.is_erased(&id)? {
        return Err(StoreError::Erased);
    }
    if let Some(bytes) = store.get(&id)? {
        return Ok(Here::Whole(bytes));
    }
    let mut shards = Vec::new();
    for held in held(store, &id)? {
        if let Some(shard) = store.shard(&id, held.name)? {
            shards.push((held, shard.outline.clone()));
        }
    }
    Ok(Here::Shards(shards))
}
