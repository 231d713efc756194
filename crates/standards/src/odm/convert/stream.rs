//! A file converted as it streams by.

use super::{
    error::ConvertError,
    fit::may_hold,
    indent::{indent, line},
    loss::Losses,
    to_one::ToOne,
    to_two::ToTwo,
};
use crate::{
    epcis::Excerpt,
    odm::{
        dialect::Dialect,
        error::OdmErrorKind as Kind,
        limits::Limits,
        xml::{Element, Piece, Scanner, Writer},
    },
};
use std::io::{BufRead, Write};

/// What to convert to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// ODM 1.3.2.
    One,
    /// ODM 2.0.
    Two {
        /// Stands before the OIDs of forms, which become groups and may not have the OID of another group.
        form_prefix: String,
    },
}

impl Target {
    fn dialect(&self) -> Dialect {
        match self {
            Self::One => Dialect::Odm1,
            Self::Two { .. } => Dialect::Odm2,
        }
    }
}

/// Converts a file and tells what could not be carried.
///
/// # Errors
/// The file is refused or is no ODM of the other version, or the result cannot be written.
pub fn convert<R: BufRead, W: Write>(
    reader: R,
    writer: W,
    target: &Target,
    limits: Limits,
) -> Result<Losses, ConvertError> {
    let mut writer = Writer::new(writer);
    writer.declaration()?;
    let mut stream = Stream {
        scanner: Scanner::new(reader, &limits),
        writer,
        target,
        losses: Losses::default(),
    };
    stream.run()?;
    stream.writer.finish()?;
    Ok(stream.losses)
}

struct Stream<'a, R, W> {
    scanner: Scanner<R>,
    writer: Writer<W>,
    target: &'a Target,
    losses: Losses,
}

impl<R: BufRead, W: Write> Stream<'_, R, W> {
    fn run(&mut self) -> Result<(), ConvertError> {
        while let Some(piece) = self.scanner.next_piece()? {
            match piece {
                Piece::Start(root) => self.root(root)?,
                Piece::Comment(_) | Piece::Instruction(_) => self.writer.piece(&piece)?,
                Piece::Text(_) | Piece::End => {}
            }
        }
        Ok(())
    }

    fn root(&mut self, mut root: Element) -> Result<(), ConvertError> {
        let dialect = Dialect::of_root(&root).ok_or_else(|| {
            let name = Excerpt::new(&root.name.written());
            self.scanner.error(Kind::Root(name))
        })?;
        let is_other = match self.target {
            Target::One => dialect == Dialect::Odm2,
            Target::Two { .. } => dialect == Dialect::Odm1,
        };
        if !is_other {
            return Err(ConvertError::Dialect(dialect));
        }
        let mut first = self.child()?;
        if let Some(child) = first.take_if(|child| child.name.odm() == Some("Description")) {
            let description = self.scanner.element(child)?;
            root.push(description);
            first = self.child()?;
        }
        let mut root = self.change(root, &[]);
        let inner = std::mem::take(&mut root.nodes);
        self.writer.piece(&Piece::Start(root.clone()))?;
        root.nodes = inner;
        for child in root.elements().cloned().collect::<Vec<_>>() {
            self.write(child, 1)?;
        }
        let mut next = first;
        while let Some(child) = next {
            self.section(child)?;
            next = self.child()?;
        }
        self.writer.piece(&Piece::Text(line(0)))?;
        Ok(self.writer.piece(&Piece::End)?)
    }

    /// The next element in the one that is open; `None` where that ends.
    fn child(&mut self) -> Result<Option<Element>, ConvertError> {
        loop {
            match self.scanner.next_piece()? {
                Some(Piece::Start(child)) => return Ok(Some(child)),
                Some(Piece::End) | None => return Ok(None),
                Some(Piece::Text(_) | Piece::Instruction(_)) => {}
                Some(Piece::Comment(comment)) => {
                    // Before the root's own tag is written there is no place for it.
                    self.writer.piece(&Piece::Comment(comment))?;
                }
            }
        }
    }

    fn section(&mut self, begun: Element) -> Result<(), ConvertError> {
        let name = begun.name.odm().unwrap_or_default().to_owned();
        if !matches!(name.as_str(), "ClinicalData" | "ReferenceData") {
            let whole = self.scanner.element(begun)?;
            return self.unit(whole, &["ODM"], 1);
        }
        let head = self.change(begun, &["ODM"]);
        self.writer.piece(&Piece::Text(line(1)))?;
        self.writer.piece(&Piece::Start(head))?;
        while let Some(child) = self.child()? {
            let whole = self.scanner.element(child)?;
            self.unit(whole, &["ODM", &name], 2)?;
        }
        self.writer.piece(&Piece::Text(line(1)))?;
        Ok(self.writer.piece(&Piece::End)?)
    }

    /// Converts and writes an element, where its parent may hold it.
    fn unit(&mut self, whole: Element, path: &[&str], level: usize) -> Result<(), ConvertError> {
        let (place, written) = (whole.place, whole.name.written());
        let changed = self.change(whole, path);
        let parent = path.last().copied().unwrap_or_default();
        if may_hold(parent, &changed, self.target.dialect()) {
            return self.write(changed, level);
        }
        let path: Vec<_> = path.iter().map(|step| (*step).to_owned()).collect();
        self.losses
            .push(place, &path, &format!("element {written}"));
        Ok(())
    }

    fn write(&mut self, mut element: Element, level: usize) -> Result<(), ConvertError> {
        indent(&mut element, level);
        self.writer.piece(&Piece::Text(line(level)))?;
        Ok(self.writer.element(&element)?)
    }

    fn change(&mut self, element: Element, path: &[&str]) -> Element {
        let path = path.iter().map(|step| (*step).to_owned()).collect();
        match self.target {
            Target::One => ToOne::new(path, &mut self.losses).element(element),
            Target::Two { form_prefix } => {
                ToTwo::new(path, form_prefix, &mut self.losses).element(element)
            }
        }
    }
}
