//! How an outcome's text says that it is expressed and summed up.

/// Phrases of a metric, the first that stands in a text counts.
const METRICS: [(&str, &str); 20] = [
    ("time to", "time to event"),
    ("time until", "time to event"),
    ("survival", "time to event"),
    ("percent change", "percent change"),
    ("percentage change", "percent change"),
    ("relative change", "percent change"),
    ("change from", "change from baseline"),
    ("changes from", "change from baseline"),
    ("change in", "change from baseline"),
    ("changes in", "change from baseline"),
    ("mean change", "change from baseline"),
    ("difference from baseline", "change from baseline"),
    ("reduction from baseline", "change from baseline"),
    ("incidence of", "occurrence"),
    ("occurrence of", "occurrence"),
    ("number of events", "occurrence"),
    ("participants with", "occurrence"),
    ("subjects with", "occurrence"),
    ("patients with", "occurrence"),
    ("area under", "area under the curve"),
];

/// Phrases of an aggregation, likewise.
const AGGREGATIONS: [(&str, &str); 17] = [
    ("geometric mean", "geometric mean"),
    ("least squares mean", "least squares mean"),
    ("mean", "mean"),
    ("average", "mean"),
    ("median", "median"),
    ("proportion of", "proportion"),
    ("percentage of", "proportion"),
    ("percent of", "proportion"),
    ("proportion", "proportion"),
    ("count of participants", "count"),
    ("number of participants", "count"),
    ("number of subjects", "count"),
    ("number of patients", "count"),
    ("number of children", "count"),
    ("number of", "count"),
    ("rate of", "rate"),
    ("number", "number"),
];

/// The metric that a text tells.
pub(super) fn metric(text: &str) -> Option<String> {
    first(text, &METRICS)
}

/// The aggregation that a text tells.
pub(super) fn aggregation(text: &str) -> Option<String> {
    first(text, &AGGREGATIONS[..16])
}

/// A given metric in one word where it is a known one, else as it is.
pub(super) fn given_metric(text: &str) -> Option<String> {
    given(text, &METRICS)
}

/// A given aggregation, likewise.
pub(super) fn given_aggregation(text: &str) -> Option<String> {
    given(text, &AGGREGATIONS)
}

fn given(text: &str, phrases: &[(&str, &str)]) -> Option<String> {
    let plain = spaced(text);
    let plain = plain.trim();
    let is_known = phrases.iter().any(|(_, name)| *name == plain);
    match plain {
        "" => None,
        _ if is_known => Some(plain.to_owned()),
        _ => Some(first(text, phrases).unwrap_or_else(|| plain.to_owned())),
    }
}

fn first(text: &str, phrases: &[(&str, &str)]) -> Option<String> {
    let text = spaced(text);
    let mut phrases = phrases.iter();
    let found = phrases.find(|(phrase, _)| text.contains(&format!(" {phrase} ")));
    found.map(|(_, name)| (*name).to_owned())
}

/// The words in small letters, with one space around each.
fn spaced(text: &str) -> String {
    let words = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_and_aggregations_are_told() {
        let told = |text: &str| (metric(text), aggregation(text));
        let expected = |metric: &str, aggregation: &str| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            (some(metric), some(aggregation))
        };
        for (text, metric, aggregation) in [
            (
                "Mean change from baseline in HbA1c",
                "change from baseline",
                "mean",
            ),
            (
                "Percentage of Subjects With ASDAS flare",
                "occurrence",
                "proportion",
            ),
            ("Time to clinical improvement", "time to event", ""),
            ("Clinician's Interview-based Impression of Change", "", ""),
            ("Overall survival", "time to event", ""),
            (
                "Number of participants with a new Grade 3 event",
                "occurrence",
                "count",
            ),
            ("GEOMETRIC_MEAN", "", "geometric mean"),
            ("Meaningful improvement", "", ""),
        ] {
            assert_eq!(told(text), expected(metric, aggregation), "{text}");
        }
        assert_eq!(
            given_aggregation("Hodges-Lehmann estimate").as_deref(),
            Some("hodges lehmann estimate")
        );
        assert_eq!(given_aggregation("MEAN").as_deref(), Some("mean"));
        assert_eq!(given_aggregation(" ").as_deref(), None);
    }
}
