//! Events that answer a query, in the order in which they became visible, from where a subscriber was told last.

use crate::{
    door::Problem,
    epcis::{Bounds, Search, Walk},
    partners::Caller,
    repository::{Cursor, NamedQuery, Order, Repository, Stored, View},
};

/// How far a subscriber has been told: what became visible before `minimum` milliseconds since 1970, and at that time up to the
/// row `behind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) minimum: i64,
    pub(crate) behind: i64,
}

impl Progress {
    /// All that became visible then or before.
    pub(crate) fn until(millis: i64) -> Self {
        Self {
            minimum: millis,
            behind: i64::MAX,
        }
    }
}

/// How much is told at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portion {
    pub(crate) events: usize,
    pub(crate) bytes: usize,
}

/// A walk over what is new.
pub(crate) struct Feed<'a> {
    repository: &'a Repository,
    walk: Walk<'a>,
    pending: Option<Stored>,
    until: i64,
}

/// What is told at once, and how far the subscriber is told with it.
pub(crate) struct Told {
    pub(crate) events: Vec<Stored>,
    pub(crate) progress: Progress,
    pub(crate) is_last: bool,
}

/// The query of a subscription.
///
/// # Errors
/// It was valid when it was kept, so that only a later program finds it otherwise.
pub(crate) fn search(query: &NamedQuery) -> Result<Search, Problem> {
    Search::of_named(query)
}

impl<'a> Feed<'a> {
    /// What `caller` sees and has not been told, up to now.
    pub(crate) fn new(
        repository: &'a Repository,
        (search, caller): (&'a Search, &Caller),
        from: Progress,
        bounds: Bounds,
    ) -> Self {
        let until = repository.last_recorded();
        let mut view = View::new(caller, until);
        view.since = from.minimum.saturating_sub(1);
        let after = Cursor {
            rank: from.minimum,
            seq: from.behind,
        };
        let order = Order::RecordTime { descending: false };
        Self {
            repository,
            walk: Walk::new((search, order), Some(after), (view, bounds)),
            pending: None,
            until,
        }
    }

    /// The next portion; without events where there are no more.
    ///
    /// # Errors
    /// The repository failed, or it took too long.
    pub(crate) async fn next(&mut self, portion: Portion) -> Result<Told, Problem> {
        let mut events: Vec<Stored> = self.pending.take().into_iter().collect();
        let mut bytes: usize = events.iter().map(|stored| stored.bytes).sum();
        while let Some(stored) = self.walk.next(self.repository).await? {
            if events.len() >= portion.events || (bytes >= portion.bytes && !events.is_empty()) {
                self.pending = Some(stored);
                break;
            }
            bytes += stored.bytes;
            events.push(stored);
        }
        let is_last = self.pending.is_none();
        let progress = match events.last() {
            Some(last) if !is_last => Progress {
                minimum: last.recorded,
                behind: last.seq,
            },
            Some(_) | None => Progress::until(self.until),
        };
        Ok(Told {
            events,
            progress,
            is_last,
        })
    }
}
