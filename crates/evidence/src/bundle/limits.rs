//! Bounds of a bundle, checked before anything is decoded.

use super::Failure;

/// Longest file, in bytes.
pub const MAX_BYTES: usize = 16 << 20;
/// Deepest nesting of arrays and objects.
pub const MAX_DEPTH: usize = 8;
/// Most claims in a bundle.
pub const MAX_CLAIMS: usize = 64;
/// Most entries of one log.
pub const MAX_ENTRIES: usize = 8_192;

/// Checks length and nesting of the text.
pub(super) fn check_text(bytes: &[u8]) -> Result<(), Failure> {
    if bytes.len() > MAX_BYTES {
        return Err(Failure::TooLarge {
            got: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in bytes {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'[' | b'{') => depth += 1,
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Failure::TooDeep { limit: MAX_DEPTH });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_counted_outside_of_strings_only() {
        assert_eq!(check_text(br#"[[[[[[[["[[[[\"[["]]]]]]]]"#), Ok(()));
        assert_eq!(
            check_text(b"[[[[[[[[["),
            Err(Failure::TooDeep { limit: MAX_DEPTH })
        );
    }
}
