//! An XML document read event by event.

use super::{
    Edition, XmlElement, XmlError, XmlErrorKind as Kind,
    decode::{DecodedEvent, event_from_element, text},
    envelope::{from_root, header, vocabularies},
    extension::extension_from_element,
    scan::{Piece, Scanner},
};
use crate::epcis::{
    event_error::Decoded,
    excerpt::Excerpt,
    limits::Limits,
    model::{Body, DocumentKind, Envelope, Event, EventType, Field},
    path::Path,
};
use std::io::BufRead;

/// Reads a document within bounds; only one event is in memory at a time.
pub struct XmlReader<R> {
    scanner: Scanner<R>,
    limits: Limits,
    envelope: Envelope,
    edition: Edition,
    levels: Vec<Level>,
    state: State,
    header_spent: usize,
    events: u64,
    last: Option<XmlElement>,
}

/// One event of an XML document.
#[derive(Debug)]
pub struct XmlEvent {
    /// The event, or why it is none.
    pub event: Decoded<Event>,
    /// The first field that stands before one that it should follow in the 2.0 schema.
    pub misplaced: Option<Field>,
    /// The line on which the event begins, from 1.
    pub line: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Root,
    Body,
    QueryResults,
    ResultsBody,
    EventList,
}

enum State {
    Single(XmlElement),
    Reading,
    Done,
}

impl<R: BufRead> XmlReader<R> {
    /// Reads up to the first event.
    ///
    /// # Errors
    /// The text is no XML, passes a limit, or its root is not that of a document.
    pub fn open(reader: R, limits: Limits) -> Result<Self, XmlError> {
        let mut scanner = Scanner::new(reader, &limits);
        scanner.begin_unit(limits.header_bytes);
        let root = match scanner.next()? {
            Piece::Start(root) => root,
            Piece::Text(_) => return Err(scanner.error(Kind::Outside)),
            Piece::End => return Err(scanner.error(Kind::End)),
        };
        let edition = match root.name.namespace.as_deref() {
            Some(namespace) if namespace.ends_with(":1") => Edition::One,
            _ => Edition::Two,
        };
        let mut opened = Self {
            envelope: from_root(&root),
            scanner,
            limits,
            edition,
            levels: vec![Level::Root],
            state: State::Reading,
            header_spent: 0,
            events: 0,
            last: None,
        };
        opened.begin(root)?;
        Ok(opened)
    }

    fn begin(&mut self, root: XmlElement) -> Result<(), XmlError> {
        match root.standard_name() {
            Some("EPCISDocument" | "EPCISQueryDocument") => {
                self.envelope.body = Body::Empty;
                self.head()
            }
            Some(name) if EventType::standard(name).is_some() => {
                self.envelope.kind = DocumentKind::Event;
                self.envelope.body = Body::Single;
                self.envelope.declarations.clear();
                let mut event = self.scanner.element(root)?;
                event.attributes.clear();
                self.levels.clear();
                self.state = State::Single(event);
                Ok(())
            }
            _ => {
                let name = Excerpt::new(&root.name.written());
                Err(self.scanner.error(Kind::Root(name)))
            }
        }
    }

    /// What stands around the events; complete when the last event was read.
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// Gives up what stood around the events.
    pub fn into_envelope(self) -> Envelope {
        self.envelope
    }

    /// The edition that the root's namespace names.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// How many events were read so far.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// The next event; `None` at the end. An event that is XML but not built as EPCIS builds one does not end the reading.
    ///
    /// # Errors
    /// The text is no XML or passes a limit; nothing more can then be read.
    pub fn next_event(&mut self) -> Result<Option<XmlEvent>, XmlError> {
        let element = match std::mem::replace(&mut self.state, State::Done) {
            State::Done => return Ok(None),
            State::Single(element) => {
                self.state = State::Reading;
                element
            }
            State::Reading => match self.find_event()? {
                Some(element) => {
                    self.state = State::Reading;
                    element
                }
                None => return Ok(None),
            },
        };
        self.events += 1;
        if self.events > self.limits.events {
            let kind = Kind::TooManyEvents(self.limits.events);
            return Err(self.scanner.error(kind));
        }
        let line = element.line;
        let decoded = event_from_element(&element, &self.envelope.prefixes);
        self.last = Some(element);
        let (event, misplaced) = match decoded {
            Ok(DecodedEvent { event, misplaced }) => (Ok(event), misplaced),
            Err(error) => (Err(error), None),
        };
        Ok(Some(XmlEvent {
            event,
            misplaced,
            line,
        }))
    }

