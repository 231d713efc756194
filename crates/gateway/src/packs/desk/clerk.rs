//! Gathers exits into entries of many packs, and sends them: while one is on its way the next one gathers.
//!
//! An entry costs the network about as much with one pack as with many, so that what is not full waits for the one before it. That
//! is also soonest final, since nothing gathers while nothing is on its way.

use std::{collections::VecDeque, sync::Arc};

use theriac_contracts::codes::ExitKind;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::{JoinError, JoinSet},
    time::{Instant, MissedTickBehavior, interval, sleep_until},
};

use super::{
    RequestKey, Shared,
    link::is_passing,
    settle::{Unsettled, put_and_settle, settle_again},
};
use crate::packs::{Error, label::Label};

/// Orders that wait for the clerk; whoever brings more waits in line.
pub(super) const WAITING: usize = 4_096;
/// Packs of one entry: what the ledger takes.
pub(super) const TOGETHER: usize = 64;

/// What is to be done with a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Leave(ExitKind),
    Undo,
}

impl Act {
    /// As the book keeps it: a code of `ExitKind`, 0 for undoing.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Leave(kind) => kind.code(),
            Self::Undo => 0,
        }
    }
}

/// What became of an order.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is final.
    Entered,
    /// It is in the book, and waits for a node.
    Queued,
    /// The book has this request already.
    Repeated,
}

/// An order to let a pack leave, or come back.
pub(super) struct Order {
    pub(super) label: Label,
    pub(super) act: Act,
    pub(super) key: RequestKey,
    pub(super) time_ms: u64,
    pub(super) answer: oneshot::Sender<Result<Outcome, Error>>,
}

impl Order {
    pub(super) fn tell(self, outcome: Result<Outcome, Error>) {
        // Whoever asked may be gone; the book has what became of it.
        let _ = self.answer.send(outcome);
    }
}

struct Clerk {
    shared: Arc<Shared>,
    orders: VecDeque<Order>,
    out: JoinSet<Vec<Unsettled>>,
    /// Numbers of entries in the book that nobody sends.
    loose: Vec<i64>,
    /// The same, in portions that are to be sent now.
    due: VecDeque<Vec<i64>>,
    /// Whether the last portion was of the due ones.
    was_due: bool,
    /// When orders were sent last.
    sent_at: Instant,
}

/// Works until it is told to stop; then what is on its way is waited for.
pub(super) async fn run(
    shared: Arc<Shared>,
    mut orders: mpsc::Receiver<Order>,
    mut stop: watch::Receiver<bool>,
) {
    let mut ticks = interval(shared.settings.pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut clerk = Clerk::begin(shared).await;
    loop {
        let (gathers, gathered_at) = (clerk.gathers(), clerk.gathered_at());
        tokio::select! {
            order = orders.recv() => match order {
                Some(order) => clerk.orders.push_back(order),
                None => break,
            },
            Some(sent) = clerk.out.join_next() => clerk.sent(sent),
            () = sleep_until(gathered_at), if gathers => {}
            _ = ticks.tick() => clerk.look_after(),
            // An error is that the desk was dropped, which ends it too.
            _ = stop.wait_for(|stop| *stop) => break,
        }
        while let Ok(order) = orders.try_recv() {
            clerk.orders.push_back(order);
        }
        clerk.send();
    }
    orders.close();
    while let Ok(order) = orders.try_recv() {
        clerk.orders.push_back(order);
    }
    clerk.finish().await;
}

impl Clerk {
    /// With what waited in the book before.
    async fn begin(shared: Arc<Shared>) -> Self {
        let waiting = shared.writer.run(|partner| partner.book.waiting()).await;
        let loose = waiting.unwrap_or_else(|error| {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "what waits in the book cannot be read"
            );
            Vec::new()
        });
        Self {
            shared,
            orders: VecDeque::new(),
            out: JoinSet::new(),
            loose: loose.iter().map(|waiting| waiting.number).collect(),
            due: VecDeque::new(),
            was_due: false,
            sent_at: Instant::now(),
        }
    }

    /// Whether orders wait only until they have gathered long enough.
    fn gathers(&self) -> bool {
        !self.orders.is_empty() && self.has_room()
    }

    /// When they have.
    fn gathered_at(&self) -> Instant {
        self.sent_at + self.shared.settings.gather
    }

    /// Whether one more entry may be on its way.
    fn has_room(&self) -> bool {
        self.out.len() < self.shared.settings.in_flight.max(1)
    }

    /// Whether orders are to be sent now: a full entry, or what there is where nothing, or nothing of late, is on its way.
    fn is_ready(&self) -> bool {
        let is_full = self.orders.len() >= TOGETHER;
        is_full || self.out.is_empty() || Instant::now() >= self.gathered_at()
    }

    /// Sends while there is something, and fewer entries are on their way than may be. New ones and those that wait take turns.
    fn send(&mut self) {
        while self.has_room() {
            let shared = self.shared.clone();
            let is_due = self.orders.is_empty() || !self.was_due;
            if let Some(numbers) = is_due.then(|| self.due.pop_front()).flatten() {
                self.was_due = true;
                self.out
                    .spawn(async move { settle_again(&shared, numbers).await });
                continue;
            }
            self.was_due = false;
            if !self.is_ready() {
                return;
            }
            let Some(orders) = self.gather() else {
                return;
            };
            self.sent_at = Instant::now();
            self.out
                .spawn(async move { put_and_settle(&shared, orders).await });
        }
    }

    /// Orders that can be one entry.
    fn gather(&mut self) -> Option<Vec<Order>> {
        let first = self.orders.pop_front()?;
        let act = first.act;
        let mut together = vec![first];
        let most = match act {
            Act::Leave(_) => TOGETHER,
            Act::Undo => 1,
        };
        let mut others = VecDeque::with_capacity(self.orders.len());
        for order in self.orders.drain(..) {
            match order.act == act && together.len() < most {
                true => together.push(order),
                false => others.push_back(order),
            }
        }
        self.orders = others;
        Some(together)
    }

    fn sent(&mut self, sent: Result<Vec<Unsettled>, JoinError>) {
        let unsettled = sent.unwrap_or_else(|error| {
            tracing::error!(%error, "an entry ended early; it is settled after the next start");
            Vec::new()
        });
        for Unsettled { number, error } in unsettled {
            self.loose.push(number);
            match &error {
                Error::Waits => {}
                error if is_passing(error) => self.shared.link.set(false),
                error => tracing::warn!(number, %error, "an entry waits"),
            }
        }
    }

    /// Has what waits in the book sent, where a node answers.
    fn look_after(&mut self) {
        if self.shared.link.is_up() && self.due.is_empty() {
            self.loose.sort_unstable();
            let portions = self.loose.chunks(TOGETHER).map(<[i64]>::to_vec);
            self.due.extend(portions);
            self.loose.clear();
        }
    }

    async fn finish(mut self) {
        for order in std::mem::take(&mut self.orders) {
            order.tell(Err(Error::Closing));
        }
        while let Some(sent) = self.out.join_next().await {
            self.sent(sent);
        }
    }
}
