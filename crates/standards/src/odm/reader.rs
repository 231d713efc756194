//! A file read record by record.

use super::{
    clinical::{Annotation, AuditLog, AuditRecord, Container, ItemValue, Level, Query, Signature},
    dialect::Dialect,
    error::{OdmError, OdmErrorKind as Kind},
    header::Header,
    limits::Limits,
    metadata::{Location, Metadata, SignatureDef, Study, User},
    place::Place,
    validate::Structure,
    xml::{Element, Name, Piece, Scanner, Space},
};
use crate::epcis::Excerpt;
use std::{collections::VecDeque, io::BufRead};

/// What a file says, piece by piece. Each stands in the containers that began and did not end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A study; its versions follow.
    Study(Study),
    /// A version of the metadata of the study before, whole.
    Metadata(Box<Metadata>),
    /// A user.
    User(User),
    /// A location.
    Location(Location),
    /// What a signature means.
    SignatureDef(SignatureDef),
    /// Data, a subject, an event, a form or a group begins.
    Begin(Container),
    /// The data of an item.
    Item(Box<ItemValue>),
    /// An audit record of the container.
    Audit(AuditRecord),
    /// A signature of the container.
    Signature(Signature),
    /// An annotation of the container.
    Annotation(Annotation),
    /// A query of the container.
    Query(Box<Query>),
    /// A row of a vendor's audit log of the container.
    Log(Box<AuditLog>),
    /// The site of the subject, by OID.
    Site(String),
    /// The investigator of the subject, by OID.
    Investigator(String),
    /// What none of the others holds, whole.
    Other(Box<Element>),
    /// The container that began last ends.
    End(Level),
}

/// What is open.
enum Open {
    Root,
    Study(Study),
    Version(Box<Metadata>),
    Admin,
    Container(Container),
    /// A list of audit records, signatures or annotations.
    List,
}

/// Reads records; only one is in memory at a time, and of the metadata one version.
pub struct Reader<R> {
    scanner: Scanner<R>,
    header: Header,
    dialect: Dialect,
    open: Vec<Open>,
    waiting: VecDeque<Record>,
    definitions: usize,
    /// Sees each piece as it passes.
    pub(super) structure: Option<Structure>,
}

impl<R: BufRead> Reader<R> {
    /// Reads up to the first record.
    ///
    /// # Errors
    /// The text is no XML, passes a limit, or its root is no element of ODM.
    pub fn open(reader: R, limits: Limits) -> Result<Self, OdmError> {
        Self::begin(Scanner::new(reader, &limits), false)
    }

    pub(super) fn observed(reader: R, limits: Limits) -> Result<Self, OdmError> {
        Self::begin(Scanner::new(reader, &limits), true)
    }

    fn begin(mut scanner: Scanner<R>, is_observed: bool) -> Result<Self, OdmError> {
        let root = loop {
            match scanner.next_piece()? {
                Some(Piece::Start(root)) => break root,
                Some(_) => {}
                None => return Err(scanner.error(Kind::End)),
            }
        };
        let whole = Dialect::of_root(&root);
        let Some(dialect) = whole.or_else(|| Dialect::of_fragment(&root)) else {
            let name = Excerpt::new(&root.name.written());
            return Err(scanner.error(Kind::Root(name)));
        };
        let structure = is_observed.then(|| Structure::new(dialect, &root, scanner.limits()));
        let mut opened = Self {
            header: Header::of(&root, dialect),
            scanner,
            dialect,
            open: Vec::new(),
            waiting: VecDeque::new(),
            definitions: 0,
            structure,
        };
        match whole {
            Some(_) => opened.descend(&root, Open::Root),
            None => opened.start(root)?,
        }
        Ok(opened)
    }

    /// What the root says.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The standard of the file; that it is a Define-XML of version 2.0 shows with its metadata.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The containers that are open, outermost first.
    pub fn containers(&self) -> impl DoubleEndedIterator<Item = &Container> {
        self.open.iter().filter_map(|open| match open {
            Open::Container(container) => Some(container),
            Open::Root | Open::Study(_) | Open::Version(_) | Open::Admin | Open::List => None,
        })
    }

