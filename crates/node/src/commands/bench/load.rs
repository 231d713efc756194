//! Sends batches at a pace, and waits until what they carry is final.

use super::{
    batch::Batch,
    door::{Answer, Door},
    observer::Observer,
    phase::Phase,
};
use alloy_primitives::B256;
use parking_lot::Mutex;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// How long the last transactions may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// After so long without progress, what is not final is sent once more.
const STANDSTILL: Duration = Duration::from_secs(6);
const PAUSE: Duration = Duration::from_millis(1);

/// When the next batch is sent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pace {
    /// Open loop: this many transactions per second, whatever became of the earlier ones.
    Rate(f64),
    /// Closed loop: at most this many that are not final yet, and one batch at a time on its way to a server.
    Window(usize),
}

type Errors = Arc<Mutex<BTreeMap<String, usize>>>;

/// Sends all batches and returns when their transactions are final or patience ends.
///
/// # Errors
/// Where the observed server does not answer.
pub(super) async fn drive(
    doors: &[Door],
    observed: &Door,
    batches: &[Batch],
    pace: Pace,
) -> anyhow::Result<Phase> {
    let observer = Observer::start(observed.clone()).await?;
    let errors = Errors::default();
    let lanes: Vec<_> = doors.iter().map(|door| lane(door, &errors)).collect();
    let mut intended: HashMap<B256, Instant> = HashMap::new();
    let begun = Instant::now();
    for batch in batches {
        let due = match pace {
            Pace::Rate(rate) => {
                let due = begun + Duration::from_secs_f64(intended.len() as f64 / rate);
                tokio::time::sleep_until(due.into()).await;
                due
            }
            Pace::Window(window) => {
                let waiting = Instant::now();
                while intended.len() >= observer.count() + window && waiting.elapsed() < STANDSTILL
                {
                    tokio::time::sleep(PAUSE).await;
                }
                Instant::now()
            }
        };
        intended.extend(batch.hashes.iter().map(|hash| (*hash, due)));
        match pace {
            Pace::Rate(_) => drop(tokio::spawn(post(
                doors[batch.door].clone(),
                batch.clone(),
                errors.clone(),
            ))),
            Pace::Window(_) => lanes[batch.door]
                .send(batch.clone())
                .expect("a lane ends with its sender"),
        }
    }
    settle(doors, batches, &observer).await;
    let seen = observer.seen.lock();
    Ok(Phase::new(&intended, &seen, errors.lock().clone()))
}

/// Sends batches one after the other, so that an author's transactions arrive in order.
fn lane(door: &Door, errors: &Errors) -> UnboundedSender<Batch> {
    let (sender, mut receiver) = unbounded_channel();
    let (door, errors) = (door.clone(), errors.clone());
    tokio::spawn(async move {
        while let Some(batch) = receiver.recv().await {
            post(door.clone(), batch, errors.clone()).await;
        }
    });
    sender
}

async fn post(door: Door, batch: Batch, errors: Errors) {
    let told = match door.post::<Vec<Answer>>(batch.body).await {
        Ok(answers) => answers
            .into_iter()
            .filter_map(|answer| answer.error)
            .map(|error| (format!("{} ({})", error.message, error.code), 1))
            .collect(),
        Err(error) => vec![(format!("{error:#}"), batch.hashes.len())],
    };
    for (error, count) in told {
        *errors.lock().entry(error).or_default() += count;
    }
}

/// Waits for the rest. Errors of what is sent a second time are not counted: most of it is known already.
async fn settle(doors: &[Door], batches: &[Batch], observer: &Observer) {
    let wanted: usize = batches.iter().map(|batch| batch.hashes.len()).sum();
    let begun = Instant::now();
    let mut progress = (observer.count(), Instant::now());
    while observer.count() < wanted && begun.elapsed() < PATIENCE {
        tokio::time::sleep(PAUSE).await;
        if observer.count() > progress.0 {
            progress = (observer.count(), Instant::now());
        } else if progress.1.elapsed() > STANDSTILL {
            progress.1 = Instant::now();
            let is_open = |batch: &&Batch| {
                let seen = observer.seen.lock();
                batch.hashes.iter().any(|hash| !seen.at.contains_key(hash))
            };
            for batch in batches.iter().filter(is_open) {
                let door = doors[batch.door].clone();
                tokio::spawn(post(door, batch.clone(), Errors::default()));
            }
        }
    }
}
