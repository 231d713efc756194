//! What a repair leads to.

use super::Symbology;
use crate::gs1::element_string::{ElementError, ElementString};

/// Elements, and what had to be undone to read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The symbology, where the scanner named it.
    pub symbology: Option<Symbology>,
    /// The elements. Their data is faultless.
    pub elements: ElementString<'static>,
    /// What was undone, outermost first; empty where nothing was.
    pub repairs: Vec<Repair>,
}

/// Something that was undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Characters before the symbology identifier, as a scanner can be set to send, were left out.
    Prefix {
        /// How many.
        characters: usize,
    },
    /// Blanks and control characters at the end, such as Enter, were left out.
    Suffix {
        /// How many.
        characters: usize,
    },
    /// Key strokes meant for a US keyboard arrived through this layout. Several that lead to the same elements are all named.
    KeyboardLayout {
        /// Their names.
        names: Vec<&'static str>,
    },
    /// Capitals and small letters were exchanged.
    CapsLock,
    /// Another character stood for FNC1.
    SeparatorReplaced {
        /// The character.
        by: char,
    },
    /// FNC1 was missing between elements.
    SeparatorMissing {
        /// How many were put back.
        count: usize,
    },
}

/// Why a scan cannot be repaired.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RepairError {
    /// The scan is longer than a barcode.
    #[error("{got} bytes: at most {allowed} are read")]
    TooLong {
        /// Bytes found.
        got: usize,
        /// Bytes that are read.
        allowed: usize,
    },
    /// Nothing that is undone makes it readable.
    #[error("cannot be read, whatever is undone; as it is: {as_it_is}")]
    Unreadable {
        /// What is wrong with it as it is.
        as_it_is: ElementError,
    },
    /// Keyboard and scanner disagree, and more than one layout leads to readable but different elements.
    #[error(
        "keyboard layout and scanner disagree, and it cannot be told for which of these layouts: {}; set the scanner to the keyboard",
        names.join(", ")
    )]
    WhichLayout {
        /// The layouts.
        names: Vec<&'static str>,
    },
    /// FNC1 is missing or replaced, and the elements can be told apart in more than one way.
    #[error(
        "the separator FNC1 is lost, and the elements can be told apart in more than one way; set the scanner to send GS"
    )]
    WhichSeparator,
}
