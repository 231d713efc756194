//! A text read piece by piece, within bounds.

use super::{
    decode::{self, Encoding},
    element::{Element, Node},
    meter::Meter,
    names::Names,
};
use crate::{
    epcis::Excerpt,
    odm::{
        error::{OdmError, OdmErrorKind as Kind},
        limits::Limits,
        place::Place,
    },
};
use quick_xml::{
    Reader,
    events::{BytesDecl, Event as Token},
};
use std::io::BufRead;

/// What a scanner meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// An element begins; what is in it follows.
    Start(Element),
    /// Text inside an element; one text may come in several pieces.
    Text(String),
    /// A comment.
    Comment(String),
    /// An instruction.
    Instruction(String),
    /// The element that began last ends.
    End,
}

/// Reads pieces; only one is in memory at a time.
pub struct Scanner<R> {
    reader: Reader<Meter<R>>,
    buffer: Vec<u8>,
    pub(super) names: Names,
    pub(super) encoding: Encoding,
    pub(super) depth: usize,
    /// An element without content was met, and its end is still to be told.
    empty: bool,
    has_root: bool,
    pub(super) nodes: usize,
    pub(super) limits: Limits,
    place: Place,
}

impl<R: BufRead> Scanner<R> {
    /// Reads from `reader`, which may begin with a byte order mark.
    pub fn new(reader: R, limits: &Limits) -> Self {
        Self {
            reader: Reader::from_reader(Meter::new(reader)),
            buffer: Vec::new(),
            names: Names::new(),
            encoding: Encoding::Utf8,
            depth: 0,
            empty: false,
            has_root: false,
            nodes: 0,
            limits: *limits,
            place: Place::default(),
        }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Where the last piece begins.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The bounds it keeps.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The namespaces in force, innermost last: (prefix, namespace).
    pub fn namespaces(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        self.names.in_force()
    }

    /// An error where the last piece stands.
    pub fn error(&self, kind: Kind) -> OdmError {
        OdmError {
            kind,
            place: self.place,
        }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// The text is not well-formed or passes a limit; nothing more can then be read.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, OdmError> {
        if std::mem::take(&mut self.empty) {
            self.leave();
            return Ok(Some(Piece::End));
        }
        loop {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            self.reader.get_mut().allow(self.limits.token_bytes);
            self.place = self.reader.get_ref().place();
            let token = self.reader.read_event_into(&mut buffer);
            let met = match token {
                _ if self.reader.get_ref().is_exhausted() => {
                    Err(self.error(Kind::TokenTooLarge(self.limits.token_bytes)))
                }
                Ok(Token::Eof) => return self.end(),
                Ok(token) => self.piece(token).map_err(|kind| self.error(kind)),
                Err(error) => Err(self.syntax(error)),
            };
            self.buffer = buffer;
            if let Some(piece) = met? {
                return Ok(Some(piece));
            }
        }
    }

    fn end(&self) -> Result<Option<Piece>, OdmError> {
        match self.depth == 0 && self.has_root {
            true => Ok(None),
            false => Err(self.error(Kind::End)),
        }
    }

    fn syntax(&self, error: quick_xml::Error) -> OdmError {
        self.error(match error {
            quick_xml::Error::Io(error) => {
                Kind::Io(std::io::Error::new(error.kind(), error.to_string()))
            }
            other => Kind::Syntax(Excerpt::new(&other.to_string())),
        })
    }

    fn piece(&mut self, token: Token<'_>) -> Result<Option<Piece>, Kind> {
        match token {
            Token::Start(start) => self.begin(&start).map(Some),
            Token::Empty(start) => {
                self.empty = true;
                self.begin(&start).map(Some)
            }
            Token::End(_) => {
                self.leave();
                Ok(Some(Piece::End))
            }
            Token::Text(text) => self.text(&text),
            Token::CData(_) if self.depth == 0 => Err(Kind::Outside),
            Token::CData(data) => self.text(&data),
            Token::GeneralRef(_) if self.depth == 0 => Err(Kind::Outside),
            Token::GeneralRef(reference) => {
                let name = self.encoding.decode(&reference)?;
                let letter = decode::reference(&name)?;
                self.nodes += 1;
                Ok(Some(Piece::Text(letter.to_string())))
            }
            Token::Comment(comment) => {
                let comment = decode::with_line_ends(self.encoding.decode(&comment)?);
                match comment.contains("--") || comment.ends_with('-') {
                    true => Err(Kind::Syntax(Excerpt::new("-- in a comment"))),
                    false => Ok(Some(Piece::Comment(comment))),
                }
            }
            Token::PI(instruction) => {
                let text = decode::with_line_ends(self.encoding.decode(&instruction)?);
                Ok(Some(Piece::Instruction(text)))
            }
            Token::Decl(declaration) => self.declaration(&declaration).map(|()| None),
            Token::DocType(kind) if kind.contains(&b'[') => Err(Kind::DocumentType),
            Token::DocType(_) if self.has_root => Err(Kind::DocumentType),
            Token::DocType(_) => Ok(None),
            Token::Eof => Ok(None),
        }
    }

    fn begin(&mut self, start: &quick_xml::events::BytesStart<'_>) -> Result<Piece, Kind> {
        if self.depth == 0 && self.has_root {
            return Err(Kind::Outside);
        }
        self.has_root = true;
        self.start(start, self.place).map(Piece::Start)
    }

    fn declaration(&mut self, declaration: &BytesDecl<'_>) -> Result<(), Kind> {
        let refused = |text: &[u8]| Kind::Encoding(Excerpt::new(&String::from_utf8_lossy(text)));
        match declaration.version() {
            Ok(version) if &*version == b"1.0" => {}
            Ok(version) => return Err(refused(&version)),
            Err(_) => return Err(refused(b"no version")),
        }
        self.encoding = match declaration.encoding() {
            None => Encoding::Utf8,
            Some(Ok(name)) => Encoding::named(&name).ok_or_else(|| refused(&name))?,
            Some(Err(_)) => return Err(refused(b"no encoding")),
        };
        Ok(())
    }

    fn text(&mut self, bytes: &[u8]) -> Result<Option<Piece>, Kind> {
        let text = self.encoding.decode(bytes)?;
        if self.depth > 0 {
            self.nodes += 1;
            return Ok(Some(Piece::Text(decode::with_line_ends(text))));
        }
        match text.trim_start_matches('\u{feff}').trim().is_empty() {
            true => Ok(None),
            false => Err(Kind::Outside),
        }
    }

    fn leave(&mut self) {
        self.names.leave(self.depth);
        self.depth = self.depth.saturating_sub(1);
    }

    /// The rest of an element that began, as a tree.
    ///
    /// # Errors
    /// As [`Self::next_piece`], and where the element is larger than a unit may be.
    pub fn element(&mut self, begun: Element) -> Result<Element, OdmError> {
        let stop = self.reader.get_ref().spent() + self.limits.unit_bytes as u64;
        self.nodes = 0;
        let mut open = vec![begun];
        while let Some(piece) = self.next_piece()? {
            if self.reader.get_ref().spent() > stop {
                return Err(self.error(Kind::UnitTooLarge(self.limits.unit_bytes)));
            }
            if self.nodes > self.limits.unit_nodes {
                return Err(self.error(Kind::TooManyNodes(self.limits.unit_nodes)));
            }
            if let Some(closed) = grow(&mut open, piece) {
                return Ok(closed);
            }
        }
        Err(self.error(Kind::End))
    }
}

/// Adds a piece to the innermost of the open elements; gives the outermost when it is closed.
fn grow(open: &mut Vec<Element>, piece: Piece) -> Option<Element> {
    let node = match piece {
        Piece::Start(element) => {
            open.push(element);
            return None;
        }
        Piece::Text(text) => {
            let innermost = open.last_mut()?;
            if let Some(Node::Text(before)) = innermost.nodes.last_mut() {
                before.push_str(&text);
                return None;
            }
            Node::Text(text)
        }
        Piece::Comment(comment) => Node::Comment(comment),
        Piece::Instruction(instruction) => Node::Instruction(instruction),
        Piece::End => {
            let closed = open.pop()?;
            if open.is_empty() {
                return Some(closed);
            }
            Node::Element(closed)
        }
    };
    open.last_mut()?.nodes.push(node);
    None
}
