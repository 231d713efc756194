//! Nulls: a flavour of HL7, a space, and why.

use theriac_standards::table::NullFlavour;

/// The type of the flag that names the flavour of a null in ODM.
pub const FLAG: &str = "NullFlavor";

/// The text of a null with a reason that may begin with its flavour; without one there is no information.
pub fn null_text(flavour: Option<&str>, reason: &str) -> String {
    let reason = reason.trim();
    if let Some(flavour) = flavour.filter(|flavour| NullFlavour::parse(flavour).is_some()) {
        return format!("{flavour} {reason}");
    }
    let first = reason.split(' ').next().unwrap_or_default();
    match NullFlavour::parse(first) {
        Some(_) if first == reason => format!("{first} "),
        Some(_) => reason.to_owned(),
        None => format!("NI {reason}"),
    }
}

/// Flavour and reason of a null.
pub fn null_parts(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_null_has_a_flavour_in_any_case() {
        assert_eq!(null_text(Some("NASK"), "device"), "NASK device");
        assert_eq!(null_text(None, "UNK lost"), "UNK lost");
        assert_eq!(null_text(None, "UNK"), "UNK ");
        assert_eq!(null_text(None, "not done"), "NI not done");
        assert_eq!(null_text(Some("XXX"), ""), "NI ");
        assert_eq!(null_parts("NASK no device"), ("NASK", "no device"));
    }
}
