//! How verifications are shown.

use crate::arguments::utc;
use serde_json::{Value, json};
use theriac_contracts::codes::ExitKind;
use theriac_gateway::packs::{Cause, Custody, Verification};

/// A verification as JSON.
pub(super) fn value(verification: &Verification) -> Value {
    let causes: Vec<_> = verification.causes.iter().map(cause_value).collect();
    let flags: Vec<_> = verification
        .flags
        .iter()
        .map(|flag| json!({ "number": flag.number, "on": flag.subject.word(), "kind": flag.kind.word(), "organisation": flag.organisation }))
        .collect();
    json!({
        "fit": verification.is_fit(), "pack": verification.label.map(|label| label.bracketed()), "causes": causes, "flags": flags,
        "custody": custody(verification.custody), "repairs": repairs(verification), "ask": verification.ask, "unchecked": verification.unchecked,
    })
}

fn cause_value(cause: &Cause) -> Value {
    let emvs = cause
        .emvs()
        .map(|(alert, code)| json!({ "alert": alert, "code": code }));
    json!({
        "code": cause.code(), "class": cause.class().word(), "message": words(cause), "emvs": emvs, "vrs": cause.vrs(), "vrsInfo": cause.vrs_info(),
    })
}

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
            words(cause),
            cause.vrs()
        ));
    }
    lines.extend(
        repairs(verification)
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
    lines.join("\n")
}

fn repairs(verification: &Verification) -> Vec<String> {
    verification
        .repairs
        .iter()
        .map(|repair| format!("{repair:?}"))
        .collect()
}

fn custody(custody: Custody) -> String {
    match custody {
        Custody::Complete { steps } => format!("proven from the lot to you in {steps} hand-overs"),
        Custody::NotChecked => "in your book, not checked against the ledger".to_owned(),
        Custody::Broken => "it does not lead to you".to_owned(),
        Custody::Unknown => "unknown".to_owned(),
    }
}

/// A cause in words.
pub(super) fn words(cause: &Cause) -> String {
    let how = |kind: u8| ExitKind::from_code(kind).map_or("otherwise", ExitKind::word);
    match cause {
        Cause::Unreadable(why) => format!("the scan cannot be read: {why}"),
        Cause::UnknownHere => "your book has neither pack nor lot".to_owned(),
        Cause::SerialUnknown => "the lot is known, and this serial number is not".to_owned(),
        Cause::LotMismatch => "the serial number is of another lot".to_owned(),
        Cause::ExpiryMismatch => "the serial number has another expiry".to_owned(),
        Cause::LotAndExpiryMismatch => "the serial number has another lot and expiry".to_owned(),
        Cause::LotNotCommissioned => "the ledger has no such lot".to_owned(),
        Cause::ProductUnknown => "nobody has claimed the product".to_owned(),
        Cause::LotOfAnother { organisation } => {
            format!(
                "the lot is of organisation {organisation}, which does not answer for the product"
            )
        }
        Cause::CustodyBroken => "the way of the pack does not lead to you".to_owned(),
        Cause::NotHeld(state) => format!("your book has it as {state}"),
        Cause::LeftHere { kind, time_ms } => {
            format!("it left from you as {} at {}", how(*kind), utc(*time_ms))
        }
        Cause::LeftElsewhere {
            organisation,
            kind,
            time_ms,
        } => {
            format!(
                "CLONE: it left from organisation {organisation} as {} at {}",
                how(*kind),
                utc(*time_ms)
            )
        }
        Cause::Reserved { organisation } => {
            format!("organisation {organisation} proved that it holds the pack")
        }
        Cause::Expired => "it has expired".to_owned(),
        Cause::Flagged { kind } => format!("flagged {kind}"),
        Cause::InException { number } => format!("kept apart for exception {number}"),
    }
}
