//! Why a web address is no GS1 Digital Link, or elements do not make one.

use crate::gs1::dictionary::Ai;
use crate::gs1::element_string::ElementError;

/// Why a Digital Link is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DigitalLinkError {
    /// The address is longer than is read.
    #[error("{got} bytes: at most {allowed} are read")]
    TooLong {
        /// Bytes found.
        got: usize,
        /// Bytes that are read.
        allowed: usize,
    },
    /// Neither http nor https.
    #[error("an address of http or https expected")]
    Scheme,
    /// No domain, or a character that cannot be in one.
    #[error("the domain name is missing or has a character that it cannot have")]
    Domain,
    /// A character that no web address holds.
    #[error("a character that no web address holds, at byte {position}")]
    Character {
        /// The byte's place.
        position: usize,
    },
    /// No primary key in the path, or something else after it than its qualifiers.
    #[error("no primary key in the path with its qualifiers alone after it")]
    NoKey,
    /// The qualifiers are none of that key, or in another order.
    #[error("({key}) does not have these qualifiers in this order")]
    Qualifiers {
        /// The key.
        key: Ai,
    },
    /// A query parameter of digits that is no data attribute.
    #[error("a parameter of digits is no data attribute, at byte {position} of the query")]
    NotAnAttribute {
        /// The byte's place in the query.
        position: usize,
    },
    /// An element that has no place in a Digital Link with that key.
    #[error("({ai}) can stand neither in the path nor in the query")]
    NoPlace {
        /// The identifier.
        ai: Ai,
    },
    /// A qualifier of the key in the query.
    #[error("({ai}) qualifies the key and belongs in the path")]
    BelongsInPath {
        /// The identifier.
        ai: Ai,
    },
    /// The same identifier twice.
    #[error("({ai}) is given twice")]
    Repeated {
        /// The identifier.
        ai: Ai,
    },
    /// A compressed part cannot be expanded.
    #[error("the compressed part cannot be expanded, at bit {bit}")]
    Compressed {
        /// The bit's place.
        bit: usize,
    },
    /// The data of an element is faulty.
    #[error(transparent)]
    Element(#[from] ElementError),
}
