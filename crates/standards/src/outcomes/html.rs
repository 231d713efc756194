//! A comparison as a page that a browser shows without network and without script.

use super::{By, Change, Class, Outcome, OutcomeDiff, Row, When};
use std::fmt::{self, Write as _};

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;color:#1b1b1b;background:#fff}\
h1{font-size:1.4rem}table{border-collapse:collapse;width:100%}caption{text-align:left;color:#444;padding:.4rem 0}\
th,td{border:1px solid #bbb;padding:.5rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th{background:#f1f1f1}td.o{width:36%}.t{font-weight:600}.s{color:#444;font-size:.9em}.c{display:inline-block;border:1px solid #555;\
border-radius:3px;padding:0 .35rem;margin:0 .2rem .2rem 0;background:#fff}.x .c{background:#fff3cd}.r .c{background:#eef4ff}\
.n{color:#555;font-style:italic}@media print{body{max-width:none;margin:0}}";

/// The page.
pub fn page(diff: &OutcomeDiff) -> String {
    let title = format!("Outcomes: {} and {}", diff.before, diff.after);
    let mut text = String::new();
    text.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    text.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    text.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    push(
        &mut text,
        format_args!(
            "<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
            Escaped(&title)
        ),
    );
    push(&mut text, format_args!("<h1>{}</h1>\n", Escaped(&title)));
    about(&mut text, diff);
    summary(&mut text, diff);
    push(
        &mut text,
        format_args!(
            "<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">Changes</th></tr></thead>\n<tbody>\n",
            Escaped(&diff.before),
            Escaped(&diff.after)
        ),
    );
    for one in &diff.rows {
        row(&mut text, one);
    }
    text.push_str("</tbody>\n</table>\n</body>\n</html>\n");
    text
}

fn about(text: &mut String, diff: &OutcomeDiff) {
    let known = |when: &Option<When>| {
        let text = when.as_ref().map_or("unknown", |when| when.text.as_str());
        Escaped(text).to_string()
    };
    let milestones = &diff.milestones;
    push(
        text,
        format_args!(
            "<p>The later list is of {}: {}. Registered: {}. First consent: {}. Lock: {}. Unblinding: {}.</p>\n",
            known(&diff.at),
            diff.phase.name(),
            known(&milestones.registered),
            known(&milestones.first_consent),
            known(&milestones.lock),
            known(&milestones.unblinding)
        ),
    );
    text.push_str(
        "<p>Pairs by id are certain. Pairs by text are proposals for a person to confirm.</p>\n",
    );
}

fn summary(text: &mut String, diff: &OutcomeDiff) {
    text.push_str("<p>");
    for one in &diff.summary {
        if one.outcomes > 0 {
            push(
                text,
                format_args!(
                    "<span class=\"c\">{}: {}</span>",
                    one.class.name(),
                    one.outcomes
                ),
            );
        }
    }
    text.push_str("</p>\n");
}

fn row(text: &mut String, row: &Row) {
    let classes = row.changes.iter().map(|change| change.class);
    let shade = match classes.min() {
        Some(Class::Unchanged) | None => "",
        Some(Class::Reworded) => " class=\"r\"",
        Some(_) => " class=\"x\"",
    };
    push(text, format_args!("<tr{shade}>"));
    outcome(text, row.before.as_ref());
    outcome(text, row.after.as_ref());
    text.push_str("<td>");
    for one in &row.changes {
        change(text, one);
    }
    if let Some(phase) = row.phase {
        push(
            text,
            format_args!("<div class=\"s\">{}</div>", phase.name()),
        );
    }
    if let Some(pair) = &row.pair {
        let by = match pair.by {
            By::Id => "by id",
            By::Text => "by text",
        };
        push(
            text,
            format_args!(
                "<div class=\"s\">Pair {by}, {} %: {}</div>",
                pair.confidence,
                Escaped(&pair.reasons.join("; "))
            ),
        );
    }
    text.push_str("</td></tr>\n");
}

fn change(text: &mut String, change: &Change) {
    push(
        text,
        format_args!("<div><span class=\"c\">{}</span>", change.class.name()),
    );
    match (&change.from, &change.to) {
        (None, None) => {}
        (from, to) => {
            let told = |side: &Option<String>| {
                let side = side.as_deref().unwrap_or("nothing");
                Escaped(side).to_string()
            };
            push(
                text,
                format_args!("<span class=\"s\">{} → {}</span>", told(from), told(to)),
            );
        }
    }
    text.push_str("</div>");
}

fn outcome(text: &mut String, outcome: Option<&Outcome>) {
    let Some(outcome) = outcome else {
        text.push_str("<td class=\"o n\">not in this list</td>");
        return;
    };
    push(
        text,
        format_args!(
            "<td class=\"o\"><div class=\"s\">{}</div><div class=\"t\">{}</div>",
            outcome.level.name(),
            Escaped(&outcome.title)
        ),
    );
    for (label, value) in [
        ("", &outcome.description),
        ("When: ", &outcome.time_frame),
        ("Measurement: ", &outcome.measurement),
        ("Metric: ", &outcome.metric),
        ("Summed up as: ", &outcome.aggregation),
        ("In: ", &outcome.population),
    ] {
        if let Some(value) = value {
            push(
                text,
                format_args!("<div class=\"s\">{label}{}</div>", Escaped(value)),
            );
        }
    }
    let days = outcome.time.in_days();
    if !days.is_empty() {
        push(
            text,
            format_args!("<div class=\"s\">Time points: {days}</div>"),
        );
    }
    if outcome.is_placeholder {
        text.push_str("<div class=\"n\">a placeholder, yet to be written</div>");
    }
    text.push_str("</td>");
}

fn push(text: &mut String, arguments: fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("a text takes any text");
}

/// Text that stands in HTML, between tags or in an attribute.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                '\'' => formatter.write_str("&#39;")?,
                plain => formatter.write_char(plain)?,
            }
        }
        Ok(())
    }
}
