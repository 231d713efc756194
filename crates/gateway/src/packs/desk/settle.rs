//! Orders come into the book, go to the ledger, and are answered when they are final.

use std::collections::BTreeMap;

use alloy_primitives::B256;

use super::{
    Shared,
    clerk::{Order, Outcome, TOGETHER},
    put::put,
    sending::Sending,
};
use crate::packs::{
    Error, Partner,
    book::{Collided, Entry, Waiting, WaitingState},
    why_left,
};

/// An entry that is not settled, and waits in the book.
pub(super) struct Unsettled {
    pub(super) number: i64,
    pub(super) error: Error,
}

/// An entry on its way, with those who wait for it.
pub(super) struct Job {
    pub(super) waiting: Waiting,
    pub(super) sending: Sending,
    pub(super) orders: BTreeMap<B256, Order>,
}

/// Puts orders of one kind into the book, sends them where a node answers, and tells each what became of it.
pub(super) async fn put_and_settle(shared: &Shared, orders: Vec<Order>) -> Vec<Unsettled> {
    let is_up = shared.link.is_up();
    let put = shared
        .writer
        .run(move |partner| put(partner, orders, is_up));
    let Some(job) = put.await else {
        return Vec::new();
    };
    if is_up {
        return settle(shared, job).await;
    }
    let number = job.waiting.number;
    tell_all(job.orders, || Ok(Outcome::Queued));
    vec![Unsettled {
        number,
        error: Error::Waits,
    }]
}

/// Sends an entry and marks what became of it; where it is refused as a whole, its halves.
async fn settle(shared: &Shared, job: Job) -> Vec<Unsettled> {
    let mut jobs = vec![job];
    let mut unsettled = Vec::new();
    while let Some(job) = jobs.pop() {
        let number = job.waiting.number;
        match send(shared, &job).await {
            Ok(()) => unsettled.extend(complete(shared, job).await),
            Err(error) if error.ledger_refusal().is_some() => {
                match refused(shared, job, error).await {
                    Ok(halves) => jobs.extend(halves),
                    Err(error) => unsettled.push(Unsettled { number, error }),
                }
            }
            Err(error) => {
                tell_all(job.orders, || Ok(Outcome::Queued));
                unsettled.push(Unsettled { number, error });
            }
        }
    }
    unsettled
}

async fn send(shared: &Shared, job: &Job) -> Result<(), Error> {
    let (client, account) = (&shared.client, shared.account);
    let was_tried = job.waiting.state == WaitingState::Tried;
    if was_tried && job.sending.is_entered(client, account).await? {
        return Ok(());
    }
    match job.sending.clone().enter(client).await {
        // An earlier sending of it may have become final in the meantime.
        Err(error) if error.ledger_refusal().is_some() => {
            match was_tried && job.sending.is_entered(client, account).await? {
                true => Ok(()),
                false => Err(error),
            }
        }
        sent => sent,
    }
}

async fn complete(shared: &Shared, job: Job) -> Option<Unsettled> {
    let (number, waiting) = (job.waiting.number, job.waiting);
    let completed = shared
        .writer
        .run(move |partner| partner.book.complete(&waiting));
    match completed.await {
        Ok(()) => {
            tell_all(job.orders, || Ok(Outcome::Entered));
            shared.link.tell_settled();
            None
        }
        Err(error) => {
            tell_all(job.orders, || Err(Error::BookFailed));
            let error = error.into();
            Some(Unsettled { number, error })
        }
    }
}

