//! Names and namespaces of XML.

/// The namespace of the prefix `xml`.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Whether `namespace` is one of EPCIS, of any version.
pub(crate) fn is_epcis(namespace: &str) -> bool {
    namespace.starts_with("urn:epcglobal:epcis:")
        || namespace.starts_with("urn:epcglobal:epcis-query:")
        || namespace.starts_with("urn:epcglobal:epcis-masterdata:")
}

/// Whether `text` is a name without a colon. Stricter than XML in what lies beyond ASCII: letters and digits alone.
pub(super) fn is_local_name(text: &str) -> bool {
    let begins = |letter: char| letter.is_alphabetic() || letter == '_';
    let goes_on = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let mut letters = text.chars();
    letters.next().is_some_and(begins) && letters.all(goes_on)
}

/// Whether XML 1.0 can hold `letter` at all.
pub(super) fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
