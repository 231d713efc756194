//! What the root of a file says.

use super::{dialect::Dialect, xml::Element};

/// Whether a file tells a state or what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileType {
    /// The state at one moment.
    Snapshot,
    /// What was done, with audit records.
    Transactional,
}

/// The root of a file. What is absent is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The standard that its namespace names.
    pub dialect: Dialect,
    /// Whether it tells a state or what was done; `None` also where the name is not known.
    pub file_type: Option<FileType>,
    /// Its OID.
    pub file: Option<String>,
    /// The file before it, by OID.
    pub prior_file: Option<String>,
    /// When it was made, as it stands there.
    pub created: Option<String>,
    /// The version of ODM that it names.
    pub version: Option<String>,
    /// What it covers.
    pub granularity: Option<String>,
    /// What it is for, such as `Archive`; of ODM 2.0.
    pub context: Option<String>,
    /// Who made it.
    pub originator: Option<String>,
    /// The system that made it.
    pub source_system: Option<String>,
}

impl Header {
    pub(super) fn of(root: &Element, dialect: Dialect) -> Self {
        let attribute = |name: &str| root.attribute(name).map(str::to_owned);
        Self {
            dialect,
            file_type: match root.attribute("FileType") {
                Some("Snapshot") => Some(FileType::Snapshot),
                Some("Transactional") => Some(FileType::Transactional),
                Some(_) | None => None,
            },
            file: attribute("FileOID"),
            prior_file: attribute("PriorFileOID"),
            created: attribute("CreationDateTime"),
            version: attribute("ODMVersion"),
            granularity: attribute("Granularity"),
            context: attribute("Context"),
            originator: attribute("Originator"),
            source_system: attribute("SourceSystem"),
        }
    }
}
