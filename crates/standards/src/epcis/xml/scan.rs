//! XML 1.0 with namespaces from a reader, within bounds.

use super::{
    XmlElement, XmlError, XmlErrorKind as Kind,
    meter::Meter,
    name::{XML, is_allowed},
};
use crate::epcis::{excerpt::Excerpt, limits::Limits};
use quick_xml::{
    Reader,
    events::{BytesDecl, BytesRef, Event as Token},
};
use std::{io::BufRead, sync::Arc};

/// Reads one XML text as a tree.
///
/// # Errors
/// See [`XmlErrorKind`](super::XmlErrorKind).
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<XmlElement, XmlError> {
    let mut scanner = Scanner::new(bytes, limits);
    scanner.begin_unit(limits.event_bytes);
    match scanner.next()? {
        Piece::Start(root) => {
            let root = scanner.element(root)?;
            match scanner.next()? {
                Piece::End => Ok(root),
                Piece::Start(_) | Piece::Text(_) => Err(scanner.error(Kind::Outside)),
            }
        }
        Piece::Text(_) | Piece::End => Err(scanner.error(Kind::End)),
    }
}

/// What a scanner meets.
pub(super) enum Piece {
    /// An element begins; what is in it follows.
    Start(XmlElement),
    /// Text that is not white space alone, entities resolved.
    Text(String),
    /// The current element ends, or the document where no element is open.
    End,
}

pub(super) struct Scanner<R> {
    reader: Reader<Meter<R>>,
    buffer: Vec<u8>,
    /// Declared namespaces, innermost last, each with the depth at which it was declared.
    pub(super) scopes: Vec<(usize, Arc<str>, Arc<str>)>,
    pub(super) depth: usize,
    /// An element without content was met, and its end is still to be told.
    empty: bool,
    pub(super) nodes: usize,
    budget: usize,
    pub(super) limits: Limits,
}

impl<R: BufRead> Scanner<R> {
    pub(super) fn new(reader: R, limits: &Limits) -> Self {
        Self {
            reader: Reader::from_reader(Meter::new(reader)),
            buffer: Vec::new(),
            scopes: vec![(0, Arc::from("xml"), Arc::from(XML))],
            depth: 0,
            empty: false,
            nodes: 0,
            budget: usize::MAX,
            limits: *limits,
        }
    }

    pub(super) fn begin_unit(&mut self, bytes: usize) {
        self.resume_unit(bytes, 0);
    }

    pub(super) fn resume_unit(&mut self, bytes: usize, spent: usize) {
        self.reader.get_mut().resume(bytes, spent);
        self.budget = bytes;
        self.nodes = 0;
    }

    pub(super) fn spent(&self) -> usize {
        self.reader.get_ref().spent()
    }

    pub(super) fn error(&self, kind: Kind) -> XmlError {
        XmlError {
            kind,
            line: self.reader.get_ref().line(),
        }
    }

    /// The next piece; white space, comments and instructions are passed over.
    pub(super) fn next(&mut self) -> Result<Piece, XmlError> {
        loop {
            match self.raw()? {
                Piece::Text(text) if text.trim().is_empty() => {}
                piece => return Ok(piece),
            }
        }
    }

    fn raw(&mut self) -> Result<Piece, XmlError> {
        if std::mem::take(&mut self.empty) {
            self.leave();
            return Ok(Piece::End);
        }
        loop {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            let line = self.reader.get_ref().line();
            let token = self.reader.read_event_into(&mut buffer);
            let piece = match token {
                Ok(token) => self.piece(token, line),
                Err(error) => Err(self.syntax(error)),
            };
            self.buffer = buffer;
            if let Some(piece) = piece? {
                return Ok(piece);
            }
        }
    }

    fn syntax(&self, error: quick_xml::Error) -> XmlError {
        if self.reader.get_ref().is_exhausted() {
            return self.error(Kind::TooLarge(self.budget));
        }
        self.error(match error {
            quick_xml::Error::Io(error) => {
                Kind::Io(std::io::Error::new(error.kind(), error.to_string()))
            }
            other => Kind::Syntax(Excerpt::new(&other.to_string())),
        })
    }