    /// The line of what `path` leads to in the event that was read last, or of the nearest element around it.
    pub fn line_of(&self, path: &Path) -> u64 {
        let Some(event) = &self.last else {
            return 0;
        };
        super::document::line_of(event, &path.to_xml_path())
    }

    /// Reads up to the list of events, so that the envelope is known before the first one.
    fn head(&mut self) -> Result<(), XmlError> {
        while let Some(level) = self.levels.last().copied() {
            if level == Level::EventList {
                self.header_spent = self.scanner.spent();
                return Ok(());
            }
            self.step(level)?;
        }
        Ok(())
    }

    fn find_event(&mut self) -> Result<Option<XmlElement>, XmlError> {
        while let Some(level) = self.levels.last().copied() {
            if level == Level::EventList {
                self.scanner.begin_unit(self.limits.event_bytes);
            }
            if let Some(event) = self.step(level)? {
                return Ok(Some(event));
            }
        }
        match self.scanner.next()? {
            Piece::End => Ok(None),
            Piece::Start(_) | Piece::Text(_) => Err(self.scanner.error(Kind::Outside)),
        }
    }

    /// One piece inside `level`; an element where it is an event.
    fn step(&mut self, level: Level) -> Result<Option<XmlElement>, XmlError> {
        match self.scanner.next()? {
            Piece::Start(element) if level == Level::EventList => {
                if element.standard_name() == Some("extension") {
                    self.levels.push(Level::EventList);
                    return Ok(None);
                }
                self.scanner.element(element).map(Some)
            }
            Piece::Start(element) => self.child(level, element).map(|()| None),
            Piece::Text(text) => Err(self.scanner.error(Kind::Mixed(Excerpt::new(&text)))),
            Piece::End => {
                self.levels.pop();
                if level == Level::EventList && self.levels.last() != Some(&Level::EventList) {
                    let header = self.limits.header_bytes;
                    self.scanner.resume_unit(header, self.header_spent);
                }
                Ok(None)
            }
        }
    }

    fn child(&mut self, level: Level, element: XmlElement) -> Result<(), XmlError> {
        let name = element.standard_name().unwrap_or("").to_owned();
        match (level, name.as_str()) {
            (Level::Root, "EPCISBody") => self.levels.push(Level::Body),
            (Level::Root | Level::Body, "QueryResults") => {
                self.envelope.query.get_or_insert_default();
                self.levels.push(Level::QueryResults);
            }
            (Level::Root | Level::QueryResults, "resultsBody") => {
                self.envelope.query.get_or_insert_default();
                self.levels.push(Level::ResultsBody);
            }
            (Level::Body | Level::ResultsBody, "EventList") => {
                if self.envelope.body == Body::List {
                    return Err(self.scanner.error(Kind::Misplaced(Excerpt::new(&name))));
                }
                self.envelope.body = Body::List;
                self.header_spent = self.scanner.spent();
                self.levels.push(Level::EventList);
            }
            (_, "extension") => self.levels.push(level),
            _ => {
                let element = self.scanner.element(element)?;
                self.keep(level, &element)?;
            }
        }
        Ok(())
    }

    fn keep(&mut self, level: Level, element: &XmlElement) -> Result<(), XmlError> {
        let name = element.standard_name().unwrap_or("");
        let envelope = &mut self.envelope;
        match (level, name) {
            (Level::Root, "EPCISHeader") => header(envelope, element),
            (Level::Root | Level::QueryResults, "queryName" | "subscriptionID") => {
                let misplaced = Kind::Misplaced(Excerpt::new(name));
                let text = text(element).map_err(|_| self.scanner.error(misplaced))?;
                let query = envelope.query.get_or_insert_default();
                match name {
                    "queryName" => query.query_name = Some(text),
                    _ => query.subscription_id = Some(text),
                }
            }
            (Level::ResultsBody, "VocabularyList") => {
                let query = envelope.query.get_or_insert_default();
                query.vocabularies = Some(vocabularies(element));
            }
            (Level::Root, _) => envelope.extensions.push(extension_from_element(element)),
            (Level::Body | Level::EventList, _) => {
                envelope
                    .body_extensions
                    .push(extension_from_element(element));
            }
            (Level::QueryResults, _) => {
                let query = envelope.query.get_or_insert_default();
                query.extensions.push(extension_from_element(element));
            }
            (Level::ResultsBody, _) => {
                let query = envelope.query.get_or_insert_default();
                query
                    .results_extensions
                    .push(extension_from_element(element));
            }
        }
        Ok(())
    }
}
