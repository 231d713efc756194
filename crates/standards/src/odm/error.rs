//! Why a text was refused, or could not be written.

use super::place::Place;
use crate::epcis::Excerpt;
use thiserror::Error;

/// A refused text.
#[derive(Debug, Error)]
#[error("{place}: {kind}")]
pub struct OdmError {
    /// Why.
    pub kind: OdmErrorKind,
    /// Where.
    pub place: Place,
}

/// Why a text was refused.
#[derive(Debug, Error)]
pub enum OdmErrorKind {
    /// The source failed.
    #[error("the source failed")]
    Io(#[source] std::io::Error),
    /// Not well-formed.
    #[error("not well-formed: {0}")]
    Syntax(Excerpt),
    /// A document type with declarations of its own, which could define entities.
    #[error("a document type with declarations is refused")]
    DocumentType,
    /// An entity that is not predefined.
    #[error("entity {0} is refused; only the five predefined ones are known")]
    Entity(Excerpt),
    /// An encoding or version that is not read.
    #[error("got {0}, expected XML 1.0 in UTF-8, US-ASCII or ISO-8859-1")]
    Encoding(Excerpt),
    /// A character that XML cannot hold, or a byte that its encoding does not have.
    #[error("a character that XML does not allow")]
    Character,
    /// A name that is none.
    #[error("{0} cannot be a name")]
    Name(Excerpt),
    /// A prefix without a namespace.
    #[error("prefix {0} is not declared")]
    UndeclaredPrefix(Excerpt),
    /// An attribute stands twice.
    #[error("attribute {0} stands twice")]
    DuplicateAttribute(Excerpt),
    /// More levels than the limit.
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// A tag, text or comment longer than the limit.
    #[error("a tag or text longer than {0} bytes")]
    TokenTooLarge(usize),
    /// A unit larger than the limit.
    #[error("a unit larger than {0} bytes")]
    UnitTooLarge(usize),
    /// More elements, attributes and texts than the limit for a unit.
    #[error("more than {0} elements, attributes and texts in one unit")]
    TooManyNodes(usize),
    /// More attributes than the limit.
    #[error("more than {0} attributes")]
    TooManyAttributes(usize),
    /// More namespaces in force at once than are kept.
    #[error("more than {0} namespaces in force")]
    TooManyNamespaces(usize),
    /// More definitions, references and keys than are kept.
    #[error("more than {0} definitions and keys")]
    TooManyDefinitions(usize),
    /// The text ends too early.
    #[error("the text ends inside an element")]
    End,
    /// Text or a second element outside the root.
    #[error("something stands outside the root element")]
    Outside,
    /// The root is not that of ODM.
    #[error("got root element {0}, expected ODM of CDISC")]
    Root(Excerpt),
}

/// Why something could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The writer failed.
    #[error("the writer failed")]
    Io(#[from] std::io::Error),
    /// A name that XML cannot hold.
    #[error("{0} cannot be a name")]
    Name(Excerpt),
    /// A prefix whose namespace is not known.
    #[error("the namespace of {0} is not known")]
    Namespace(Excerpt),
    /// A character that XML cannot hold.
    #[error("{0} holds a character that XML does not allow")]
    Character(Excerpt),
    /// A comment or instruction that would end early.
    #[error("{0} cannot stand in a comment or instruction")]
    Comment(Excerpt),
    /// An end without a beginning, or text outside the root.
    #[error("something stands outside the root element")]
    Outside,
}
