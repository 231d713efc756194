//! One scrub, and the task that does one now and then.

use super::check::{check_shard, check_whole};
use super::drop_moved::is_held;
use super::inventory::{Claims, inventory};
use super::metrics::Counters;
use super::report::ScrubReport;
use crate::coding::Coding;
use crate::disk::on_disk;
use crate::get::{Finder, Found};
use crate::pace::Pace;
use crate::put::placement;
use crate::repair::{Repair, Repaired};
use crate::wire::ShardName;
use crate::{Committee, Members, Store, VaultError};
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::UNIX_EPOCH;
use theriac_envelope::ContentId;
use tracing::{debug, info};

/// What scrubs did since the start. Clones share it.
#[derive(Clone)]
pub(crate) struct Scrubber {
    done: Arc<Mutex<Done>>,
    counters: Arc<Counters>,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Done {
    pub(crate) scrubs: u64,
    pub(crate) scrubbed_at: u64,
    pub(crate) total: ScrubReport,
}

impl Scrubber {
    pub(crate) fn new(counters: Counters) -> Self {
        Self {
            done: Arc::default(),
            counters: Arc::new(counters),
        }
    }

    pub(crate) fn done(&self) -> Done {
        *self.lock()
    }

    /// Counts what was done outside of a scrub.
    pub(crate) fn count(&self, report: &ScrubReport) {
        self.counters.add(report);
        self.lock().total.add(report);
    }

    fn ended(&self, context: &impl Clock, report: &ScrubReport) {
        self.count(report);
        let now = context.current().duration_since(UNIX_EPOCH);
        let mut done = self.lock();
        done.scrubs += 1;
        done.scrubbed_at = now.unwrap_or_default().as_secs();
    }

    fn lock(&self) -> MutexGuard<'_, Done> {
        self.done.lock().expect("nothing panics while it counts")
    }
}

