//! A verification as JSON, at the door and at the command line.

use serde_json::{Value, json};
use theriac_standards::gs1::scan::Repair;

use super::{Cause, Custody, Verification};
use crate::packs::{book::SeenFlag, messaging::ManufacturerAnswer};

impl Verification {
    /// The verification as JSON.
    pub fn to_json(&self) -> Value {
        let causes: Vec<_> = self.causes.iter().map(cause).collect();
        let flags: Vec<_> = self.flags.iter().map(flag).collect();
        json!({
            "fit": self.is_fit(),
            "pack": self.label.map(|label| label.bracketed()),
            "causes": causes,
            "flags": flags,
            "custody": custody(self.custody),
            "repairs": self.repairs_in_words(),
            "ask": self.ask,
            "manufacturer": self.manufacturer.as_ref().map(manufacturer),
            "unchecked": self.unchecked,
        })
    }

    /// What had to be undone to read the scan, in words for people.
    pub fn repairs_in_words(&self) -> Vec<String> {
        self.repairs.iter().map(repair).collect()
    }
}

fn repair(repair: &Repair) -> String {
    match repair {
        Repair::Prefix { characters } => format!("{characters} characters before it left out"),
        Repair::Suffix { characters } => format!("{characters} characters after it left out"),
        Repair::KeyboardLayout { names } => {
            format!(
                "the scanner types for a US keyboard, the computer has {}",
                names.join(" or ")
            )
        }
        Repair::CapsLock => "Caps Lock is on".to_owned(),
        Repair::SeparatorReplaced { by } => {
            format!("the scanner sends {} for FNC1", by.escape_default())
        }
        Repair::SeparatorMissing { count } => {
            format!("the scanner leaves FNC1 out, {count} times")
        }
    }
}

fn cause(cause: &Cause) -> Value {
    let emvs = cause.emvs();
    let emvs = emvs.map(|(alert, code)| json!({ "alert": alert, "code": code }));
    json!({
        "code": cause.code(),
        "class": cause.class().word(),
        "message": cause.words(),
        "emvs": emvs,
        "vrs": cause.vrs(),
        "vrsInfo": cause.vrs_info(),
    })
}

fn flag(flag: &SeenFlag) -> Value {
    json!({
        "number": flag.number,
        "on": flag.subject.word(),
        "kind": flag.kind.word(),
        "organisation": flag.organisation,
    })
}

fn custody(custody: Custody) -> Value {
    match custody {
        Custody::Complete { steps } => json!({ "state": "complete", "handOvers": steps }),
        Custody::NotChecked => json!({ "state": "not-checked" }),
        Custody::Broken => json!({ "state": "broken" }),
        Custody::Unknown => json!({ "state": "unknown" }),
    }
}

fn manufacturer(answer: &ManufacturerAnswer) -> Value {
    match answer {
        ManufacturerAnswer::Answered(response) => json!({
            "answered": true,
            "verified": response.is_verified,
            "reason": response.reason.map(|reason| reason.word()),
            "information": response.information.map(|information| information.word()),
            "responder": response.responder,
            "time": response.timestamp,
        }),
        ManufacturerAnswer::Failed(failure) => json!({
            "answered": false,
            "failure": failure.code(),
            "message": failure.to_string(),
        }),
    }
}
