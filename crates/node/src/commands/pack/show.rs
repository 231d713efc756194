//! How verifications are shown.

use theriac_gateway::packs::{Custody, Verification, messaging::ManufacturerAnswer};

/// A verification for people.
pub(super) fn text(verification: &Verification) -> String {
    let pack = verification
        .label
        .map_or("no pack".to_owned(), |label| label.bracketed());
    let verdict = if verification.is_fit() {
        "FIT"
    } else {
        "NOT FIT"
    };
    let mut lines = vec![
        format!("{verdict}  {pack}"),
        format!("  way: {}", custody(verification.custody)),
    ];
    for cause in &verification.causes {
        let alert = cause
            .emvs()
            .map_or(String::new(), |(alert, code)| format!(", {alert} {code}"));
        lines.push(format!(
            "  {}: {}{alert}, {}",
            cause.class().word(),
            cause.words(),
            cause.vrs()
        ));
    }
    lines.extend(
        verification
            .repairs_in_words()
            .iter()
            .map(|repair| format!("  scanner: {repair}")),
    );
    lines.extend(
        verification
            .unchecked
            .iter()
            .map(|what| format!("  not checked: {what}")),
    );
    lines.extend(
        verification
            .ask
            .iter()
            .map(|address| format!("  ask the manufacturer: {address}")),
    );
    lines.extend(verification.manufacturer.iter().map(manufacturer));
    lines.join("\n")
}

fn manufacturer(answer: &ManufacturerAnswer) -> String {
    match answer {
        ManufacturerAnswer::Answered(response) => {
            let verdict = match response.is_verified {
                true => "verified",
                false => response
                    .reason
                    .map_or("not verified", |reason| reason.word()),
            };
            let more = response.information.map(|information| information.word());
            let more = more.map_or(String::new(), |more| format!(", {more}"));
            format!(
                "  the manufacturer {} says: {verdict}{more}",
                response.responder
            )
        }
        ManufacturerAnswer::Failed(failure) => {
            format!("  the manufacturer was asked, and {failure}")
        }
    }
}

fn custody(custody: Custody) -> String {
    match custody {
        Custody::Complete { steps } => format!("proven from the lot to you in {steps} hand-overs"),
        Custody::NotChecked => "in your book, not checked against the ledger".to_owned(),
        Custody::Broken => "it does not lead to you".to_owned(),
        Custody::Unknown => "unknown".to_owned(),
    }
}