/// One scrub.
pub(crate) struct Pass<P, S> {
    pub(crate) finder: Finder<P, S>,
    pub(crate) me: P,
    pub(crate) members: Members<P>,
    pub(crate) bytes_per_second: u64,
    pub(crate) scrubber: Scrubber,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Pass<P, S> {
    /// Checks, repairs, drops.
    ///
    /// # Errors
    /// [`VaultError::Store`] where the disk cannot be listed; what concerns one blob is counted instead.
    pub(crate) async fn run<E: Spawner + Clock>(
        self,
        context: &E,
    ) -> Result<ScrubReport, VaultError> {
        let mut pace = Pace::new(self.bytes_per_second);
        let mut report = ScrubReport::default();
        let damaged = self.check(context, &mut pace, &mut report).await?;
        let requests = &self.finder.requests;
        let claims = inventory(context, requests, &self.finder.peers).await;
        self.repair_all(context, (&damaged, &claims), &mut pace, &mut report)
            .await?;
        self.drop_moved(context, &mut report).await?;
        self.scrubber.ended(context, &report);
        info!(?report, "scrubbed");
        Ok(report)
    }

    /// Repairs one blob that was found damaged while it was read.
    pub(crate) async fn heal<E: Spawner + Clock>(self, context: &E, id: ContentId) {
        let mut report = ScrubReport {
            damaged: 1,
            ..ScrubReport::default()
        };
        let mut pace = Pace::new(self.bytes_per_second);
        self.repair(context, id, &mut pace, &mut report).await;
        self.scrubber.count(&report);
    }

    /// Reads all that is here; returns what is damaged.
    async fn check<E: Spawner + Clock>(
        &self,
        context: &E,
        pace: &mut Pace,
        report: &mut ScrubReport,
    ) -> Result<BTreeSet<ContentId>, VaultError> {
        let store = &self.finder.store;
        let mut damaged = BTreeSet::new();
        for (id, bytes) in on_disk(context, store, |store| store.list()).await? {
            let is_intact = check_whole(context, (store, pace), (id, bytes)).await;
            if !is_intact.unwrap_or(false) {
                damaged.insert(id);
                report.damaged += 1;
            }
            report.checked += 1;
            report.checked_bytes += bytes;
        }
        for (id, name, bytes) in on_disk(context, store, |store| store.list_shards()).await? {
            match check_shard(context, (store, pace), (id, name)).await {
                Ok(Some(stripes)) if stripes.is_empty() => {}
                Ok(_) | Err(_) => {
                    damaged.insert(id);
                    report.damaged += 1;
                }
            }
            report.checked += 1;
            report.checked_bytes += bytes;
        }
        Ok(damaged)
    }

    async fn repair_all<E: Spawner + Clock>(
        &self,
        context: &E,
        (damaged, claims): (&BTreeSet<ContentId>, &BTreeMap<ContentId, Claims>),
        pace: &mut Pace,
        report: &mut ScrubReport,
    ) -> Result<(), VaultError> {
        for id in damaged {
            self.repair(context, *id, pace, report).await;
        }
        let own = on_disk(context, &self.finder.store, |store| store.list_shards()).await?;
        let own = own.into_iter().map(|(id, _, _)| {
            (
                id,
                Claims {
                    whole: 0,
                    shards: 1,
                },
            )
        });
        let claims: BTreeMap<_, _> = own.chain(claims.clone()).collect();
        for (id, claims) in claims {
            if !damaged.contains(&id) && self.is_missing(context, id, claims).await? {
                report.missing += 1;
                self.repair(context, id, pace, report).await;
            }
        }
        Ok(())
    }

    /// Whether this node should have the blob or a shard of it, and does not. A small blob is believed in when more members have it
    /// than may lie; a larger one proves itself when it is restored.
    async fn is_missing<E: Spawner>(
        &self,
        context: &E,
        id: ContentId,
        claims: Claims,
    ) -> Result<bool, VaultError> {
        let committee = self.members.committee();
        let Some(shard) = self.shard(&committee) else {
            return Ok(false);
        };
        let look = move |store: &Store| {
            let is_done = store.is_erased(&id)? || store.has(&id)?;
            Ok(is_done || store.shards_of(&id)?.contains(&shard))
        };
        if on_disk(context, &self.finder.store, look).await? {
            return Ok(false);
        }
        let faulty = (committee.members.len() - 1) / 3;
        Ok(claims.shards > 0 || claims.whole > faulty)
    }

    async fn repair<E: Spawner + Clock>(
        &self,
        context: &E,
        id: ContentId,
        pace: &mut Pace,
        report: &mut ScrubReport,
    ) {
        let committee = self.members.committee();
        let repaired = match self.shard(&committee) {
            Some(shard) => {
                let finder = self.finder.clone();
                let repair = Repair {
                    finder,
                    id,
                    shard,
                    placement: placement(&committee),
                };
                repair.run(context, pace).await
            }
            // A former member holds what it held; a small blob is kept when it is found.
            None => match self.finder.find(context, id).await {
                Ok(Found::Whole(_)) => Ok(Repaired::Whole),
                Ok(Found::Coded(_)) => return,
                Err(error) => Err(error),
            },
        };
        match repaired {
            Ok(repaired) => {
                report.repaired += 1;
                if let Repaired::Shard { restored_bytes } = repaired {
                    report.restored_bytes += restored_bytes;
                }
            }
            Err(error) => {
                debug!(%id, %error, "not repaired");
                report.failed += 1;
            }
        }
    }

    /// Drops shards of earlier committees that the present one does not need.
    async fn drop_moved<E: Spawner + Clock>(
        &self,
        context: &E,
        report: &mut ScrubReport,
    ) -> Result<(), VaultError> {
        let store = &self.finder.store;
        let committee = self.members.committee();
        let due = self.shard(&committee);
        let shards = on_disk(context, store, |store| store.list_shards()).await?;
        let here: BTreeSet<_> = shards.iter().map(|(id, name, _)| (*id, *name)).collect();
        for (id, name) in here.iter().filter(|(_, name)| Some(*name) != due).copied() {
            let is_here = due.is_some_and(|due| here.contains(&(id, due)));
            let whose = (&*committee, &self.me, is_here);
            if is_held(context, &self.finder.requests, whose, id).await {
                let removed = on_disk(context, store, move |store| store.remove_shard(&id, name));
                report.moved += u64::from(removed.await?);
            }
        }
        Ok(())
    }

    /// The shard that this node should have of every blob.
    fn shard(&self, committee: &Committee<P>) -> Option<ShardName> {
        let coding = Coding::over(committee.members.len())?;
        let index = committee
            .members
            .iter()
            .position(|member| *member == self.me)?;
        let index = u8::try_from(index).ok()?;
        Some(ShardName { coding, index })
    }
}
