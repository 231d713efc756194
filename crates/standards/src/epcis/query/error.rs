//! Why a query was refused.

use crate::epcis::{excerpt::Excerpt, json::JsonError, xml::XmlError};
use thiserror::Error;

/// A refused query.
#[derive(Debug, Error)]
pub enum QueryError {
    /// The body is no JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The body is no XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// The context of the body defines more than is kept.
    #[error(transparent)]
    Context(#[from] crate::epcis::json::TooManyTerms),
    /// Not the shape of a query.
    #[error("got {got}, expected {expected}")]
    Shape {
        /// What stands there.
        got: Excerpt,
        /// What was expected.
        expected: &'static str,
    },
    /// No parameter has this name.
    #[error("{0} is no parameter of the query language")]
    UnknownParameter(Excerpt),
    /// A parameter stands twice.
    #[error("parameter {0} stands twice")]
    Repeated(Excerpt),
    /// A value that the parameter cannot have.
    #[error("{parameter}: got {got}, expected {expected}")]
    Value {
        /// The parameter.
        parameter: Excerpt,
        /// What stands there.
        got: Excerpt,
        /// What was expected.
        expected: &'static str,
    },
    /// `eventCountLimit` and `maxEventCount` exclude each other.
    #[error("eventCountLimit and maxEventCount exclude each other")]
    TwoLimits,
    /// `eventCountLimit` without an order has no meaning.
    #[error("eventCountLimit needs orderBy")]
    LimitWithoutOrder,
    /// The query does not name the query that it asks.
    #[error("a poll without queryName")]
    NoQueryName,
    /// Only one query is known by name here.
    #[error("{0} is no query known here; SimpleEventQuery is")]
    UnknownQuery(Excerpt),
    /// More than a query may hold.
    #[error("more than {limit} {what}")]
    TooLarge {
        /// The limit.
        limit: usize,
        /// Of what.
        what: &'static str,
    },
    /// A percent sign begins no octet, or the octets are not UTF-8.
    #[error("a percent sign that begins no octet of UTF-8")]
    PercentEncoding,
}
