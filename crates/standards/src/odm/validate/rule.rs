//! The rules by name.

use thiserror::Error;

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Not as the standard has it, and harmless to who reads with care.
    Warning,
    /// The file cannot be used as it claims.
    Error,
}

/// What is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Rule {
    /// An element of a vendor, which the standard lets no one add there.
    #[error("an element of another namespace")]
    ForeignElement,
    /// An attribute of a vendor, which the bare schema does not have.
    #[error("an attribute of another namespace")]
    ForeignAttribute,
    /// An element that the standard does not have there.
    #[error("the standard has no such element there")]
    UnknownElement,
    /// An attribute that the standard does not have there.
    #[error("the standard has no such attribute there")]
    UnknownAttribute,
    /// An element that should stand before or after others, or less often.
    #[error("out of order, or once too often")]
    Misplaced,
    /// A child is absent.
    #[error("a child is absent")]
    MissingElement,
    /// An attribute is absent.
    #[error("an attribute is absent")]
    MissingAttribute,
    /// An attribute whose value is none of its type.
    #[error("the value of the attribute is none of its type")]
    AttributeValue,
    /// A text that is none of its type.
    #[error("the text is none of its type")]
    TextValue,
    /// Text where only elements may stand.
    #[error("text between elements, or in one that is empty")]
    Text,
    /// Two children or ids that must differ are the same.
    #[error("stands there twice")]
    Duplicate,
    /// An id that nothing has.
    #[error("nothing has this id")]
    DanglingId,
    /// A piece of a file, whose root is another element than ODM.
    #[error("a piece of a file; its root is another element than ODM")]
    Fragment,
    /// An OID that nothing in the version of the metadata has.
    #[error("not defined in this version of the metadata")]
    Unresolved,
    /// A user, location or kind of signature that the file does not define.
    #[error("not defined in the data of administration")]
    UnknownPerson,
    /// Clinical data whose definition is absent from the metadata that they name.
    #[error("clinical data without a definition")]
    Undefined,
    /// Data that are defined, but not as part of what they stand in.
    #[error("defined, but not as part of what it stands in")]
    NotPartOf,
    /// Clinical data name a version of the metadata that the file does not have, though it has others of the study.
    #[error("the file has other versions of the study's metadata, not this one")]
    UnknownVersion,
    /// The same key twice in a snapshot.
    #[error("the same key twice in a snapshot")]
    DuplicateKey,
    /// What may repeat has no repeat key.
    #[error("may repeat and has no repeat key")]
    MissingRepeatKey,
    /// What may not repeat has a repeat key.
    #[error("may not repeat and has a repeat key")]
    UnexpectedRepeatKey,
    /// In a transactional file a change, and in an archive anything, without its audit record.
    #[error(
        "without an audit record, which a change in a transactional file needs, and all in an archive"
    )]
    MissingAudit,
    /// A value, and the word that there is none.
    #[error("said to be null, and has a value")]
    NullWithValue,
    /// Neither a value nor the word that there is none.
    #[error("neither a value nor IsNull")]
    NoValue,
    /// A value that is none of the item's type.
    #[error("a value that is none of the item's type")]
    ValueOfType,
    /// A value that the item's code list does not have.
    #[error("a value that the item's code list does not have")]
    NotInCodeList,
    /// A value longer than the item's length.
    #[error("a value longer than the item's length")]
    TooLong,
    /// A value that a hard range check of its item rejects.
    #[error("a value that a hard range check rejects")]
    OutOfRange,
    /// A value that a soft range check of its item asks about.
    #[error("a value that a soft range check asks about")]
    OutOfSoftRange,
    /// More definitions and keys than are kept: some rules were not checked to the end.
    #[error("more definitions and keys than are kept; some rules were not checked to the end")]
    Unchecked,
}

impl Rule {
    /// Its name in reports for programs.
    pub fn code(self) -> String {
        let mut code = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !code.is_empty() {
                code.push('-');
            }
            code.push(letter.to_ascii_lowercase());
        }
        code
    }

    /// Whether the schema of the standard says so too.
    pub fn is_of_schema(self) -> bool {
        self <= Self::DanglingId
    }

    /// How grave it is.
    pub fn severity(self) -> Severity {
        match self {
            Self::UnknownElement
            | Self::UnknownAttribute
            | Self::MissingElement
            | Self::MissingAttribute
            | Self::AttributeValue
            | Self::TextValue
            | Self::Duplicate
            | Self::DanglingId
            | Self::Unresolved
            | Self::Undefined
            | Self::DuplicateKey
            | Self::MissingAudit
            | Self::NullWithValue
            | Self::OutOfRange => Severity::Error,
            Self::ForeignElement
            | Self::ForeignAttribute
            | Self::Misplaced
            | Self::Text
            | Self::Fragment
            | Self::UnknownPerson
            | Self::NotPartOf
            | Self::UnknownVersion
            | Self::MissingRepeatKey
            | Self::UnexpectedRepeatKey
            | Self::NoValue
            | Self::ValueOfType
            | Self::NotInCodeList
            | Self::TooLong
            | Self::OutOfSoftRange
            | Self::Unchecked => Severity::Warning,
        }
    }
}
