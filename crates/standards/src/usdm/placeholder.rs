//! Texts that stand for a text that is yet to be written.

/// Phrases that make a text a placeholder wherever they stand, as words.
const PHRASES: [&str; 9] = [
    "to be determined",
    "to be defined",
    "to be confirmed",
    "to be added",
    "to be specified",
    "to be completed",
    "not yet determined",
    "not yet defined",
    "lorem ipsum",
];
/// Texts that are placeholders as a whole.
const WHOLE: [&str; 12] = [
    "",
    "tbd",
    "tbc",
    "tba",
    "n a",
    "na",
    "none",
    "placeholder",
    "xxx",
    "xx",
    "unknown",
    "insert text",
];
/// Words that make a short text a placeholder.
const SHORT: [&str; 4] = ["tbd", "tbc", "placeholder", "todo"];

/// Whether a text says no more than that it is yet to be written.
pub fn is_placeholder(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let plain = words.join(" ");
    let holds = |phrase: &&str| format!(" {plain} ").contains(&format!(" {phrase} "));
    let is_short = words.len() <= 4;
    WHOLE.contains(&plain.as_str())
        || PHRASES.iter().any(holds)
        || (is_short && SHORT.iter().any(holds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_yet_to_be_written_are_told_from_endpoints() {
        for text in [
            "*** To be determined from protocol ***",
            "",
            " - ",
            "TBD",
            "T.B.D: tbd",
            "Placeholder",
            "endpoint to be defined",
            "N/A",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "Adverse events",
            "Time to be free of symptoms",
            "Dose to be taken at week 12",
            "Non-attendance",
            "ADAS-Cog (11) at Week 24",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
