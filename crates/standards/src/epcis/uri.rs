//! Whether a text is a URI (RFC 3986).

/// Whether `text` is a URI: a scheme, a colon, and only characters that a URI may hold.
pub fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.bytes();
    let begins = letters
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic());
    begins
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && holds(rest.as_bytes())
}

/// Percent signs must begin a triplet. Letters beyond ASCII are allowed as in an IRI (RFC 3987).
fn holds(rest: &[u8]) -> bool {
    if rest.is_empty() {
        return false;
    }
    let mut at = 0;
    while at < rest.len() {
        let byte = rest[at];
        if byte == b'%' {
            let pair = rest.get(at + 1..at + 3);
            if !pair.is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)) {
                return false;
            }
            at += 2;
        } else if byte <= b' ' || byte == 0x7f || b"\"<>\\^`{|}".contains(&byte) {
            return false;
        }
        at += 1;
    }
    true
}
