//! Why an XML text was refused, or could not be written.

use crate::epcis::excerpt::Excerpt;
use thiserror::Error;

/// A refused text; the line counts from 1.
#[derive(Debug, Error)]
#[error("line {line}: {kind}")]
pub struct XmlError {
    /// Why.
    pub kind: XmlErrorKind,
    /// The line.
    pub line: u64,
}

/// Why an XML text was refused.
#[derive(Debug, Error)]
pub enum XmlErrorKind {
    /// The source failed.
    #[error("the source failed")]
    Io(#[source] std::io::Error),
    /// Not well-formed.
    #[error("not well-formed: {0}")]
    Syntax(Excerpt),
    /// A document type, which could define entities.
    #[error("a document type is refused")]
    DocumentType,
    /// An entity that is not predefined.
    #[error("entity {0} is refused; only the five predefined ones are known")]
    Entity(Excerpt),
    /// An encoding or version that is not read.
    #[error("got {0}, expected XML 1.0 in UTF-8")]
    Encoding(Excerpt),
    /// A character that XML cannot hold, or a byte that is not UTF-8.
    #[error("a character that XML does not allow")]
    Character,
    /// A prefix without a namespace.
    #[error("prefix {0} is not declared")]
    UndeclaredPrefix(Excerpt),
    /// An attribute stands twice.
    #[error("attribute {0} stands twice")]
    DuplicateAttribute(Excerpt),
    /// Text and elements are mixed.
    #[error("text between the elements of {0}")]
    Mixed(Excerpt),
    /// More levels than the limit.
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// More bytes than the limit for one event or for the header.
    #[error("larger than {0} bytes")]
    TooLarge(usize),
    /// More elements and attributes than the limit for one event or for the header.
    #[error("more than {0} elements and attributes")]
    TooMany(usize),
    /// More namespaces in force at once than are kept.
    #[error("more than {0} namespaces in force")]
    TooManyNamespaces(usize),
    /// More events than the limit.
    #[error("more than {0} events")]
    TooManyEvents(u64),
    /// The text ends too early.
    #[error("the text ends inside an element")]
    End,
    /// Something follows the end of the root.
    #[error("text outside the root element")]
    Outside,
    /// The root is not that of a document.
    #[error("got root element {0}, expected EPCISDocument, EPCISQueryDocument or an event")]
    Root(Excerpt),
    /// An element is not where EPCIS has it.
    #[error("element {0} is out of place")]
    Misplaced(Excerpt),
}

/// Why something could not be written as XML.
#[derive(Debug, Error)]
pub enum XmlWriteError {
    /// The writer failed.
    #[error("the writer failed")]
    Io(#[from] std::io::Error),
    /// A name that XML cannot hold.
    #[error("{0} cannot be the name of an element or attribute")]
    Name(Excerpt),
    /// A prefix whose namespace is not known.
    #[error("the namespace of {0} is not known")]
    Namespace(Excerpt),
    /// A character that XML cannot hold.
    #[error("{0} holds a character that XML does not allow")]
    Character(Excerpt),
    /// A value without a counterpart in XML.
    #[error("{0} has no counterpart in XML")]
    Value(Excerpt),
}