    fn piece(&mut self, token: Token<'_>, line: u64) -> Result<Option<Piece>, XmlError> {
        match token {
            Token::Start(start) => self.start(&start, line).map(Some),
            Token::Empty(start) => {
                self.empty = true;
                self.start(&start, line).map(Some)
            }
            Token::End(_) => {
                self.leave();
                Ok(Some(Piece::End))
            }
            Token::Text(text) => {
                let text = text
                    .xml10_content()
                    .map_err(|_| self.error(Kind::Character))?;
                self.text(&text)
            }
            Token::CData(data) => {
                let text = data
                    .xml10_content()
                    .map_err(|_| self.error(Kind::Character))?;
                self.text(&text)
            }
            Token::GeneralRef(reference) => self.reference(&reference).map(Some),
            Token::Decl(declaration) => self.declaration(&declaration).map(|()| None),
            Token::DocType(_) => Err(self.error(Kind::DocumentType)),
            Token::Comment(_) | Token::PI(_) => Ok(None),
            Token::Eof if self.depth == 0 => Ok(Some(Piece::End)),
            Token::Eof => Err(self.error(Kind::End)),
        }
    }

    fn declaration(&self, declaration: &BytesDecl<'_>) -> Result<(), XmlError> {
        let refuse = |text: &[u8]| {
            let text = String::from_utf8_lossy(text);
            Err(self.error(Kind::Encoding(Excerpt::new(&text))))
        };
        match declaration.version() {
            Ok(version) if &*version == b"1.0" => {}
            Ok(version) => return refuse(&version),
            Err(_) => return refuse(b"no version"),
        }
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(encoding)) if encoding.eq_ignore_ascii_case(b"utf-8") => Ok(()),
            Some(Ok(encoding)) => refuse(&encoding),
            Some(Err(_)) => refuse(b"no encoding"),
        }
    }

    fn text(&self, text: &str) -> Result<Option<Piece>, XmlError> {
        if !text.chars().all(is_allowed) {
            return Err(self.error(Kind::Character));
        }
        if self.depth == 0 && !text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Err(self.error(Kind::Outside));
        }
        Ok((self.depth > 0).then(|| Piece::Text(text.to_owned())))
    }

    fn reference(&self, reference: &BytesRef<'_>) -> Result<Piece, XmlError> {
        let name = reference
            .decode()
            .map_err(|_| self.error(Kind::Character))?;
        let letter = match &*name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "apos" => '\'',
            "quot" => '"',
            other => match reference.resolve_char_ref() {
                Ok(Some(letter)) if is_allowed(letter) => letter,
                _ => return Err(self.error(Kind::Entity(Excerpt::new(other)))),
            },
        };
        if self.depth == 0 {
            return Err(self.error(Kind::Outside));
        }
        Ok(Piece::Text(letter.to_string()))
    }

    fn leave(&mut self) {
        let inner = |(depth, _, _): &mut (usize, Arc<str>, Arc<str>)| *depth == self.depth;
        while self.depth > 0 && self.scopes.pop_if(inner).is_some() {}
        self.depth = self.depth.saturating_sub(1);
    }

    /// The rest of an element that began.
    pub(super) fn element(&mut self, mut element: XmlElement) -> Result<XmlElement, XmlError> {
        self.spend(0)?;
        loop {
            match self.raw()? {
                Piece::Start(child) => {
                    let child = self.element(child)?;
                    element.children.push(child);
                }
                Piece::Text(text) => element.text.push_str(&text),
                Piece::End => break,
            }
        }
        if !element.children.is_empty() {
            if !element.text.trim().is_empty() {
                let name = Excerpt::new(&element.name.written());
                return Err(self.error(Kind::Mixed(name)));
            }
            element.text.clear();
        }
        Ok(element)
    }
}
