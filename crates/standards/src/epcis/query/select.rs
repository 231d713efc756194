//! The order of answers, and how many there may be.

use super::{Hierarchy, Query};
use crate::epcis::{
    model::{Event, Extension, Name, Prefixes, Value},
    number::Number,
    time::Instant,
};
use std::cmp::Ordering;
use thiserror::Error;

/// By what answers are ordered.
#[derive(Clone, Debug, PartialEq)]
pub enum OrderBy {
    /// When it happened.
    EventTime,
    /// When it was recorded.
    RecordTime,
    /// The value of an extension of the event.
    Extension(Name),
}

/// Which end comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// The least.
    Ascending,
    /// The greatest.
    #[default]
    Descending,
}

/// More events than `maxEventCount` would answer the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("more than {0} events answer the query")]
pub struct TooMany(pub u64);

impl OrderBy {
    pub(super) fn read(text: &str, prefixes: &Prefixes) -> Self {
        match text {
            "eventTime" => Self::EventTime,
            "recordTime" => Self::RecordTime,
            name => Self::Extension(Name::read(name, prefixes)),
        }
    }
}

impl Query {
    /// The events that answer the query, in its order and within its limits. Without `orderBy` they stay in the order given.
    ///
    /// # Errors
    /// [`TooMany`] where `maxEventCount` is passed.
    pub fn select<'a>(
        &self,
        events: impl Iterator<Item = &'a Event>,
        hierarchy: &Hierarchy,
    ) -> Result<Vec<&'a Event>, TooMany> {
        let mut found = Vec::new();
        for event in events {
            if self.matches_within(event, hierarchy) {
                found.push(event);
            }
            if let Some(most) = self.max_event_count
                && found.len() as u64 > most
            {
                return Err(TooMany(most));
            }
        }
        if self.order_by.is_some() {
            found.sort_by(|left, right| self.compare(left, right));
        }
        if let Some(limit) = self.event_count_limit {
            found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        }
        Ok(found)
    }

    /// How two events stand in the order of the query; events without the field come last.
    pub fn compare(&self, left: &Event, right: &Event) -> Ordering {
        let Some(by) = &self.order_by else {
            return Ordering::Equal;
        };
        let ordering = match (key(by, left), key(by, right)) {
            (Some(left), Some(right)) => left.compare(&right),
            (left, right) => return right.is_some().cmp(&left.is_some()),
        };
        match self.direction {
            Direction::Ascending => ordering,
            Direction::Descending => ordering.reverse(),
        }
    }
}

enum Key<'a> {
    Time(Instant),
    Number(f64),
    Text(&'a str),
}

impl Key<'_> {
    /// Times before numbers before texts, each by its own order.
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Time(left), Self::Time(right)) => left.cmp(right),
            (Self::Number(left), Self::Number(right)) => left.total_cmp(right),
            (Self::Text(left), Self::Text(right)) => left.cmp(right),
            (left, right) => left.rank().cmp(&right.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Time(_) => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        }
    }
}

fn key<'a>(by: &OrderBy, event: &'a Event) -> Option<Key<'a>> {
    let time = |text: &Option<String>| {
        let instant = text.as_deref().and_then(Instant::parse);
        instant.map(Key::Time)
    };
    match by {
        OrderBy::EventTime => time(&event.event_time),
        OrderBy::RecordTime => time(&event.record_time),
        OrderBy::Extension(name) => {
            let mut extensions = event.extensions.iter();
            let found = extensions.find(|extension| same_name(extension, name))?;
            key_of(&found.value)
        }
    }
}

fn same_name(extension: &Extension, name: &Name) -> bool {
    super::values::same_name(&extension.name, name)
}

fn key_of(value: &Value) -> Option<Key<'_>> {
    match value {
        Value::Number(number) => Some(Key::Number(number.to_f64())),
        Value::Text(text) => Some(match (Instant::parse(text), Number::parse(text)) {
            (Some(time), _) => Key::Time(time),
            (None, Some(number)) => Key::Number(number.to_f64()),
            (None, None) => Key::Text(text),
        }),
        Value::Element(element) => element.text.as_deref().map(Key::Text),
        Value::Null | Value::Bool(_) | Value::List(_) => None,
    }
}
