//! What one parameter asks.

use super::pattern::Pattern;
use crate::epcis::{
    model::{Action, Field, MetadataField, Name, ReportField},
    time::Instant,
    vocabulary::Kind,
};
use std::collections::BTreeSet;

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Operator {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "EQ" => Some(Self::Equal),
            "GT" => Some(Self::Greater),
            "GE" => Some(Self::GreaterOrEqual),
            "LT" => Some(Self::Less),
            "LE" => Some(Self::LessOrEqual),
            _ => None,
        }
    }

    /// Whether `left` stands so to `right`.
    pub(super) fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
        }
    }
}

/// Where an identifier must match a pattern.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) epcs: &'static [Field],
    pub(super) parent: bool,
    pub(super) classes: &'static [Field],
    /// Canonical identifiers of which any will do.
    pub(super) exact: BTreeSet<String>,
    pub(super) patterns: Vec<Pattern>,
}

/// Where in an event an extension stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Event,
    Ilmd,
    ErrorDeclaration,
    ReadPoint,
    BizLocation,
    SensorElement,
    SensorMetadata,
    SensorReport,
}

/// What an extension's value must be.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Exists,
    /// One of these texts.
    Texts(Vec<String>),
    Number(Operator, f64),
    Time(Operator, Instant),
    /// It has one of these attributes.
    HasAttribute(Vec<Name>),
    /// An attribute has one of these texts.
    Attribute(Name, Vec<String>),
}

/// What is asked of an error declaration.
#[derive(Clone, Debug)]
pub(super) enum ErrorClause {
    Exists,
    Time(Operator, Instant),
    /// Canonical terms.
    Reason(Vec<String>),
    CorrectiveId(Vec<String>),
}

/// What is asked of sensor data.
#[derive(Clone, Debug)]
pub(super) enum SensorClause {
    Exists,
    Time(MetadataField, Operator, Instant),
    /// Canonical texts of a report or of what is said for all reports.
    Text(ReportField, Vec<String>),
    Value {
        field: ReportField,
        operator: Operator,
        values: Vec<f64>,
        uom: Option<String>,
    },
}

/// One condition.
#[derive(Clone, Debug)]
pub(super) enum Clause {
    EventType(Vec<String>),
    Time(Field, Operator, Instant),
    Action(Vec<Action>),
    /// Canonical terms.
    Term(Field, Kind, Vec<String>),
    /// Canonical terms that must be set, or unset.
    Persistent {
        set: bool,
        terms: Vec<String>,
    },
    /// Canonical identifiers.
    Id(Field, Vec<String>),
    /// Canonical identifiers, of the place or of one around it.
    Within(Field, Vec<String>),
    Match(Match),
    /// The list, the canonical type, canonical identifiers.
    Document(Field, String, Vec<String>),
    Quantity {
        operator: Operator,
        values: Vec<f64>,
        uom: Option<String>,
    },
    Error(ErrorClause),
    Sensor(SensorClause),
    Extension {
        scope: Scope,
        inner: bool,
        name: Name,
        test: Test,
    },
}
