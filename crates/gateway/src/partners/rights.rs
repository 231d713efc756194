//! What a partner may do.

/// Something that a partner may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Put events in, and see how its captures went.
    Capture,
    /// Ask for events within its reach.
    Query,
    /// Have events sent.
    Subscribe,
    /// See all captures, end others' queries and subscriptions, grant events.
    Administer,
    /// Verify packs, and see what is to be pulled.
    Verify,
    /// The same, and let packs leave and come back.
    Dispense,
    /// Ask about packs that this organisation made.
    Ask,
    /// Read studies within its reach.
    ReadTrials,
    /// Capture and correct data of studies within its reach.
    CaptureTrials,
}

impl Right {
    /// All rights.
    pub const ALL: [Self; 9] = [
        Self::Capture,
        Self::Query,
        Self::Subscribe,
        Self::Administer,
        Self::Verify,
        Self::Dispense,
        Self::Ask,
        Self::ReadTrials,
        Self::CaptureTrials,
    ];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Query => "query",
            Self::Subscribe => "subscribe",
            Self::Administer => "administer",
            Self::Verify => "verify",
            Self::Dispense => "dispense",
            Self::Ask => "ask",
            Self::ReadTrials => "read-trials",
            Self::CaptureTrials => "capture-trials",
        }
    }

    /// The right of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.name() == name)
    }

    fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// A set of rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights(u16);

impl Rights {
    /// Every right.
    pub fn all() -> Self {
        Right::ALL.into_iter().collect()
    }

    /// Whether `right` is among them.
    pub fn contains(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<T: IntoIterator<Item = Right>>(rights: T) -> Self {
        Self(rights.into_iter().fold(0, |set, right| set | right.bit()))
    }
}
