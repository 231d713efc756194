//! The closed lists of the standard: why a pack is not verified, and what else is said of it.

/// Why a manufacturer does not verify a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reason {
    /// Its own policy forbids an answer.
    ManufacturerPolicy,
    /// It made no such pack.
    NoMatchGtinSerial,
    /// It made the pack with another lot number and expiry.
    NoMatchGtinSerialLotExpiry,
    /// It made the pack with another lot number.
    NoMatchGtinSerialLot,
    /// It made the pack with another expiry.
    NoMatchGtinSerialExpiry,
    /// It gives none.
    #[default]
    NoReasonProvided,
    /// The pack may not be sold on.
    NotForRedistribution,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 7] = [
        Self::ManufacturerPolicy,
        Self::NoMatchGtinSerial,
        Self::NoMatchGtinSerialLotExpiry,
        Self::NoMatchGtinSerialLot,
        Self::NoMatchGtinSerialExpiry,
        Self::NoReasonProvided,
        Self::NotForRedistribution,
    ];

    /// The standard's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::ManufacturerPolicy => "Manufacturer_policy",
            Self::NoMatchGtinSerial => "No_match_GTIN_Serial",
            Self::NoMatchGtinSerialLotExpiry => "No_match_GTIN_Serial_Lot_Expiry",
            Self::NoMatchGtinSerialLot => "No_match_GTIN_Serial_Lot",
            Self::NoMatchGtinSerialExpiry => "No_match_GTIN_Serial_Expiry",
            Self::NoReasonProvided => "No_reason_provided",
            Self::NotForRedistribution => "Not_for_re-distribution",
        }
    }

    /// The reason of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// What else a manufacturer says of a pack. The gravest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Information {
    /// It is known to be a copy, stolen or diverted.
    Illegitimate,
    /// It may be.
    Suspect,
    /// Its lot is recalled.
    Recalled,
    /// It is past its expiry.
    Expired,
    /// It may be used beyond its printed expiry.
    ExpirationExtended,
}

impl Information {
    /// All of the list.
    pub const ALL: [Self; 5] = [
        Self::Illegitimate,
        Self::Suspect,
        Self::Recalled,
        Self::Expired,
        Self::ExpirationExtended,
    ];

    /// The standard's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Illegitimate => "Illegitimate",
            Self::Suspect => "Suspect",
            Self::Recalled => "Recalled",
            Self::Expired => "Expired",
            Self::ExpirationExtended => "ExpirationExtended",
        }
    }

    /// The information of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}
