//! Why there is no value, in the words of HL7.

use serde::Serialize;

/// A code of HL7's NullFlavor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum NullFlavour {
    /// No information.
    NI,
    /// Not applicable.
    NA,
    /// Unknown.
    UNK,
    /// Asked, and not known.
    ASKU,
    /// Not known now, perhaps later.
    NAV,
    /// Not asked.
    NASK,
    /// Masked.
    MSK,
    /// Other than what may be chosen.
    OTH,
    /// Not present.
    NP,
    /// Too little to measure.
    TRC,
    /// Enough, though not measured.
    QS,
    /// Greater than can be measured.
    PINF,
    /// Less than can be measured.
    NINF,
    /// Not a valid value.
    INV,
    /// Not written in the form.
    UNC,
}

impl NullFlavour {
    const ALL: [(Self, &'static str); 15] = [
        (Self::NI, "NI"),
        (Self::NA, "NA"),
        (Self::UNK, "UNK"),
        (Self::ASKU, "ASKU"),
        (Self::NAV, "NAV"),
        (Self::NASK, "NASK"),
        (Self::MSK, "MSK"),
        (Self::OTH, "OTH"),
        (Self::NP, "NP"),
        (Self::TRC, "TRC"),
        (Self::QS, "QS"),
        (Self::PINF, "PINF"),
        (Self::NINF, "NINF"),
        (Self::INV, "INV"),
        (Self::UNC, "UNC"),
    ];

    /// The flavour of this code.
    pub fn parse(code: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|(_, name)| *name == code);
        found.map(|(flavour, _)| flavour)
    }
}
