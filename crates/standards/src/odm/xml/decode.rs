//! Bytes to text: encodings, line ends, references, normalised attributes.

use super::name::is_allowed;
use crate::{epcis::Excerpt, odm::error::OdmErrorKind as Kind};
use std::borrow::Cow;

/// How the bytes of a text stand for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// UTF-8, and US-ASCII within it.
    Utf8,
    /// ISO-8859-1: each byte a letter.
    Latin1,
}

impl Encoding {
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        let is = |known: &&str| name.eq_ignore_ascii_case(known.as_bytes());
        if ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(is) {
            return Some(Self::Utf8);
        }
        ["iso-8859-1", "latin1"]
            .iter()
            .any(is)
            .then_some(Self::Latin1)
    }

    pub(super) fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, Kind> {
        let text = match self {
            Self::Latin1 if !bytes.is_ascii() => {
                Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect())
            }
            Self::Utf8 | Self::Latin1 => {
                Cow::Borrowed(std::str::from_utf8(bytes).map_err(|_| Kind::Character)?)
            }
        };
        match is_clean(&text) {
            true => Ok(text),
            false => Err(Kind::Character),
        }
    }
}

/// Whether XML can hold each letter. The quick half looks at bytes: what is refused has a control byte, or begins with 0xEF.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    let suspect = bytes.iter().fold(false, |found, byte| {
        found | (*byte < b' ') | (*byte == 0xef)
    });
    !suspect || text.chars().all(is_allowed)
}

/// Text with its line ends as XML has them.
pub(super) fn with_line_ends(text: Cow<'_, str>) -> String {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text.into_owned(),
    }
}

/// The value of an attribute: references resolved, white space turned into blanks.
pub(super) fn attribute(raw: &str) -> Result<String, Kind> {
    let is_plain = |byte: &u8| !matches!(byte, b'&' | b'<' | b'\t' | b'\n' | b'\r');
    if raw.as_bytes().iter().all(is_plain) {
        return Ok(raw.to_owned());
    }
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '<', '\t', '\n', '\r']) {
        value.push_str(&rest[..at]);
        let found = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match found {
            b'<' => return Err(Kind::Syntax(Excerpt::new("< in an attribute"))),
            b'&' => {
                let (name, behind) = rest
                    .split_once(';')
                    .ok_or_else(|| Kind::Entity(Excerpt::new(rest)))?;
                value.push(reference(name)?);
                rest = behind;
            }
            b'\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                value.push(' ');
            }
            _ => value.push(' '),
        }
    }
    value.push_str(rest);
    Ok(value)
}

/// The letter of a reference, told without `&` and `;`.
pub(super) fn reference(name: &str) -> Result<char, Kind> {
    let unknown = || Kind::Entity(Excerpt::new(name));
    let letter = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => {
            let number = name.strip_prefix('#').ok_or_else(unknown)?;
            let (digits, radix) = match number.strip_prefix('x') {
                Some(digits) => (digits, 16),
                None => (number, 10),
            };
            let is_number = digits.chars().all(|digit| digit.is_digit(radix));
            let code = u32::from_str_radix(digits, radix).ok();
            let code = code.filter(|_| is_number).and_then(char::from_u32);
            code.ok_or_else(unknown)?
        }
    };
    match is_allowed(letter) {
        true => Ok(letter),
        false => Err(unknown()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_normalised_as_xml_has_it() {
        let value = |raw| attribute(raw).ok();
        assert_eq!(value("a\r\nb\tc\rd"), Some("a b c d".to_owned()));
        assert_eq!(value("&#10;&lt;&#x41;&amp;"), Some("\n<A&".to_owned()));
        for wrong in [
            "&nbsp;", "&#0;", "&#+65;", "&#xD800;", "a<b", "a & b", "&#;",
        ] {
            assert_eq!(value(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn text_with_letters_that_xml_does_not_allow_is_refused() {
        assert!(Encoding::Utf8.decode("a\u{1}".as_bytes()).is_err());
        assert!(Encoding::Utf8.decode("\u{ffff}".as_bytes()).is_err());
        assert!(Encoding::Utf8.decode(b"\xe9").is_err());
        assert_eq!(Encoding::Latin1.decode(b"\xe9").ok().as_deref(), Some("é"));
        assert_eq!(
            Encoding::Utf8
                .decode("\u{fffd}ｆ\n".as_bytes())
                .ok()
                .as_deref(),
            Some("\u{fffd}ｆ\n")
        );
    }
}
