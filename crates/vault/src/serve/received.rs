//! What members are sending, and how much of their share is used up.

use crate::store::{ShardUpload, Upload};
use crate::wire::{Refusal, ShardName};
use commonware_cryptography::PublicKey;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use theriac_envelope::ContentId;

const HOUR: Duration = Duration::from_secs(3_600);
/// An upload of which nothing came for so long is forgotten.
const UPLOAD_IDLE: Duration = Duration::from_secs(120);

/// A shard being received; pieces of it may be written at the same time, one waiting for the other.
pub(super) type Receiving = Arc<Mutex<Option<ShardUpload>>>;

pub(super) struct Received<P> {
    uploads_per_member: usize,
    bytes_per_hour: u64,
    uploads: BTreeMap<(P, ContentId), Slot>,
    shards: BTreeMap<(P, ContentId, ShardName), (Receiving, SystemTime)>,
    /// The hour's beginning and the bytes taken in it.
    shares: BTreeMap<P, (SystemTime, u64)>,
}

/// An upload between two chunks, or the mark that a chunk is being written.
struct Slot {
    upload: Option<Upload>,
    touched: SystemTime,
}

impl<P: PublicKey> Received<P> {
    pub(super) fn new(uploads_per_member: usize, bytes_per_hour: u64) -> Self {
        Self {
            uploads_per_member,
            bytes_per_hour,
            uploads: BTreeMap::new(),
            shards: BTreeMap::new(),
            shares: BTreeMap::new(),
        }
    }

    /// Takes the upload that a chunk belongs to out of the table and leaves a mark; `None` where it must begin.
    pub(super) fn take(
        &mut self,
        (peer, id): (&P, ContentId),
        index: u32,
        now: SystemTime,
    ) -> Result<Option<Upload>, Refusal> {
        self.tidy(now);
        self.check_share(peer)?;
        let count = self.count(peer);
        let key = (peer.clone(), id);
        let upload = match self.uploads.get_mut(&key) {
            Some(Slot { upload: None, .. }) => return Err(Refusal::Busy),
            Some(slot) => slot.upload.take(),
            None if index > 0 => return Err(Refusal::OutOfOrder),
            None if count >= self.uploads_per_member => return Err(Refusal::Busy),
            None => None,
        };
        let touched = now;
        let upload_mark = Slot {
            upload: None,
            touched,
        };
        self.uploads.insert(key, upload_mark);
        Ok(upload)
    }

    pub(super) fn give_back(
        &mut self,
        key: (P, ContentId),
        upload: Option<Upload>,
        touched: SystemTime,
    ) {
        match upload {
            Some(_) => self.uploads.insert(key, Slot { upload, touched }),
            None => self.uploads.remove(&key),
        };
    }

    /// The shard that a peer is sending; `None` where it is sending none of that name.
    pub(super) fn shard(
        &mut self,
        (peer, id, shard): (&P, ContentId, ShardName),
        now: SystemTime,
    ) -> Result<Option<Receiving>, Refusal> {
        self.tidy(now);
        self.check_share(peer)?;
        let slot = self.shards.get_mut(&(peer.clone(), id, shard));
        Ok(slot.map(|(receiving, touched)| {
            *touched = now;
            receiving.clone()
        }))
    }

    /// Notes a shard that a peer begins to send; one that another piece of it began meanwhile stays.
    pub(super) fn begin(
        &mut self,
        (peer, id, shard): (&P, ContentId, ShardName),
        upload: ShardUpload,
        now: SystemTime,
    ) -> Result<Receiving, Refusal> {
        let key = (peer.clone(), id, shard);
        if let Some((receiving, _)) = self.shards.get(&key) {
            return Ok(receiving.clone());
        }
        if self.count(peer) >= self.uploads_per_member {
            return Err(Refusal::Busy);
        }
        let receiving = Arc::new(Mutex::new(Some(upload)));
        self.shards.insert(key, (receiving.clone(), now));
        Ok(receiving)
    }

    pub(super) fn forget(&mut self, peer: &P, (id, shard): (ContentId, ShardName)) {
        self.shards.remove(&(peer.clone(), id, shard));
    }

    pub(super) fn took(&mut self, peer: P, bytes: usize, now: SystemTime) {
        self.shares.entry(peer).or_insert((now, 0)).1 += bytes as u64;
    }

    fn tidy(&mut self, now: SystemTime) {
        let age = |since: SystemTime| now.duration_since(since).unwrap_or_default();
        self.uploads
            .retain(|_, slot| slot.upload.is_none() || age(slot.touched) < UPLOAD_IDLE);
        self.shards
            .retain(|_, (_, touched)| age(*touched) < UPLOAD_IDLE);
        self.shares.retain(|_, (since, _)| age(*since) < HOUR);
    }

    fn check_share(&self, peer: &P) -> Result<(), Refusal> {
        match self.shares.get(peer) {
            Some((_, bytes)) if *bytes >= self.bytes_per_hour => Err(Refusal::OverQuota),
            Some(_) | None => Ok(()),
        }
    }

    fn count(&self, peer: &P) -> usize {
        let whole = self.uploads.keys();
        let whole = whole.filter(|(uploader, _)| uploader == peer).count();
        let shards = self.shards.keys();
        whole + shards.filter(|(uploader, _, _)| uploader == peer).count()
    }
}
