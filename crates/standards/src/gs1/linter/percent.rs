//! Percent-encoding: each `%` is followed by two hexadecimal digits.

use super::{LintError, LintFault};

pub(super) fn lint(data: &[u8]) -> Result<(), LintFault> {
    let mut place = 0;
    while place < data.len() {
        if data[place] != b'%' {
            place += 1;
            continue;
        }
        let sequence = &data[place..data.len().min(place + 3)];
        if sequence.len() < 3 || !sequence[1..].iter().all(u8::is_ascii_hexdigit) {
            let error = LintError::InvalidPercentSequence;
            return Err(LintFault::new(error, place, sequence.len()));
        }
        place += 3;
    }
    Ok(())
}
