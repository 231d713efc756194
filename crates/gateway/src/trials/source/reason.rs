//! Reasons for change, in words of a source.

use theriac_contracts::codes::CorrectionReason;

/// `late: the device was read again`: a word of the closed list and more, or any text, which is another reason.
pub fn read_reason(text: &str) -> Option<(u8, String)> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let (word, rest) = text.split_once(':').unwrap_or((text, ""));
    let known = CorrectionReason::from_word(word.trim());
    Some(match known {
        Some(reason) => (reason.code(), rest.trim().to_owned()),
        None => (CorrectionReason::Other.code(), text.to_owned()),
    })
}

/// The same as text.
pub fn write_reason(code: u8, text: &str) -> String {
    let word = CorrectionReason::from_code(code).map_or("other", CorrectionReason::word);
    match text {
        "" => word.to_owned(),
        text => format!("{word}: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_as_it_was_written_and_a_foreign_one_is_another() {
        for (code, text) in [(1, ""), (4, "see query 7: pulse"), (6, "moved")] {
            let told = write_reason(code, text);
            assert_eq!(read_reason(&told), Some((code, text.to_owned())));
        }
        let foreign = read_reason(" Data entry error ");
        assert_eq!(foreign, Some((6, "Data entry error".to_owned())));
        assert_eq!(read_reason("  "), None);
    }
}
