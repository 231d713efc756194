//! Percent-encoding of RFC 3986, with `+` for a blank in a query.

use std::borrow::Cow;

/// Where a text stands in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// In the path: a blank is `%20`.
    Path,
    /// In the query: a blank is `+`.
    Query,
}

/// Encodes every byte that is not unreserved.
pub fn encode(text: &str, part: Part) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            b' ' if part == Part::Query => encoded.push('+'),
            _ => {
                encoded.push('%');
                encoded.push(char::from(HEX[usize::from(byte >> 4)]));
                encoded.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    encoded
}

/// Decodes what is encoded. A `%` without two hexadecimal digits stays; bytes above 0x7F become the characters of that number.
pub fn decode(text: &str, part: Part) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let place = bytes.len() - rest.len();
        let (decoded_letter, length) = match letter {
            '%' => match byte_at(&bytes[place + 1..]) {
                Some(byte) => (char::from(byte), 3),
                None => ('%', 1),
            },
            '+' if part == Part::Query => (' ', 1),
            other => (other, other.len_utf8()),
        };
        decoded.push(decoded_letter);
        rest = &rest[length..];
    }
    Cow::Owned(decoded)
}

fn byte_at(digits: &[u8]) -> Option<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let [high, low, ..] = digits else {
        return None;
    };
    Some((digit(high)? * 16 + digit(low)?) as u8)
}
