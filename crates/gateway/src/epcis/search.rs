//! Events that answer a query: candidates from the tables, each asked by the rules of the standard, page by page.

use crate::{
    config::Limits,
    door::{Continued, From, Page, Place, Problem, ProblemKind, pairs},
    repository::{Asked, Cursor, NamedQuery, Order, Repository, Stored, View},
};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use theriac_standards::epcis::{
    model::Prefixes,
    query::{Direction, OrderBy, Query, QueryError},
};

/// A query with what it asks of the tables.
pub(crate) struct Search {
    pub(crate) query: Query,
    asked: Asked,
    /// The query of the URL, to go on with.
    text: String,
}

/// A page of an answer.
pub(crate) struct Searched {
    pub(crate) events: Vec<Stored>,
    pub(crate) next: Option<Place>,
}

/// Bounds of one search.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) page_bytes: usize,
    pub(crate) ordered_events: usize,
    pub(crate) time: Duration,
}

impl Bounds {
    /// Those of the configuration.
    pub(crate) fn of(limits: &Limits) -> Self {
        Self {
            page_bytes: limits.page_bytes,
            ordered_events: limits.ordered_events,
            time: limits.request_time,
        }
    }
}

/// Candidates taken at once, at least and at most.
const CANDIDATES: (usize, usize) = (16, 256);

impl Search {
    /// The query of a URL. `prefixes` are those that the request defines.
    ///
    /// # Errors
    /// A parameter that is none, or cannot be so.
    pub(crate) fn of_url(text: &str, prefixes: &Prefixes) -> Result<Self, Problem> {
        let query = Query::from_url(text, prefixes).map_err(|error| refusal(&error))?;
        let given: BTreeMap<String, Vec<String>> = pairs(text)
            .map(|(name, value)| {
                let values = value.split('|').filter(|value| !value.is_empty());
                (name, values.map(str::to_owned).collect())
            })
            .collect();
        Ok(Self::new(query, &given, text))
    }

    /// A named query.
    ///
    /// # Errors
    /// As [`Self::of_url`].
    pub(crate) fn of_named(named: &NamedQuery) -> Result<Self, Problem> {
        let query = Query::from_json(named.definition.as_bytes());
        let query = query.map_err(|error| refusal(&error))?;
        let none = |_| Problem::from(ProblemKind::QueryValidation);
        let body: serde_json::Value = serde_json::from_str(&named.definition).map_err(none)?;
        let members = body["query"].as_object().into_iter().flatten();
        let given: BTreeMap<String, Vec<String>> = members
            .filter(|(name, _)| *name != "@context")
            .map(|(name, value)| (name.clone(), texts(value)))
            .collect();
        Ok(Self::new(query, &given, ""))
    }

    fn new(query: Query, given: &BTreeMap<String, Vec<String>>, text: &str) -> Self {
        let given = given.iter();
        Self {
            query,
            asked: Asked::of(given.map(|(name, values)| (name.as_str(), &values[..]))),
            text: text.to_owned(),
        }
    }

    /// One page of what `view` sees.
    ///
    /// # Errors
    /// Too many events, or too much to look at.
    pub(crate) async fn page(
        &self,
        repository: &Repository,
        (mut view, page): (View, &Page),
        bounds: Bounds,
    ) -> Result<Searched, Problem> {
        let resumed = match &page.resumed {
            Some(Place::Events(continued)) => Some(continued),
            Some(Place::Behind(_)) | None => None,
        };
        if let Some(continued) = resumed {
            view.until = continued.until;
        } else if let Some(most) = self.query.max_event_count {
            self.count(repository, &view, (most, bounds)).await?;
        }
        let left = resumed.map_or(self.query.event_count_limit, |continued| continued.left);
        match self.order() {
            Some(order) => {
                let after = resumed.and_then(|continued| match continued.from {
                    From::Cursor(cursor) => Some(cursor),
                    From::Offset(_) => None,
                });
                let mut walk = Walk::new((self, order), after, (view, bounds));
                self.walked(repository, &mut walk, (page.size, left)).await
            }
            None => {
                let from = resumed.map_or(0, |continued| match continued.from {
                    From::Offset(offset) => offset,
                    From::Cursor(_) => 0,
                });
                self.sorted(repository, (view, bounds), (from, page.size))
                    .await
            }
        }
    }

    async fn walked(
        &self,
        repository: &Repository,
        walk: &mut Walk<'_>,
        (size, left): (usize, Option<u64>),
    ) -> Result<Searched, Problem> {
        let left_here = left.map_or(size, |left| size.min(usize::try_from(left).unwrap_or(size)));
        let mut events: Vec<Stored> = Vec::new();
        let mut bytes = 0;
        let mut more = false;
        while let Some(stored) = walk.next(repository).await? {
            let is_full = events.len() >= left_here || bytes >= walk.bounds.page_bytes;
            if is_full {
                more = true;
                break;
            }
            bytes += stored.bytes;
            events.push(stored);
        }
        let left = left.map(|left| left.saturating_sub(events.len() as u64));
        let last = events.last().map(|last| Cursor {
            rank: last.rank,
            seq: last.seq,
        });
        let next = last.filter(|_| more && left != Some(0)).map(|cursor| {
            Place::Events(Continued {
                query: self.text.clone(),
                until: walk.view.until,
                from: From::Cursor(cursor),
                left,
            })
        });
        Ok(Searched { events, next })
    }

