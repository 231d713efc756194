//! A JSON-LD document read event by event.
//!
//! ```text
//! members before the body --> events, one at a time --> members after it --> end
//!                 no body at all: an event that stands alone
//! ```

use super::{
    Json, JsonError, JsonErrorKind as Kind, event_from_json, prefixes_of,
    scan::Scanner,
    unit::{Spent, Unit},
};
use crate::epcis::{
    event_error::Decoded,
    excerpt::Excerpt,
    limits::Limits,
    model::{Body, DocumentKind, Envelope, Event, Prefixes, QueryResult},
};
use std::{io::Read, sync::Arc};

/// Reads a document within bounds; only one event is in memory at a time.
pub struct JsonReader<R> {
    scanner: Scanner<R>,
    limits: Limits,
    envelope: Envelope,
    top: Vec<(String, Json)>,
    frames: Vec<Frame>,
    state: State,
    header_spent: Spent,
    events: u64,
    body_seen: bool,
    context_known: bool,
}

struct Frame {
    level: Level,
    names: Vec<String>,
}

/// The objects that lead to the events.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Top,
    Body,
    QueryResults,
    ResultsBody,
}

enum State {
    Events { first: bool },
    Single(Json),
    Members,
    Done,
}

impl<R: Read> JsonReader<R> {
    /// Reads up to the first event.
    ///
    /// # Errors
    /// The text is no JSON, passes a limit, or its members are not of their kind.
    pub fn open(reader: R, limits: Limits) -> Result<Self, JsonError> {
        Self::start(reader, limits, None)
    }

    /// As [`Self::open`], with the context that the document holds after its events.
    pub(super) fn start(
        reader: R,
        limits: Limits,
        context: Option<Json>,
    ) -> Result<Self, JsonError> {
        let standard = Prefixes::standard();
        let scanner = Scanner::new(reader);
        let prefixes = match &context {
            Some(context) => {
                prefixes_of(context, &standard).map_err(|error| scanner.error(error.into()))?
            }
            None => standard,
        };
        let mut opened = Self {
            scanner,
            limits,
            envelope: Envelope {
                prefixes: Arc::new(prefixes),
                ..Envelope::default()
            },
            top: Vec::new(),
            frames: Vec::new(),
            state: State::Members,
            header_spent: Spent::default(),
            events: 0,
            body_seen: false,
            context_known: context.is_some(),
        };
        opened.scanner.begin_unit(Unit::header(&limits));
        opened.enter(Level::Top)?;
        opened.advance()?;
        Ok(opened)
    }

    /// What stands around the events; complete when the last event was read.
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// Gives up what stood around the events.
    pub fn into_envelope(self) -> Envelope {
        self.envelope
    }

