//! JSON texts (RFC 8259) from a reader, within bounds and without holding more than one value.
//!
//! Stricter than the grammar in one point: an object must not name a member twice, since two readers would then disagree
//! about what was said. Own code, because names in order, numbers as text, bounds and places are needed together.

use super::{
    Json, JsonError, JsonErrorKind as Kind,
    unit::{Spent, Unit},
};
use crate::epcis::{excerpt::Excerpt, limits::Limits};
use std::io::Read;

const BUFFER_BYTES: usize = 64 << 10;

/// Reads one JSON text and nothing after it.
///
/// # Errors
/// See [`JsonErrorKind`](super::JsonErrorKind).
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Json, JsonError> {
    let mut scanner = Scanner::new(bytes);
    scanner.begin_unit(Unit::event(limits));
    let value = scanner.value()?;
    scanner.end_of_text()?;
    Ok(value)
}

pub(crate) struct Scanner<R> {
    reader: R,
    pub(super) buffer: Vec<u8>,
    pub(super) position: usize,
    pub(super) length: usize,
    line: u64,
    /// Bytes since the line began, up to the start of the buffer; may be negative when a line began inside the buffer.
    column_base: i64,
    unit: Unit,
    spent: Spent,
}

impl<R: Read> Scanner<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self {
            reader,
            buffer: vec![0; BUFFER_BYTES],
            position: 0,
            length: 0,
            line: 1,
            column_base: 0,
            unit: Unit {
                bytes: usize::MAX,
                nodes: usize::MAX,
                depth: 0,
            },
            spent: Spent::default(),
        }
    }

    /// Starts to count anew, for one event.
    pub(crate) fn begin_unit(&mut self, unit: Unit) {
        self.resume_unit(unit, Spent::default());
    }

    /// Goes on counting where an earlier unit was left.
    pub(crate) fn resume_unit(&mut self, unit: Unit, spent: Spent) {
        self.unit = unit;
        self.spent = spent;
    }

    /// What the current unit has taken so far.
    pub(crate) fn spent(&self) -> Spent {
        self.spent
    }

    /// The line that is read, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    pub(crate) fn error(&self, kind: Kind) -> JsonError {
        JsonError {
            kind,
            line: self.line,
            column: u64::try_from(self.column_base + self.position as i64 + 1).unwrap_or(0),
        }
    }

    pub(super) fn fill(&mut self) -> Result<bool, JsonError> {
        self.column_base += self.length as i64;
        self.position = 0;
        self.length = 0;
        loop {
            match self.reader.read(&mut self.buffer) {
                Ok(length) => {
                    self.length = length;
                    return Ok(length > 0);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.error(Kind::Io(error))),
            }
        }
    }

    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), JsonError> {
        self.spent.bytes = self.spent.bytes.saturating_add(bytes);
        if self.spent.bytes > self.unit.bytes {
            return Err(self.error(Kind::TooLarge(self.unit.bytes)));
        }
        Ok(())
    }

    /// The next byte that is no white space, not consumed.
    pub(crate) fn peek(&mut self) -> Result<Option<u8>, JsonError> {
        let mut skipped = 0;
        loop {
            while self.position < self.length {
                match self.buffer[self.position] {
                    b' ' | b'\t' | b'\r' => {}
                    b'\n' => {
                        self.line += 1;
                        self.column_base = -(self.position as i64) - 1;
                    }
                    byte => {
                        self.spend(skipped)?;
                        return Ok(Some(byte));
                    }
                }
                self.position += 1;
                skipped += 1;
            }
            if !self.fill()? {
                return Ok(None);
            }
            self.spend(skipped)?;
            skipped = 0;
        }
    }

    pub(super) fn raw_byte(&mut self, expected: &'static str) -> Result<u8, JsonError> {
        if self.position == self.length && !self.fill()? {
            return Err(self.error(Kind::End { expected }));
        }
        self.spend(1)?;
        let byte = self.buffer[self.position];
        self.position += 1;
        Ok(byte)
    }

    pub(crate) fn unexpected(&mut self, expected: &'static str) -> JsonError {
        match self.peek() {
            Ok(Some(got)) => self.error(Kind::Unexpected {
                got: char::from(got),
                expected,
            }),
            Ok(None) => self.error(Kind::End { expected }),
            Err(error) => error,
        }
    }

    /// Consumes `byte` if it comes next after white space.
    pub(crate) fn take(&mut self, byte: u8) -> Result<bool, JsonError> {
        let found = self.peek()? == Some(byte);
        if found {
            self.position += 1;
            self.spend(1)?;
        }
        Ok(found)
    }

    pub(crate) fn require(&mut self, byte: u8, expected: &'static str) -> Result<(), JsonError> {
        if self.take(byte)? {
            return Ok(());
        }
        Err(self.unexpected(expected))
    }

    pub(crate) fn end_of_text(&mut self) -> Result<(), JsonError> {
        match self.peek()? {
            None => Ok(()),
            Some(_) => Err(self.error(Kind::Trailing)),
        }
    }

    /// The name of the next member with its colon, or `None` at the object's end. `first` says that none came before.
    pub(crate) fn member(&mut self, first: bool) -> Result<Option<String>, JsonError> {
        if self.take(b'}')? {
            return Ok(None);
        }
        if !first {
            self.require(b',', "a comma or }")?;
        }
        self.require(b'"', "a member's name")?;
        let name = self.string()?;
        self.require(b':', "a colon")?;
        Ok(Some(name))
    }

    /// Whether another item follows in an array. `first` says that none came before.
    pub(crate) fn item(&mut self, first: bool) -> Result<bool, JsonError> {
        if self.take(b']')? {
            return Ok(false);
        }
        if !first {
            self.require(b',', "a comma or ]")?;
        }
        Ok(true)
    }

    pub(crate) fn value(&mut self) -> Result<Json, JsonError> {
        self.value_at(0)
    }

    fn value_at(&mut self, depth: usize) -> Result<Json, JsonError> {
        self.spent.nodes += 1;
        if self.spent.nodes > self.unit.nodes {
            return Err(self.error(Kind::TooMany(self.unit.nodes)));
        }
        match self.peek()? {
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.list(depth + 1),
            Some(b'"') => {
                self.position += 1;
                self.spend(1)?;
                self.string().map(Json::Text)
            }
            Some(b'-' | b'0'..=b'9') => self.number().map(Json::Number),
            Some(b't') => self.word("true").map(|()| Json::Bool(true)),
            Some(b'f') => self.word("false").map(|()| Json::Bool(false)),
            Some(b'n') => self.word("null").map(|()| Json::Null),
            Some(_) | None => Err(self.unexpected("a value")),
        }
    }

    fn enter(&mut self, depth: usize) -> Result<(), JsonError> {
        self.position += 1;
        self.spend(1)?;
        if depth > self.unit.depth {
            return Err(self.error(Kind::TooDeep(self.unit.depth)));
        }
        Ok(())
    }

    fn object(&mut self, depth: usize) -> Result<Json, JsonError> {
        self.enter(depth)?;
        let mut members = Vec::new();
        while let Some(name) = self.member(members.is_empty())? {
            let value = self.value_at(depth)?;
            members.push((name, value));
        }
        match duplicate(&members) {
            Some(name) => Err(self.error(Kind::Duplicate(Excerpt::new(name)))),
            None => Ok(Json::Object(members)),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Json, JsonError> {
        self.enter(depth)?;
        let mut items = Vec::new();
        while self.item(items.is_empty())? {
            items.push(self.value_at(depth)?);
        }
        Ok(Json::List(items))
    }

    fn word(&mut self, word: &'static str) -> Result<(), JsonError> {
        for expected in word.bytes() {
            let got = self.raw_byte(word)?;
            if got != expected {
                return Err(self.error(Kind::Unexpected {
                    got: char::from(got),
                    expected: word,
                }));
            }
        }
        Ok(())
    }
}

fn duplicate(members: &[(String, Json)]) -> Option<&str> {
    if members.len() <= 12 {
        let twice = members
            .iter()
            .enumerate()
            .find(|(at, (name, _))| members[..*at].iter().any(|(earlier, _)| earlier == name));
        return twice.map(|(_, (name, _))| name.as_str());
    }
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
}