    /// Orders all events in memory where no column does.
    async fn sorted(
        &self,
        repository: &Repository,
        (view, bounds): (View, Bounds),
        (from, size): (usize, usize),
    ) -> Result<Searched, Problem> {
        let until = view.until;
        let mut walk = Walk::new((self, Order::Stored), None, (view, bounds));
        let mut all: Vec<Stored> = Vec::new();
        let mut bytes = 0;
        while let Some(stored) = walk.next(repository).await? {
            bytes += stored.bytes;
            if all.len() >= bounds.ordered_events || bytes >= bounds.page_bytes * 4 {
                let detail = "too many events to order by this field; ask for fewer";
                return Err(ProblemKind::QueryTooComplex.because(detail));
            }
            all.push(stored);
        }
        all.sort_by(|left, right| self.query.compare(&left.event, &right.event));
        let limit = self.query.event_count_limit;
        let total = limit.map_or(all.len(), |limit| {
            all.len().min(usize::try_from(limit).unwrap_or(usize::MAX))
        });
        let end = total.min(from + size);
        all.truncate(end);
        let events = all.split_off(from.min(end));
        let next = (end < total).then(|| {
            Place::Events(Continued {
                query: self.text.clone(),
                until,
                from: From::Offset(end),
                left: None,
            })
        });
        Ok(Searched { events, next })
    }

    /// Refuses where more than `most` events answer.
    async fn count(
        &self,
        repository: &Repository,
        view: &View,
        (most, bounds): (u64, Bounds),
    ) -> Result<(), Problem> {
        let mut walk = Walk::new((self, Order::Stored), None, (view.clone(), bounds));
        let mut count = 0;
        while walk.next(repository).await?.is_some() {
            count += 1;
            if count > most {
                let detail = format!("more than {most} events answer the query");
                return Err(ProblemKind::QueryTooLarge.because(detail));
            }
        }
        Ok(())
    }

    /// The column that orders the answer; `None` where none does.
    fn order(&self) -> Option<Order> {
        let descending = self.query.direction == Direction::Descending;
        match &self.query.order_by {
            None => Some(Order::Stored),
            Some(OrderBy::EventTime) => Some(Order::EventTime { descending }),
            Some(OrderBy::RecordTime) => Some(Order::RecordTime { descending }),
            Some(OrderBy::Extension(_)) => None,
        }
    }
}

/// A walk over the candidates, which gives those that answer.
pub(crate) struct Walk<'a> {
    search: &'a Search,
    order: Order,
    after: Option<Cursor>,
    view: View,
    bounds: Bounds,
    began: Instant,
    ready: std::vec::IntoIter<Stored>,
    at_once: usize,
    ended: bool,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(
        (search, order): (&'a Search, Order),
        after: Option<Cursor>,
        (view, bounds): (View, Bounds),
    ) -> Self {
        Self {
            search,
            order,
            after,
            view,
            bounds,
            began: Instant::now(),
            ready: Vec::new().into_iter(),
            at_once: CANDIDATES.0,
            ended: false,
        }
    }

    /// The next event that answers.
    pub(crate) async fn next(
        &mut self,
        repository: &Repository,
    ) -> Result<Option<Stored>, Problem> {
        let hierarchy = repository.hierarchy();
        loop {
            for stored in self.ready.by_ref() {
                self.after = Some(Cursor {
                    rank: stored.rank,
                    seq: stored.seq,
                });
                if self.search.query.matches_within(&stored.event, &hierarchy) {
                    return Ok(Some(stored));
                }
            }
            if self.ended {
                return Ok(None);
            }
            if self.began.elapsed() > self.bounds.time {
                let detail = "too many events to look at; ask for a shorter time or fewer things";
                return Err(ProblemKind::QueryTooComplex.because(detail));
            }
            let found = repository.events(
                (&self.search.asked, &self.view),
                (self.order, self.after),
                self.at_once,
            );
            let found = found.await?;
            self.ended = found.len() < self.at_once;
            self.at_once = (self.at_once * 2).min(CANDIDATES.1);
            self.ready = found.into_iter();
        }
    }
}

/// The values of a member of a query's body, as texts.
fn texts(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Array(items) => items.iter().flat_map(texts).collect(),
        serde_json::Value::Null => Vec::new(),
        serde_json::Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

/// Which problem a refused query is.
pub(crate) fn refusal(error: &QueryError) -> Problem {
    let kind = match error {
        QueryError::Json(_)
        | QueryError::Xml(_)
        | QueryError::Context(_)
        | QueryError::Shape { .. }
        | QueryError::NoQueryName
        | QueryError::UnknownQuery(_) => ProblemKind::QueryValidation,
        QueryError::UnknownParameter(_)
        | QueryError::Repeated(_)
        | QueryError::Value { .. }
        | QueryError::TwoLimits
        | QueryError::LimitWithoutOrder
        | QueryError::PercentEncoding => ProblemKind::QueryParameter,
        QueryError::TooLarge { .. } => ProblemKind::QueryTooComplex,
    };
    kind.because(error)
}
