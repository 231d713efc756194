//! Characters that a URN shows as `%` and two hexadecimal digits.

use super::EpcError;

/// The characters of sets 39 and 82 that are escaped.
const ESCAPED: &[u8] = b"\"#%&/<>?";

pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match u8::try_from(letter) {
            Ok(byte) if ESCAPED.contains(&byte) => escaped.push_str(&format!("%{byte:02X}")),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// # Errors
/// [`EpcError::Escape`] when a character is not escaped that must be, or an escape is not one of ASCII.
pub(super) fn unescape(text: &str) -> Result<String, EpcError> {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            let escaped = u8::try_from(letter).is_ok_and(|byte| ESCAPED.contains(&byte));
            if escaped {
                return Err(EpcError::Escape);
            }
            plain.push(letter);
            continue;
        }
        let mut digit = || letters.next()?.to_digit(16);
        let byte = digit().zip(digit()).map(|(high, low)| high * 16 + low);
        match byte.and_then(char::from_u32).filter(char::is_ascii) {
            Some(decoded) => plain.push(decoded),
            None => return Err(EpcError::Escape),
        }
    }
    Ok(plain)
}
