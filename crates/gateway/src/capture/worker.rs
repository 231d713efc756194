//! Stores spooled documents one after the other, and goes on where it was broken off.

use super::{
    Failure, Spool,
    batches::{Step, read_batches},
};
use crate::{
    clock,
    repository::{Batch, Behaviour, Capture, CaptureState, OnDuplicate, Repository, StorageError},
    stop::Stop,
};
use std::{sync::Arc, time::Duration};
use theriac_standards::epcis::Limits;
use tokio::sync::{Notify, mpsc};

/// Failures that are kept of one document.
const MOST_FAILURES: usize = 1_000;
/// Events taken out at once when a document is rejected.
const REMOVED_AT_ONCE: usize = 1_000;

/// Stores spooled documents.
pub(crate) struct Worker {
    pub(crate) repository: Arc<Repository>,
    pub(crate) spool: Spool,
    pub(crate) limits: Limits,
    /// Rung when a document was acknowledged.
    pub(crate) bell: Arc<Notify>,
    pub(crate) stop: Stop,
}

impl Worker {
    /// Works until it is stopped. What it has not done then it does after the next start.
    pub(crate) async fn run(mut self) {
        let mut pause = Duration::from_secs(1);
        loop {
            let rung = self.bell.clone();
            let rung = rung.notified();
            // Not broken off, so that nothing is half written when it is stopped.
            let wait = match self.work().await {
                Ok(()) => {
                    pause = Duration::from_secs(1);
                    None
                }
                Err(error) => {
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(error, "a document could not be stored; it is tried again");
                    pause = (pause * 2).min(Duration::from_secs(60));
                    Some(pause)
                }
            };
            tokio::select! {
                () = rung, if wait.is_none() => {}
                () = tokio::time::sleep(wait.unwrap_or_default()), if wait.is_some() => {}
                () = self.stop.requested() => return,
            }
        }
    }

    async fn work(&self) -> Result<(), StorageError> {
        loop {
            let open = self.repository.open_captures().await?;
            if open.is_empty() {
                return Ok(());
            }
            for capture in open {
                if !self.finish(&capture).await? {
                    return Ok(());
                }
                self.spool.remove(&capture.id).await;
                tracing::info!(capture = %capture.id, "a document was stored or rejected");
            }
        }
    }

    /// False where it was stopped before it was done.
    async fn finish(&self, capture: &Capture) -> Result<bool, StorageError> {
        match capture.state {
            CaptureState::Finished => Ok(true),
            CaptureState::Rejecting => self.reject(capture).await,
            CaptureState::Waiting | CaptureState::Storing => {
                if capture.state == CaptureState::Waiting {
                    let moved = CaptureState::Storing;
                    self.repository.move_capture(capture.number, moved).await?;
                }
                let Some(failures) = self.store(capture).await? else {
                    return Ok(false);
                };
                if failures.is_empty() {
                    let repository = &self.repository;
                    repository.publish(capture.number, clock::now()).await?;
                    return Ok(true);
                }
                self.repository
                    .begin_rejecting(capture.number, &failures)
                    .await?;
                self.reject(capture).await
            }
        }
    }

    /// False where it was stopped before all of it was out again.
    async fn reject(&self, capture: &Capture) -> Result<bool, StorageError> {
        let number = capture.number;
        while self.repository.remove(number, REMOVED_AT_ONCE).await? > 0 {
            if self.stop.is_requested() {
                return Ok(false);
            }
        }
        self.repository.reject_capture(number, clock::now()).await?;
        Ok(true)
    }

    /// Stores the events of a document that are not stored yet. Gives why all of it is to be rejected, if it is; `None` where it
    /// was stopped.
    async fn store(&self, capture: &Capture) -> Result<Option<Vec<(u64, Failure)>>, StorageError> {
        let (sender, mut steps) = mpsc::channel(1);
        let path = self.spool.path(&capture.id);
        let (form, limits, position) = (capture.form, self.limits, capture.position);
        let reading = tokio::task::spawn_blocking(move || {
            read_batches(&path, (form, limits), position, |step| {
                sender.blocking_send(step).is_ok()
            });
        });
        let mut rejected = Vec::new();
        let mut kept = 0;
        while let Some(step) = steps.recv().await {
            if self.stop.is_requested() {
                return Ok(None);
            }
            match step {
                Step::Places(places) => self.repository.add_places(&places).await?,
                Step::Events(mut prepared) => {
                    if capture.behaviour == Behaviour::Rollback {
                        rejected.append(&mut prepared.failures);
                        rejected.truncate(MOST_FAILURES);
                        if !rejected.is_empty() {
                            continue;
                        }
                    }
                    prepared.failures.truncate(MOST_FAILURES - kept);
                    kept += prepared.failures.len();
                    let batch = Batch {
                        capture: capture.number,
                        entries: prepared.entries,
                        failures: prepared.failures,
                        position: prepared.position,
                        on_duplicate: match capture.behaviour {
                            Behaviour::Rollback => OnDuplicate::Refuse,
                            Behaviour::Proceed => OnDuplicate::Skip,
                        },
                    };
                    let twice = self.repository.store(batch).await?;
                    if capture.behaviour == Behaviour::Rollback {
                        let twice = twice.into_iter().take(MOST_FAILURES);
                        rejected.extend(twice.map(|at| (at, Failure::duplicate(at))));
                    }
                }
            }
        }
        reading.await.map_err(|_| StorageError::BrokenOff)?;
        Ok(Some(rejected))
    }
}
