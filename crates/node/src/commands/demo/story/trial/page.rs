//! Claims and frauds on one page, which a browser shows without network and without script.

use super::fraud::Fraud;
use std::fmt::Write as _;
use theriac_evidence::trial::verify::{ClaimReport, Report};

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;color:#1b1b1b;background:#fff}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.5rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th{background:#f1f1f1}.v{white-space:nowrap;font-weight:600}.s{color:#444;font-size:.9em}@media print{body{max-width:none;margin:0}}";

/// The page.
pub(super) fn page(report: &Report, source: &str, frauds: &[Fraud]) -> String {
    let mut text = String::new();
    text.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    text.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    text.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    push(
        &mut text,
        &format!(
            "<title>Evidence of a trial</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>Evidence of a trial</h1>\n"
        ),
    );
    push(
        &mut text,
        &format!(
            "<p>Study {} of organisation {} on network {}. Data: {}.</p>\n<h2>What the bundle for the regulator proves</h2>\n",
            report.number,
            report.organisation,
            report.chain_id,
            escaped(source)
        ),
    );
    push(
        &mut text,
        "<table>\n<thead><tr><th scope=\"col\">Claim</th><th scope=\"col\">Verdict</th><th scope=\"col\">What was found</th></tr></thead>\n<tbody>\n",
    );
    report
        .claims
        .iter()
        .for_each(|claim| push(&mut text, &row(claim)));
    push(
        &mut text,
        "</tbody>\n</table>\n<p>What no bundle of this kind claims:</p>\n<ul>\n",
    );
    for line in &report.not_claimed {
        push(&mut text, &format!("<li>{}</li>\n", escaped(line)));
    }
    push(
        &mut text,
        "</ul>\n<h2>Frauds that were tried afterwards</h2>\n<table>\n<thead><tr><th scope=\"col\">Fraud</th><th scope=\"col\">Caught by</th></tr></thead>\n<tbody>\n",
    );
    for fraud in frauds {
        push(&mut text, &fraud_row(fraud));
    }
    push(&mut text, "</tbody>\n</table>\n</body>\n</html>\n");
    text
}

fn row(claim: &ClaimReport) -> String {
    let failures = claim.failures.iter().map(|it| format!("fails: {it}"));
    let notes = claim.notes.iter().map(ToString::to_string);
    let limits = claim
        .not_claimed
        .iter()
        .map(|it| format!("not claimed: {it}"));
    let found: Vec<_> = failures
        .chain(notes)
        .chain(limits)
        .map(|line| escaped(&line))
        .collect();
    format!(
        "<tr><td>{:?} {}</td><td class=\"v\">{}</td><td class=\"s\">{}</td></tr>\n",
        claim.id,
        escaped(claim.title),
        claim.verdict,
        found.join("<br>")
    )
}

fn fraud_row(fraud: &Fraud) -> String {
    let caught = fraud
        .caught
        .iter()
        .map(|one| format!("{}: {}", escaped(one.by.words()), escaped(&one.how)));
    let caught: Vec<_> = caught.collect();
    format!(
        "<tr><td>{}. {}</td><td class=\"s\">{}</td></tr>\n",
        fraud.number,
        escaped(fraud.title),
        caught.join("<br>")
    )
}

fn push(out: &mut String, text: &str) {
    out.write_str(text).expect("memory");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_become_markup() {
        assert_eq!(escaped("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
    }
}
