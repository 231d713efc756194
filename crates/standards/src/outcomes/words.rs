//! The words of an outcome that tell it from others.

/// Words that say nothing of what is measured.
const EMPTY: [&str; 52] = [
    "a",
    "all",
    "an",
    "and",
    "are",
    "as",
    "assess",
    "assessed",
    "at",
    "be",
    "been",
    "by",
    "defined",
    "during",
    "each",
    "evaluate",
    "evaluated",
    "for",
    "from",
    "has",
    "have",
    "in",
    "into",
    "is",
    "it",
    "its",
    "measured",
    "of",
    "on",
    "or",
    "outcome",
    "participant",
    "patient",
    "per",
    "subject",
    "than",
    "that",
    "the",
    "their",
    "this",
    "through",
    "to",
    "up",
    "use",
    "using",
    "was",
    "were",
    "which",
    "who",
    "will",
    "with",
    "within",
];

/// Words of how something is expressed or summed up, which are compared apart.
const EXPRESSED: [&str; 14] = [
    "average",
    "change",
    "count",
    "incidence",
    "mean",
    "median",
    "number",
    "percent",
    "percentage",
    "proportion",
    "rate",
    "score",
    "time",
    "value",
];

/// Pairs of spellings, the second of which is kept.
const SPELLINGS: [(&str, &str); 6] = [
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("aemia", "emia"),
    ("haem", "hem"),
    ("oedema", "edema"),
];

/// The words without empty ones, in one spelling, each once and sorted.
pub(super) fn telling(words: &[String]) -> Vec<String> {
    let mut telling: Vec<String> = words
        .iter()
        .map(|word| plain(word))
        .filter(|word| !word.is_empty() && !EMPTY.contains(&word.as_str()))
        .collect();
    telling.sort_unstable();
    telling.dedup();
    telling
}

/// Of these words, those of what is measured, not of how it is expressed.
pub(super) fn measured(words: &[String]) -> Vec<String> {
    let own = words.iter();
    own.filter(|word| !EXPRESSED.contains(&word.as_str()))
        .cloned()
        .collect()
}

/// A word in one spelling: without apostrophes and the plural's s.
fn plain(word: &str) -> String {
    let word: String = word
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let mut word = match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word,
    };
    for (from, to) in SPELLINGS {
        if word.contains(from) {
            word = word.replace(from, to);
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_plurals_meet() {
        let words = |text: &str| {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            telling(&words)
        };
        assert_eq!(
            words("the number of hospitalisations"),
            ["hospitalization", "number"]
        );
        assert_eq!(words("haemoglobin values"), ["hemoglobin", "value"]);
        assert_eq!(words("illness status"), ["illness", "status"]);
        assert_eq!(measured(&words("mean change weight")), ["weight"]);
    }
}
