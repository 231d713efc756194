//! Words of the vocabulary from one spelling to another, whether the standard has them or not.

use super::Kind;

/// The parts that have URNs.
const WITH_URN: [Kind; 5] = [
    Kind::BizStep,
    Kind::Disposition,
    Kind::BizTransaction,
    Kind::Party,
    Kind::ErrorReason,
];

/// The part and the bare word of a URN, a web address or its compact form; `None` for any other text.
pub fn from_any(text: &str) -> Option<(Kind, &str)> {
    WITH_URN.into_iter().find_map(|kind| {
        let (namespace, prefix) = kind.web();
        let (compact, _) = kind.compact();
        let word = match kind.urn().and_then(|urn| text.strip_prefix(urn)) {
            Some(word) => word,
            None => {
                let rest = text.strip_prefix(namespace);
                let rest = rest.or_else(|| text.strip_prefix(compact))?;
                rest.strip_prefix(prefix)?
            }
        };
        (!word.is_empty()).then_some((kind, word))
    })
}

/// The bare word, or the text as it is where it is no word of these parts.
pub fn to_bare(text: &str) -> &str {
    from_any(text).map_or(text, |(_, word)| word)
}

/// The URN of a word, in whichever spelling it is, of `kind` where it is bare. Text with a colon that is no word stays as it is.
pub fn to_urn(kind: Kind, text: &str) -> String {
    spell(kind, text, |kind, word| {
        kind.urn().map(|urn| format!("{urn}{word}"))
    })
}

/// The web address of a word, as [`to_urn`].
pub fn to_web_uri(kind: Kind, text: &str) -> String {
    spell(kind, text, |kind, word| {
        let (namespace, prefix) = kind.web();
        Some(format!("{namespace}{prefix}{word}"))
    })
}

fn spell(kind: Kind, text: &str, write: impl Fn(Kind, &str) -> Option<String>) -> String {
    let written = match from_any(text) {
        Some((kind, word)) => write(kind, word),
        None if text.contains(':') || text.trim().is_empty() => None,
        None => write(kind, text),
    };
    written.unwrap_or_else(|| text.to_owned())
}
