//! XML 1.0 with namespaces from a reader, within bounds.

use super::{
    XmlElement, XmlError, XmlErrorKind as Kind,
    meter::Meter,
    name::{XML, is_allowed},
};
use crate::epcis::{excerpt::Excerpt, limits::Limits, model::Name};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesDecl, BytesRef, BytesStart, Event as Token},
};
use std::{io::BufRead, sync::Arc};

const MAX_ATTRIBUTES: usize = 256;

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
    scopes: Vec<(usize, Arc<str>, Arc<str>)>,
    depth: usize,
    /// An element without content was met, and its end is still to be told.
    empty: bool,
    nodes: usize,
    budget: usize,
    limits: Limits,
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
        self.scopes
            .retain(|(depth, _, _)| *depth != self.depth || *depth == 0);
        self.depth = self.depth.saturating_sub(1);
    }

    fn start(&mut self, start: &BytesStart<'_>, line: u64) -> Result<Piece, XmlError> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(self.error(Kind::TooDeep(self.limits.depth)));
        }
        let mut plain = Vec::new();
        let mut declarations = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute
                .map_err(|error| self.error(Kind::Syntax(Excerpt::new(&error.to_string()))))?;
            let value = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|error| self.error(Kind::Entity(Excerpt::new(&error.to_string()))))?;
            let name = std::str::from_utf8(attribute.key.as_ref())
                .map_err(|_| self.error(Kind::Character))?;
            if !value.chars().all(is_allowed) {
                return Err(self.error(Kind::Character));
            }
            match name.strip_prefix("xmlns") {
                Some("") => declarations.push((String::new(), value.into_owned())),
                Some(prefix) if prefix.starts_with(':') => {
                    declarations.push((prefix[1..].to_owned(), value.into_owned()));
                }
                _ => plain.push((name.to_owned(), value.into_owned())),
            }
            self.spend(plain.len() + declarations.len())?;
        }
        self.declare(&declarations);
        let name = std::str::from_utf8(start.name().into_inner())
            .map_err(|_| self.error(Kind::Character))?;
        let name = self.resolve(name, true)?;
        let attributes = self.attributes(plain)?;
        Ok(Piece::Start(XmlElement {
            attributes,
            declarations,
            line,
            ..XmlElement::new(name)
        }))
    }

    fn spend(&mut self, attributes: usize) -> Result<(), XmlError> {
        self.nodes += 1;
        if attributes > MAX_ATTRIBUTES {
            return Err(self.error(Kind::TooMany(MAX_ATTRIBUTES)));
        }
        if self.nodes > self.limits.nodes {
            return Err(self.error(Kind::TooMany(self.limits.nodes)));
        }
        Ok(())
    }

    fn declare(&mut self, declarations: &[(String, String)]) {
        for (prefix, namespace) in declarations {
            self.scopes.push((
                self.depth,
                Arc::from(prefix.as_str()),
                Arc::from(namespace.as_str()),
            ));
        }
    }

    fn attributes(&self, plain: Vec<(String, String)>) -> Result<Vec<(Name, String)>, XmlError> {
        let mut attributes: Vec<(Name, String)> = Vec::with_capacity(plain.len());
        for (name, value) in plain {
            let name = self.resolve(&name, false)?;
            let same = |(other, _): &&(Name, String)| {
                other.local == name.local && other.namespace == name.namespace
            };
            if attributes.iter().any(|attribute| same(&attribute)) {
                let name = Excerpt::new(&name.written());
                return Err(self.error(Kind::DuplicateAttribute(name)));
            }
            attributes.push((name, value));
        }
        Ok(attributes)
    }

    /// A name with its namespace. The default namespace holds for elements alone.
    fn resolve(&self, name: &str, is_element: bool) -> Result<Name, XmlError> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if !super::name::is_local_name(local) {
            return Err(self.error(Kind::Syntax(Excerpt::new(name))));
        }
        if prefix.is_empty() && !is_element {
            return Ok(Name::bare(local));
        }
        let found = self
            .scopes
            .iter()
            .rev()
            .find(|(_, declared, _)| &**declared == prefix);
        match found {
            Some((_, prefix, namespace)) if !namespace.is_empty() => Ok(Name {
                prefix: Some(prefix.clone()),
                namespace: Some(namespace.clone()),
                local: local.to_owned(),
            }),
            _ if prefix.is_empty() => Ok(Name::bare(local)),
            _ => Err(self.error(Kind::UndeclaredPrefix(Excerpt::new(prefix)))),
        }
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
