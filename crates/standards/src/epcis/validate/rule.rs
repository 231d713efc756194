//! The rules by name.

use crate::epcis::{excerpt::Excerpt, path::Path, xml::Edition};
use thiserror::Error;

/// The syntax of a document: some rules differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// JSON-LD.
    Json,
    /// XML of an edition.
    Xml(Edition),
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look.
    Advice,
    /// The event is refused.
    Fault,
}

/// A rule that was not kept, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{rule}: {got}")]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Where in the event, or in the document.
    pub path: Path,
    /// What stands there, cut short.
    pub got: Excerpt,
    /// How grave it is in this syntax.
    pub severity: Severity,
}

impl Finding {
    pub(super) fn new(rule: Rule, syntax: Syntax, path: Path, got: &str) -> Self {
        Self {
            rule,
            path,
            got: Excerpt::new(got),
            severity: rule.severity(syntax),
        }
    }
}

/// What is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Rule {
    /// A field that must be there is absent.
    #[error("required and absent")]
    Missing,
    /// A field that events of this type do not have.
    #[error("not a field of this type of event")]
    NotOfThisType,
    /// A name without prefix that neither the standard nor the document defines.
    #[error("neither a field of the standard nor a defined name")]
    UnknownName,
    /// The same, where a remote context may define it.
    #[error("a name that only a remote context could define")]
    NameOfRemoteContext,
    /// A prefix that the document does not define.
    #[error("a prefix that the document does not define")]
    UndefinedPrefix,
    /// The event says of no thing that something happened to it.
    #[error("the event needs a list of things, or sensor data with a read point")]
    NothingHappened,
    /// A list of children is needed unless the action is DELETE.
    #[error("the event needs children unless its action is DELETE")]
    NoChildren,
    /// A transformation needs inputs and outputs, or one of them and an id.
    #[error("a transformation needs inputs and outputs, or one of them and a transformationID")]
    NoTransformation,
    /// `ilmd` stands in an event whose action is not ADD.
    #[error("ilmd is for the action ADD alone")]
    IlmdWithoutAdd,
    /// A list that must not be empty is.
    #[error("must not be empty")]
    Empty,
    /// A member stands twice in a list.
    #[error("stands twice in its list")]
    Repeated,
    /// Neither `set` nor `unset`.
    #[error("needs set or unset")]
    NeitherSetNorUnset,
    /// Not a URI.
    #[error("not a URI")]
    NotAUri,
    /// A GS1 identifier that is not built as its scheme says.
    #[error("not built as its GS1 scheme says")]
    MalformedIdentifier,
    /// Not a date and time with a zone.
    #[error("not a date and time with a zone")]
    NotATime,
    /// Not an offset from UTC.
    #[error("not an offset from UTC as +01:00")]
    NotAnOffset,
    /// Not a number.
    #[error("not a number")]
    NotANumber,
    /// Neither true nor false.
    #[error("neither true nor false")]
    NotABoolean,
    /// Not hexadecimal.
    #[error("not hexadecimal")]
    NotHexadecimal,
    /// Not a code of a unit.
    #[error("not a code of a unit: two or three capitals or digits")]
    NotAUnit,
    /// A unit without an amount.
    #[error("a unit without a quantity")]
    UnitWithoutQuantity,
    /// Not a term of the vocabulary, and no URI of another.
    #[error("no term of the vocabulary, and no URI of another")]
    UnknownTerm,
    /// A URN or bare word in the syntax that does not use it.
    #[error("a form of the term that this syntax does not use")]
    TermOfOtherSyntax,
    /// A web URI in a namespace of GS1 that the edition known here does not have.
    #[error("not a term known of this GS1 namespace")]
    UnlistedTerm,
    /// A sensor's time after the time of the event.
    #[error("later than the event")]
    LaterThanEvent,
    /// A period that ends before it begins.
    #[error("the period ends before it begins")]
    PeriodReversed,
    /// Stated for all reports and for one.
    #[error("stated both in sensorMetadata and in sensorReport")]
    StatedTwice,
    /// An element stands before one that it should follow.
    #[error("not in the order of the schema")]
    Order,
    /// Two events have one id, and neither declares the other wrong.
    #[error("the id of an earlier event")]
    DuplicateEventId,
    /// Not a version.
    #[error("not a version")]
    NotAVersion,
}

impl Rule {
    /// How grave it is not to keep the rule. The schema of JSON forbids to repeat a member, that of XML does not; `ilmd` beside
    /// another action than ADD is forbidden in words by both editions and tolerated in the first, where published documents
    /// have it.
    pub fn severity(self, syntax: Syntax) -> Severity {
        match self {
            Self::Repeated if syntax != Syntax::Json => Severity::Advice,
            Self::IlmdWithoutAdd if syntax == Syntax::Xml(Edition::One) => Severity::Advice,
            Self::NameOfRemoteContext
            | Self::UndefinedPrefix
            | Self::MalformedIdentifier
            | Self::UnlistedTerm
            | Self::LaterThanEvent
            | Self::StatedTwice => Severity::Advice,
            Self::Missing
            | Self::NotOfThisType
            | Self::UnknownName
            | Self::NothingHappened
            | Self::NoChildren
            | Self::NoTransformation
            | Self::IlmdWithoutAdd
            | Self::Empty
            | Self::Repeated
            | Self::NeitherSetNorUnset
            | Self::NotAUri
            | Self::NotATime
            | Self::NotAnOffset
            | Self::NotANumber
            | Self::NotABoolean
            | Self::NotHexadecimal
            | Self::NotAUnit
            | Self::UnitWithoutQuantity
            | Self::UnknownTerm
            | Self::TermOfOtherSyntax
            | Self::PeriodReversed
            | Self::Order
            | Self::DuplicateEventId
            | Self::NotAVersion => Severity::Fault,
        }
    }
}
