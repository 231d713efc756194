//! Asks the ledger for many requests together: a node counts every question, and a busy counter would ask the same ones all the time.
//!
//! ```text
//! request --> waits for a turn --> one round trip for all that wait --> each has its own answer
//! ```

mod recent;

use std::{sync::Arc, time::Instant};

use parking_lot::Mutex;
use theriac_sdk::Client;
use tokio::sync::{Semaphore, oneshot};

use crate::packs::{
    Error,
    ledger::{Questions, Told},
};
use recent::Recent;

/// Round trips on their way at once; what comes meanwhile is gathered.
const TURNS: usize = 2;
/// Questions that go together; a node takes 100 in one request.
const TOGETHER: usize = 100;

/// Asks for many requests.
pub(super) struct Asker(Arc<Inner>);

struct Inner {
    client: Client,
    recent: Mutex<Recent>,
    waiting: Mutex<Vec<Waiting>>,
    turns: Arc<Semaphore>,
}

struct Waiting {
    questions: Questions,
    answer: oneshot::Sender<Told>,
}

impl Asker {
    pub(super) fn new(client: Client) -> Self {
        Self(Arc::new(Inner {
            client,
            recent: Mutex::default(),
            waiting: Mutex::default(),
            turns: Arc::new(Semaphore::new(TURNS)),
        }))
    }

    /// The answers to all questions. What is told of products and of keys that are open may be a second old, as a block may be, and of new flags a fifth of one.
    ///
    /// # Errors
    /// Those of the ledger.
    pub(super) async fn ask(&self, questions: Questions) -> Result<Told, Error> {
        let inner = &self.0;
        let (answer, mut answered) = oneshot::channel();
        let waiting = Waiting {
            questions: questions.clone(),
            answer,
        };
        inner.waiting.lock().push(waiting);
        let told = tokio::select! {
            told = &mut answered => told,
            turn = inner.turns.clone().acquire_owned() => {
                let turn = turn.expect("the semaphore is not closed");
                let group = first_that_fit(&mut inner.waiting.lock());
                let inner = inner.clone();
                // Goes on where this request is given up, since others wait for it too.
                tokio::spawn(async move {
                    inner.ask_together(group).await;
                    drop(turn);
                });
                answered.await
            }
        };
        match told {
            Ok(told) => Ok(told),
            // It failed for all: each finds out by itself why.
            Err(_) => questions.ask(&inner.client).await,
        }
    }
}

/// The first of those that wait, as many as make one round trip.
fn first_that_fit(waiting: &mut Vec<Waiting>) -> Vec<Waiting> {
    let mut questions = 0;
    let too_many = waiting.iter().position(|one| {
        questions += one.questions.count();
        questions > TOGETHER
    });
    let end = too_many.map_or(waiting.len(), |end| end.max(1));
    waiting.drain(..end).collect()
}

impl Inner {
    async fn ask_together(&self, group: Vec<Waiting>) {
        if group.is_empty() {
            return;
        }
        // What comes back is as old as the asking.
        let now = Instant::now();
        let questions = group.iter().map(|one| &one.questions);
        let (mut told, open) = self.recent.lock().split(questions, now);
        let Ok(now_told) = open.ask(&self.client).await else {
            return;
        };
        self.recent.lock().keep(&open, &now_told, now);
        told.add(now_told);
        for one in group {
            // Whoever asked may be gone.
            let _ = one.answer.send(told.only(&one.questions));
        }
    }
}