/// The halves of an entry that was refused; a pack that is refused alone is told so, and kept as a collision where nobody waits for it.
async fn refused(shared: &Shared, mut job: Job, error: Error) -> Result<Vec<Job>, Error> {
    let tags = match &job.waiting.entry {
        Entry::Leave { tags, .. } => tags.clone(),
        _ => Vec::new(),
    };
    if tags.len() > 1 {
        return halves(shared, job, tags).await;
    }
    let code = error.ledger_refusal().map_or("", |refusal| refusal.name());
    let waiting = job.waiting.clone();
    let order = job.orders.pop_first().map(|(_, order)| order);
    let left = match (&job.sending, tags.is_empty()) {
        (Sending::Leave { nullifiers, .. }, false) => nullifiers.first().copied(),
        _ => None,
    };
    let why = match left {
        Some(nullifier) => why_left((&shared.client, shared.organisation), nullifier, error).await,
        None => error,
    };
    let collided = match order.is_none() {
        true => Some(Collided::of(&why)),
        false => None,
    };
    let taken_back = shared
        .writer
        .run(move |partner| partner.book.refuse_exit(&waiting, code, collided.as_ref()));
    taken_back.await?;
    shared.link.tell_settled();
    match order {
        Some(order) => order.tell(Err(why)),
        None => tracing::warn!(code, "an exit that was queued is refused; see the alarms"),
    }
    Ok(Vec::new())
}

async fn halves(shared: &Shared, mut job: Job, tags: Vec<B256>) -> Result<Vec<Job>, Error> {
    let (first, second) = tags.split_at(tags.len() / 2);
    let parts = [first.to_vec(), second.to_vec()];
    let waiting = job.waiting.clone();
    let split = shared.writer.run(move |partner| {
        let halves = partner.book.split_exit(&waiting, parts)?;
        let mut sendings = Vec::with_capacity(halves.len());
        for half in halves {
            let sending = Sending::of(partner, &half.entry)?.expect("half of an exit is one");
            sendings.push((half, sending));
        }
        Ok::<_, Error>(sendings)
    });
    let mut jobs = Vec::new();
    for (waiting, sending) in split.await? {
        let mut orders = BTreeMap::new();
        if let Entry::Leave { tags, .. } = &waiting.entry {
            for tag in tags {
                orders.extend(job.orders.remove(tag).map(|order| (*tag, order)));
            }
        }
        jobs.push(Job {
            waiting,
            sending,
            orders,
        });
    }
    Ok(jobs)
}

/// Settles entries of these numbers that wait in the book. Exits that were never sent go together.
pub(super) async fn settle_again(shared: &Shared, numbers: Vec<i64>) -> Vec<Unsettled> {
    let all = numbers.clone();
    let found = shared.writer.run(move |partner| {
        partner.book.gather_exits(&numbers, TOGETHER)?;
        let mut jobs = Vec::new();
        for waiting in partner.book.waiting_of(&numbers)? {
            let sending = Sending::of(partner, &waiting.entry)?;
            if sending.is_some() {
                // From here on it may be on the ledger, whatever breaks off.
                partner.book.mark_tried(waiting.number)?;
            }
            jobs.push((waiting, sending));
        }
        Ok::<_, Error>(jobs)
    });
    let found = match found.await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "what waits in the book cannot be read");
            let unsettled = all.into_iter().map(|number| Unsettled {
                number,
                error: Error::Waits,
            });
            return unsettled.collect();
        }
    };
    let mut unsettled = Vec::new();
    for (waiting, sending) in found {
        let number = waiting.number;
        unsettled.extend(match sending {
            Some(sending) => {
                let orders = BTreeMap::new();
                settle(
                    shared,
                    Job {
                        waiting,
                        sending,
                        orders,
                    },
                )
                .await
            }
            None => settle_other(shared, number).await,
        });
    }
    unsettled
}

/// Settles what is no exit; the book is closed for others meanwhile.
async fn settle_other(shared: &Shared, number: i64) -> Vec<Unsettled> {
    let runtime = shared.runtime.clone();
    let settle = move |partner: &mut Partner| runtime.block_on(partner.settle_these(&[number]));
    match shared.writer.run(settle).await {
        Err(error) if error.ledger_refusal().is_none() => vec![Unsettled { number, error }],
        Ok(()) | Err(_) => Vec::new(),
    }
}

/// Tells all of these the same.
pub(super) fn tell_all(
    orders: BTreeMap<B256, Order>,
    outcome: impl Fn() -> Result<Outcome, Error>,
) {
    for order in orders.into_values() {
        order.tell(outcome());
    }
}