    /// Where the piece that was read last begins.
    pub fn place(&self) -> Place {
        self.scanner.place()
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// The text is not well-formed or passes a limit; nothing more can then be read.
    pub fn next_record(&mut self) -> Result<Option<Record>, OdmError> {
        loop {
            if let Some(record) = self.waiting.pop_front() {
                return Ok(Some(record));
            }
            let Some(piece) = self.scanner.next_piece()? else {
                return Ok(None);
            };
            match piece {
                Piece::Start(element) => self.start(element)?,
                Piece::End => self.end()?,
                Piece::Text(text) => {
                    if let Some(structure) = &mut self.structure {
                        structure.text(&text);
                    }
                }
                Piece::Comment(_) | Piece::Instruction(_) => {}
            }
        }
    }

    fn start(&mut self, element: Element) -> Result<(), OdmError> {
        let name = element.name.odm().unwrap_or_default().to_owned();
        match (self.open.last(), name.as_str()) {
            (Some(Open::Root) | None, "Study") => {
                self.observe(&element);
                self.open.push(Open::Study(Study::of(&element)));
            }
            (Some(Open::Root) | None, "AdminData") => self.descend(&element, Open::Admin),
            (Some(Open::Study(_)) | None, "MetaDataVersion") => {
                let study = match self.open.last() {
                    Some(Open::Study(study)) => study.oid.as_str(),
                    _ => "",
                };
                let version = Metadata::of(study, &element);
                self.dialect = self.dialect.refined(&element);
                if let Some(structure) = &mut self.structure {
                    structure.refine(self.dialect);
                }
                self.flush_study();
                self.descend(&element, Open::Version(Box::new(version)));
            }
            (Some(Open::Root | Open::Container(_)) | None, name) if Level::of(name).is_some() => {
                let level = Level::of(name).expect("it was asked for");
                let container = Container::of(level, &element);
                self.waiting.push_back(Record::Begin(container.clone()));
                self.descend(&element, Open::Container(container));
            }
            (Some(Open::Container(_)), "AuditRecords" | "Signatures" | "Annotations") => {
                self.descend(&element, Open::List);
            }
            _ => self.unit(element)?,
        }
        Ok(())
    }

    fn observe(&mut self, element: &Element) {
        if let Some(structure) = &mut self.structure {
            structure.start(element);
        }
    }

    fn descend(&mut self, element: &Element, open: Open) {
        self.observe(element);
        self.open.push(open);
    }

    /// Tells of the study once, before its first version or at its end.
    fn flush_study(&mut self) {
        if let Some(Open::Study(study)) = self.open.last_mut() {
            let told = std::mem::take(study);
            study.oid.clone_from(&told.oid);
            if !told.place.eq(&Place::default()) {
                self.waiting.push_back(Record::Study(told));
            }
        }
    }

    fn end(&mut self) -> Result<(), OdmError> {
        if matches!(self.open.last(), Some(Open::Study(_))) {
            self.flush_study();
        }
        if let Some(structure) = &mut self.structure {
            structure.end();
        }
        match self.open.pop() {
            Some(Open::Version(version)) => self.waiting.push_back(Record::Metadata(version)),
            Some(Open::Container(container)) => {
                self.waiting.push_back(Record::End(container.level));
            }
            Some(Open::Root | Open::Study(_) | Open::Admin | Open::List) | None => {}
        }
        Ok(())
    }

    /// An element that is read whole.
    fn unit(&mut self, begun: Element) -> Result<(), OdmError> {
        let element = self.scanner.element(begun)?;
        if let Some(structure) = &mut self.structure {
            structure.tree(&element);
        }
        let name = element.name.odm().unwrap_or_default();
        match self.open.last_mut() {
            Some(Open::Version(version)) => {
                self.definitions += 1 + element.elements().count();
                if self.definitions > self.scanner.limits().definitions {
                    let most = self.scanner.limits().definitions;
                    return Err(self.scanner.error(Kind::TooManyDefinitions(most)));
                }
                version.take(&element);
            }
            Some(Open::Study(study)) => {
                study.take(&element);
                if !matches!(name, "GlobalVariables" | "Description") {
                    self.waiting.push_back(Record::Other(Box::new(element)));
                }
            }
            Some(Open::Admin) => self.waiting.push_back(admin(element)),
            Some(Open::Container(_) | Open::List) => clinical(element, &mut self.waiting),
            Some(Open::Root) | None => self.waiting.push_back(Record::Other(Box::new(element))),
        }
        Ok(())
    }
}

fn admin(element: Element) -> Record {
    match element.name.odm() {
        Some("User") => Record::User(User::of(&element)),
        Some("Location") => Record::Location(Location::of(&element)),
        Some("SignatureDef") => Record::SignatureDef(SignatureDef::of(&element)),
        _ => Record::Other(Box::new(element)),
    }
}

fn clinical(element: Element, waiting: &mut VecDeque<Record>) {
    let name: &str = element.name.odm().unwrap_or_default();
    let oid = |attribute: &str| element.attribute(attribute).unwrap_or_default().to_owned();
    let record = match name {
        "AuditRecord" => Record::Audit(AuditRecord::of(&element)),
        "Signature" => Record::Signature(Signature::of(&element)),
        "Annotation" => Record::Annotation(Annotation::of(&element)),
        "SiteRef" => Record::Site(oid("LocationOID")),
        "InvestigatorRef" => Record::Investigator(oid("UserOID")),
        _ if is_item(&element.name) => Record::Item(Box::new(ItemValue::of(element))),
        _ => return foreign(element, waiting),
    };
    waiting.push_back(record);
}

fn is_item(name: &Name) -> bool {
    name.space != Space::Foreign && name.local.starts_with("ItemData")
}

/// Queries and logs of vendors, alone or in a list; anything else stays as it is.
fn foreign(element: Element, waiting: &mut VecDeque<Record>) {
    if let Some(query) = Query::of(&element) {
        return waiting.push_back(Record::Query(Box::new(query)));
    }
    let before = waiting.len();
    for child in element.elements() {
        if let Some(query) = Query::of(child) {
            waiting.push_back(Record::Query(Box::new(query)));
        } else if let Some(log) = AuditLog::of(child) {
            waiting.push_back(Record::Log(Box::new(log)));
        }
    }
    if waiting.len() == before {
        waiting.push_back(Record::Other(Box::new(element)));
    }
}