    /// How many events were read so far.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// The next event, or why the next one is none; `None` at the end.
    ///
    /// An event that is JSON but not built as EPCIS builds one does not end the reading.
    ///
    /// # Errors
    /// The text is no JSON or passes a limit; nothing more can then be read.
    pub fn next_event(&mut self) -> Result<Option<Decoded<Event>>, JsonError> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(None),
                State::Members => self.advance()?,
                State::Single(value) => {
                    self.state = State::Members;
                    return self.count(value).map(Some);
                }
                State::Events { first } => {
                    self.scanner.begin_unit(Unit::event(&self.limits));
                    if self.scanner.item(first)? {
                        let value = self.scanner.value()?;
                        self.state = State::Events { first: false };
                        return self.count(value).map(Some);
                    }
                    let header = Unit::header(&self.limits);
                    self.scanner.resume_unit(header, self.header_spent);
                    self.state = State::Members;
                }
            }
        }
    }

    fn count(&mut self, value: Json) -> Result<Decoded<Event>, JsonError> {
        self.events += 1;
        if self.events > self.limits.events {
            return Err(self.scanner.error(Kind::TooManyEvents(self.limits.events)));
        }
        Ok(event_from_json(value, &self.envelope.prefixes))
    }

    fn enter(&mut self, level: Level) -> Result<(), JsonError> {
        self.scanner.require(b'{', "an object")?;
        self.frames.push(Frame {
            level,
            names: Vec::new(),
        });
        Ok(())
    }

    /// Reads members until events begin or the text ends.
    fn advance(&mut self) -> Result<(), JsonError> {
        loop {
            let Some(frame) = self.frames.last() else {
                return self.end();
            };
            let (level, first) = (frame.level, frame.names.is_empty());
            let Some(name) = self.scanner.member(first)? else {
                self.frames.pop();
                continue;
            };
            self.remember(&name)?;
            if self.member(level, name)? {
                self.header_spent = self.scanner.spent();
                return Ok(());
            }
        }
    }

    fn remember(&mut self, name: &str) -> Result<(), JsonError> {
        let Some(frame) = self.frames.last_mut() else {
            return Ok(());
        };
        let many = frame.names.len() >= 1_000;
        if many || frame.names.iter().any(|earlier| earlier == name) {
            return Err(self.scanner.error(match many {
                true => Kind::TooMany(1_000),
                false => Kind::Duplicate(Excerpt::new(name)),
            }));
        }
        frame.names.push(name.to_owned());
        Ok(())
    }

    /// Reads one member; true where events begin.
    fn member(&mut self, level: Level, name: String) -> Result<bool, JsonError> {
        match (level, name.as_str()) {
            (Level::Top, "epcisBody") => {
                self.body_seen = true;
                for (name, value) in std::mem::take(&mut self.top) {
                    self.apply(Level::Top, name, value)?;
                }
                self.envelope.body = Body::Empty;
                self.enter(Level::Body)?;
                Ok(false)
            }
            (Level::Body, "queryResults") => {
                self.envelope.query = Some(QueryResult::default());
                self.enter(Level::QueryResults)?;
                Ok(false)
            }
            (Level::QueryResults, "resultsBody") => {
                self.enter(Level::ResultsBody)?;
                Ok(false)
            }
            (Level::Body | Level::ResultsBody, "eventList") => self.events_begin(),
            (Level::Body, "event") => {
                self.envelope.body = Body::Single;
                self.state = State::Single(self.scanner.value()?);
                Ok(true)
            }
            (Level::Top, _) if !self.body_seen => {
                let value = self.scanner.value()?;
                self.top.push((name, value));
                Ok(false)
            }
            (Level::Top | Level::Body | Level::QueryResults | Level::ResultsBody, _) => {
                let value = self.scanner.value()?;
                self.apply(level, name, value)?;
                Ok(false)
            }
        }
    }

    fn events_begin(&mut self) -> Result<bool, JsonError> {
        if self.envelope.body != Body::Empty {
            return Err(self.scanner.error(Kind::Misplaced("eventList")));
        }
        self.scanner.require(b'[', "an array of events")?;
        self.envelope.body = Body::List;
        self.state = State::Events { first: true };
        Ok(true)
    }

    fn apply(&mut self, level: Level, name: String, value: Json) -> Result<(), JsonError> {
        if level == Level::Top && name == "@context" {
            return self.context(value);
        }
        super::envelope::apply(&mut self.envelope, level, (name, value))
            .map_err(|kind| self.scanner.error(kind))
    }

    fn context(&mut self, value: Json) -> Result<(), JsonError> {
        if !self.context_known {
            if self.events > 0 {
                return Err(self.scanner.error(Kind::ContextAfterEvents));
            }
            let prefixes = prefixes_of(&value, &self.envelope.prefixes);
            let prefixes = prefixes.map_err(|error| self.scanner.error(error.into()))?;
            self.envelope.prefixes = Arc::new(prefixes);
        }
        self.envelope.context = Some(value);
        Ok(())
    }

    fn end(&mut self) -> Result<(), JsonError> {
        self.scanner.end_of_text()?;
        self.state = State::Done;
        if self.body_seen {
            return Ok(());
        }
        self.body_seen = true;
        let members = std::mem::take(&mut self.top);
        let kind = members.iter().find(|(name, _)| name == "type");
        let is_document = kind
            .and_then(|(_, value)| value.as_str())
            .is_some_and(|name| matches!(name, "EPCISDocument" | "EPCISQueryDocument"));
        if is_document {
            self.envelope.body = Body::Empty;
            return members
                .into_iter()
                .try_for_each(|(name, value)| self.apply(Level::Top, name, value));
        }
        self.envelope.kind = DocumentKind::Event;
        self.envelope.body = Body::Single;
        self.state = State::Single(Json::Object(members));
        Ok(())
    }
}
