//! Pieces as text.

use super::{
    element::{Attribute, Element, Node},
    name::{Name, XML, is_allowed, is_local_name},
    scan::Piece,
};
use crate::{epcis::Excerpt, odm::error::WriteError};
use std::io::Write;

/// Writes pieces in UTF-8, each as it comes.
pub struct Writer<W> {
    inner: W,
    text: String,
    /// Names of open elements, each with the number of declarations in force outside of it.
    open: Vec<(String, usize)>,
    /// Namespaces in force: (prefix, namespace), innermost last.
    scope: Vec<(String, String)>,
    /// The last start tag lacks its closing bracket.
    is_pending: bool,
}

impl<W: Write> Writer<W> {
    /// Writes to `inner`, which should be buffered.
    pub fn new(inner: W) -> Self {
        Self {
            inner,
            text: String::new(),
            open: Vec::new(),
            scope: Vec::new(),
            is_pending: false,
        }
    }

    /// Writes the XML declaration.
    ///
    /// # Errors
    /// The writer failed.
    pub fn declaration(&mut self) -> Result<(), WriteError> {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        Ok(self.inner.write_all(text.as_bytes())?)
    }

    /// Writes one piece.
    ///
    /// # Errors
    /// The piece cannot stand there, or the writer failed.
    pub fn piece(&mut self, piece: &Piece) -> Result<(), WriteError> {
        match piece {
            Piece::Start(element) => self.start(element),
            Piece::Text(text) => self.node(|writer| writer.characters(text)),
            Piece::Comment(comment) => self.node(|writer| writer.comment(comment)),
            Piece::Instruction(text) => self.node(|writer| writer.instruction(text)),
            Piece::End => self.end(),
        }
    }

    /// Writes an element with all that is in it.
    ///
    /// # Errors
    /// As [`Self::piece`].
    pub fn element(&mut self, element: &Element) -> Result<(), WriteError> {
        self.start(element)?;
        for node in &element.nodes {
            match node {
                Node::Element(child) => self.element(child)?,
                Node::Text(text) => self.node(|writer| writer.characters(text))?,
                Node::Comment(comment) => self.node(|writer| writer.comment(comment))?,
                Node::Instruction(text) => self.node(|writer| writer.instruction(text))?,
            }
        }
        self.end()
    }

    /// Gives the writer back when all elements are closed.
    ///
    /// # Errors
    /// An element is open, or the writer failed.
    pub fn finish(mut self) -> Result<W, WriteError> {
        if !self.open.is_empty() {
            return Err(WriteError::Outside);
        }
        self.inner.flush()?;
        Ok(self.inner)
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        self.inner.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    fn node(
        &mut self,
        write: impl FnOnce(&mut Self) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        if std::mem::take(&mut self.is_pending) {
            self.text.push('>');
        }
        write(self)?;
        self.flush()
    }

    fn characters(&mut self, text: &str) -> Result<(), WriteError> {
        match self.open.is_empty() && !text.trim().is_empty() {
            true => Err(WriteError::Outside),
            false => escape(text, false, &mut self.text),
        }
    }

    fn comment(&mut self, comment: &str) -> Result<(), WriteError> {
        if comment.contains("--") || comment.ends_with('-') || !comment.chars().all(is_allowed) {
            return Err(WriteError::Comment(Excerpt::new(comment)));
        }
        self.outside("<!--", comment, "-->");
        Ok(())
    }

    fn instruction(&mut self, text: &str) -> Result<(), WriteError> {
        if text.contains("?>") || !text.chars().all(is_allowed) {
            return Err(WriteError::Comment(Excerpt::new(text)));
        }
        self.outside("<?", text, "?>");
        Ok(())
    }

    /// Outside the root each stands on a line of its own, as canonical XML has it.
    fn outside(&mut self, begin: &str, text: &str, end: &str) {
        for part in [begin, text, end] {
            self.text.push_str(part);
        }
        if self.open.is_empty() {
            self.text.push('\n');
        }
    }

    fn start(&mut self, element: &Element) -> Result<(), WriteError> {
        if std::mem::take(&mut self.is_pending) {
            self.text.push('>');
        }
        let outside = self.scope.len();
        let mut declared = String::new();
        for (prefix, namespace) in &element.declarations {
            self.declare(prefix, namespace, &mut declared)?;
        }
        let name = self.qualified(&element.name, true, &mut declared)?;
        let mut attributes = String::new();
        for Attribute { name, value } in &element.attributes {
            let name = self.qualified(name, false, &mut declared)?;
            attributes.push(' ');
            attributes.push_str(&name);
            attributes.push_str("=\"");
            escape(value, true, &mut attributes)?;
            attributes.push('"');
        }
        self.text.push('<');
        self.text.push_str(&name);
        self.text.push_str(&declared);
        self.text.push_str(&attributes);
        self.open.push((name, outside));
        self.is_pending = true;
        self.flush()
    }

    fn end(&mut self) -> Result<(), WriteError> {
        let (name, outside) = self.open.pop().ok_or(WriteError::Outside)?;
        self.scope.truncate(outside);
        if std::mem::take(&mut self.is_pending) {
            self.text.push_str("/>");
        } else {
            self.text.push_str("</");
            self.text.push_str(&name);
            self.text.push('>');
        }
        if self.open.is_empty() {
            self.text.push('\n');
        }
        self.flush()
    }

    fn stands_for(&self, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some(XML);
        }
        let found = self.scope.iter().rev().find(|(name, _)| name == prefix);
        found.map(|(_, namespace)| namespace.as_str())
    }

    fn declare(
        &mut self,
        prefix: &str,
        namespace: &str,
        text: &mut String,
    ) -> Result<(), WriteError> {
        text.push_str(" xmlns");
        if !prefix.is_empty() {
            if !is_local_name(prefix) || namespace.is_empty() {
                return Err(WriteError::Name(Excerpt::new(prefix)));
            }
            text.push(':');
            text.push_str(prefix);
        }
        text.push_str("=\"");
        escape(namespace, true, text)?;
        text.push('"');
        self.scope.push((prefix.to_owned(), namespace.to_owned()));
        Ok(())
    }

    fn qualified(
        &mut self,
        name: &Name,
        is_element: bool,
        declared: &mut String,
    ) -> Result<String, WriteError> {
        let (prefix, namespace) = (&*name.prefix, &*name.namespace);
        if !is_local_name(&name.local) {
            return Err(WriteError::Name(Excerpt::new(&name.written())));
        }
        if namespace.is_empty() || (prefix.is_empty() && !is_element) {
            if !namespace.is_empty() || !prefix.is_empty() {
                return Err(WriteError::Namespace(Excerpt::new(&name.written())));
            }
            let inherits = is_element && self.stands_for("").is_some_and(|is| !is.is_empty());
            if inherits {
                self.declare("", "", declared)?;
            }
            return Ok(name.local.to_string());
        }
        if self.stands_for(prefix) != Some(namespace) {
            self.declare(prefix, namespace, declared)?;
        }
        Ok(name.written())
    }
}

fn escape(value: &str, in_attribute: bool, text: &mut String) -> Result<(), WriteError> {
    for letter in value.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' if in_attribute => text.push_str("&quot;"),
            '\t' if in_attribute => text.push_str("&#9;"),
            '\n' if in_attribute => text.push_str("&#10;"),
            '\r' => text.push_str("&#13;"),
            letter if is_allowed(letter) => text.push(letter),
            _ => return Err(WriteError::Character(Excerpt::new(value))),
        }
    }
    Ok(())
}
