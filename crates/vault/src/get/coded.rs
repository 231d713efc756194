//! Restores chunks from pieces. A member that gives wrong ones costs another piece, never a wrong byte.

use super::find::Finder;
use crate::VaultError;
use crate::coding::{Coding, Outline, Piece, Stripe, restore};
use crate::disk::on_disk;
use crate::requests::Silence;
use crate::wire::{Answer, Ask, Refusal, ShardName};
use crate::{Store, StoreError};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use futures::stream::{FuturesUnordered, StreamExt};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use tracing::{debug, warn};

use super::whole::{BUSY_ATTEMPTS, BUSY_PAUSE};

/// Where a shard is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place<P> {
    Here,
    At(P),
}

/// Someone who holds a shard.
#[derive(Clone, Debug)]
pub(crate) struct Source<P> {
    pub(super) place: Place<P>,
    /// Set when a piece did not come or was wrong; then it is asked last.
    failed: Arc<AtomicBool>,
}

impl<P> Source<P> {
    pub(super) fn new(place: Place<P>) -> Self {
        Self {
            place,
            failed: Arc::new(AtomicBool::new(false)),
        }
    }
}

/// A blob in pieces.
pub(crate) struct Coded<P, S> {
    finder: Finder<P, S>,
    outline: Arc<Outline>,
    coding: Coding,
    sources: Mutex<Vec<(u8, Source<P>)>>,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Coded<P, S> {
    pub(super) fn new(
        finder: Finder<P, S>,
        outline: Arc<Outline>,
        coding: Coding,
        sources: Vec<(u8, Source<P>)>,
    ) -> Self {
        Self {
            finder,
            outline,
            coding,
            sources: Mutex::new(sources),
        }
    }

    pub(crate) fn outline(&self) -> &Arc<Outline> {
        &self.outline
    }

    /// The chunk of a stripe. When pieces run out, everybody is asked once more who has any.
    ///
    /// # Errors
    /// [`VaultError::NotRestored`], [`VaultError::Store`] (erased meanwhile).
    pub(crate) async fn chunk<E: Spawner + Clock>(
        &self,
        context: &E,
        stripe: u32,
    ) -> Result<Bytes, VaultError> {
        match self.gather(context, stripe).await {
            Err(VaultError::NotRestored { .. }) => {}
            other => return other,
        }
        let id = self.outline.content().id;
        let sources = self.finder.find_more(context, id, self.coding).await;
        *self.sources() = sources;
        self.gather(context, stripe).await
    }

    async fn gather<E: Spawner + Clock>(
        &self,
        context: &E,
        stripe: u32,
    ) -> Result<Bytes, VaultError> {
        let mut untried = self.order();
        let mut asked = FuturesUnordered::new();
        let mut gathered: Vec<(Source<P>, Piece)> = Vec::new();
        let mut wanted = usize::from(self.coding.needed());
        loop {
            while asked.len() + gathered.len() < wanted {
                match untried.pop_front() {
                    Some((index, source)) => asked.push(self.piece(context, index, source, stripe)),
                    None => break,
                }
            }
            match asked.next().await {
                Some((source, Some(piece))) => gathered.push((source, piece)),
                Some((source, None)) => source.failed.store(true, Ordering::Relaxed),
                None => return Err(self.not_restored(stripe, gathered.len())),
            }
            if gathered.len() < wanted {
                continue;
            }
            if let Some(chunk) = self.restore(context, stripe, &gathered).await? {
                return Ok(chunk);
            }
            // Something among them is wrong: one more piece, as long as there are any.
            wanted = gathered.len() + 1;
        }
    }

    async fn restore<E: Spawner>(
        &self,
        context: &E,
        stripe: u32,
        gathered: &[(Source<P>, Piece)],
    ) -> Result<Option<Bytes>, VaultError> {
        let pieces: Vec<_> = gathered.iter().map(|(_, piece)| piece.clone()).collect();
        let (outline, coding) = (self.outline.clone(), self.coding);
        let is_suspect = pieces.len() > usize::from(coding.needed());
        let work = move |_: &Store| {
            let Some(chunk) = restore(&outline, (coding, stripe), &pieces) else {
                return Ok(None);
            };
            let id = outline.content().id;
            let truth = is_suspect.then(|| Stripe::of(&id, coding, stripe, &chunk));
            Ok(Some((chunk, truth)))
        };
        let Some((chunk, truth)) = on_disk(context, &self.finder.store, work).await? else {
            return Ok(None);
        };
        if let Some(truth) = truth {
            self.blame(stripe, gathered, &truth);
        }
        Ok(Some(chunk))
    }

    /// Says who gave a wrong piece, which only the coded content itself can tell.
    fn blame(&self, stripe: u32, gathered: &[(Source<P>, Piece)], truth: &Stripe) {
        let id = self.outline.content().id;
        for (source, piece) in gathered {
            if truth.pieces.get(usize::from(piece.index)) == Some(&piece.bytes) {
                continue;
            }
            source.failed.store(true, Ordering::Relaxed);
            match &source.place {
                Place::At(peer) => {
                    warn!(?peer, %id, stripe, "a member gave a piece that is not the blob's");
                }
                Place::Here => {
                    warn!(%id, stripe, "this node holds a piece that is not the blob's");
                    self.finder.heal(id);
                }
            }
        }
    }

    async fn piece<E: Spawner + Clock>(
        &self,
        context: &E,
        index: u8,
        source: Source<P>,
        stripe: u32,
    ) -> (Source<P>, Option<Piece>) {
        let coding = self.coding;
        let shard = ShardName { coding, index };
        let piece = match &source.place {
            Place::Here => self.piece_here(context, shard, stripe).await,
            Place::At(peer) => self.piece_at(context, peer, shard, stripe).await,
        };
        let piece = piece.filter(|piece| piece.index == index);
        (source, piece)
    }

    async fn piece_here<E: Spawner>(
        &self,
        context: &E,
        shard: ShardName,
        stripe: u32,
    ) -> Option<Piece> {
        let id = self.outline.content().id;
        let read = move |store: &Store| store.piece(&id, shard, stripe);
        match on_disk(context, &self.finder.store, read).await {
            Ok(piece) => piece,
            Err(error) => {
                debug!(%id, stripe, %error, "piece not readable here");
                if matches!(error, VaultError::Store(StoreError::Damaged)) {
                    self.finder.heal(id);
                }
                None
            }
        }
    }

    async fn piece_at(
        &self,
        context: &impl Clock,
        peer: &P,
        shard: ShardName,
        stripe: u32,
    ) -> Option<Piece> {
        let id = self.outline.content().id;
        let mut requests = self.finder.requests.clone();
        for _ in 0..BUSY_ATTEMPTS {
            let ask = Ask::Piece { id, shard, stripe };
            match requests.ask(context, peer, ask).await {
                Ok(Answer::Piece(piece)) => return Some(piece),
                Ok(Answer::Refused(Refusal::Busy)) => context.sleep(BUSY_PAUSE).await,
                Ok(_) | Err(Silence) => return None,
            }
        }
        None
    }

    /// Sources in the order in which they are asked: those that did not fail, this node, pieces that need no decoding.
    /// Decoding costs less than a piece's way through the network.
    fn order(&self) -> VecDeque<(u8, Source<P>)> {
        let mut sources = self.sources().clone();
        sources.sort_by_key(|(index, source)| {
            let failed = source.failed.load(Ordering::Relaxed);
            let is_parity = *index >= self.coding.needed();
            (failed, source.place != Place::Here, is_parity, *index)
        });
        sources.into()
    }

    fn not_restored(&self, stripe: u32, got: usize) -> VaultError {
        VaultError::NotRestored {
            id: self.outline.content().id,
            stripe,
            got,
            needed: self.coding.needed().into(),
        }
    }

    fn sources(&self) -> MutexGuard<'_, Vec<(u8, Source<P>)>> {
        self.sources
            .lock()
            .expect("nothing panics while it looks up a source")
    }
}
