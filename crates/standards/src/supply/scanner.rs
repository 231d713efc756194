//! What a scanner makes of a pack.

use crate::gs1::{pack_label::PackLabel, scan::layout::LAYOUTS};

use super::{Random, Rate};

const SYMBOLOGY: &str = "]d2";
const SEPARATOR: char = '\u{1d}';

/// What arrived, and what went wrong on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What arrived.
    pub text: String,
    /// What went wrong.
    pub fault: Option<Fault>,
}

/// What goes wrong between a barcode and a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Capitals and small letters are exchanged.
    CapsLock,
    /// The computer has another keyboard layout than the scanner thinks.
    Keyboard,
    /// FNC1 does not arrive.
    SeparatorsLost,
    /// Another character arrives for FNC1.
    SeparatorsReplaced,
    /// The scanner sends its own number before, and Enter after.
    Framed,
    /// Two readings arrive as one.
    Doubled,
    /// The same reading arrives again, by itself.
    Repeated,
    /// The connection broke in the product's number.
    BrokenOff,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::CapsLock,
        Self::Keyboard,
        Self::SeparatorsLost,
        Self::SeparatorsReplaced,
        Self::Framed,
        Self::Doubled,
        Self::Repeated,
        Self::BrokenOff,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::CapsLock => "caps_lock",
            Self::Keyboard => "keyboard",
            Self::SeparatorsLost => "separators_lost",
            Self::SeparatorsReplaced => "separators_replaced",
            Self::Framed => "framed",
            Self::Doubled => "doubled",
            Self::Repeated => "repeated",
            Self::BrokenOff => "broken_off",
        }
    }
}

impl Reading {
    /// The pack under a scanner that garbles at this rate.
    pub fn of(pack: &PackLabel, random: &mut Random, faults: Rate) -> Self {
        match random.happens(faults) {
            true => {
                let fault = *random.pick(&Fault::ALL);
                Self::garbled(pack, fault, random)
            }
            false => Self {
                text: clean(pack),
                fault: None,
            },
        }
    }

    /// The pack under a scanner with this fault.
    pub fn garbled(pack: &PackLabel, fault: Fault, random: &mut Random) -> Self {
        let clean = clean(pack);
        let text = match fault {
            Fault::CapsLock => clean.chars().map(exchanged).collect(),
            Fault::Keyboard => typed_elsewhere(&clean, random),
            Fault::SeparatorsLost => clean.replace(SEPARATOR, ""),
            Fault::SeparatorsReplaced => {
                let by = *random.pick(&['|', '~', '^']);
                clean.replace(SEPARATOR, &by.to_string())
            }
            Fault::Framed => format!("{:02}{clean}\r\n", random.below(100)),
            Fault::Doubled => format!("{clean}{clean}"),
            Fault::Repeated => clean,
            Fault::BrokenOff => {
                let left = random.between(4, 16) as usize;
                clean.chars().take(left).collect()
            }
        };
        Self {
            text,
            fault: Some(fault),
        }
    }
}

fn clean(pack: &PackLabel) -> String {
    format!("{SYMBOLOGY}{}", pack.to_elements().to_raw())
}

fn exchanged(letter: char) -> char {
    match letter.is_ascii_lowercase() {
        true => letter.to_ascii_uppercase(),
        false => letter.to_ascii_lowercase(),
    }
}

/// Through one of the layouts on which every key types something.
fn typed_elsewhere(clean: &str, random: &mut Random) -> String {
    let typed = LAYOUTS[1..].iter().filter_map(|layout| layout.typed(clean));
    let typed: Vec<_> = typed.filter(|typed| typed != clean).collect();
    random.pick(&typed).clone()
}
