//! Why a pack is not fit, in the words of those who must act on it.

use theriac_contracts::codes::FlagKind;

use crate::packs::messaging::Reason;

/// Why a pack is not fit to be dispensed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The scan is no pack.
    Unreadable(String),
    /// The book has neither pack nor lot.
    UnknownHere,
    /// The lot is known, and has no such pack here.
    SerialUnknown,
    /// The serial number is of another lot.
    LotMismatch,
    /// The serial number has another expiry.
    ExpiryMismatch,
    /// Lot and expiry are others.
    LotAndExpiryMismatch,
    /// The ledger has no such lot.
    LotNotCommissioned,
    /// Nobody answers for the product.
    ProductUnknown,
    /// Who commissioned the lot does not answer for the product.
    LotOfAnother {
        /// Who commissioned it.
        organisation: u32,
    },
    /// The way of the pack does not lead here.
    CustodyBroken,
    /// The book has it elsewhere.
    NotHeld(&'static str),
    /// It left from here.
    LeftHere {
        /// How: a code of `ExitKind`.
        kind: u8,
        /// When.
        time_ms: u64,
    },
    /// It left elsewhere: one of the two is a copy.
    LeftElsewhere {
        /// From where.
        organisation: u32,
        /// How: a code of `ExitKind`.
        kind: u8,
        /// When.
        time_ms: u64,
    },
    /// Another organisation proved that it holds the pack.
    Reserved {
        /// Which.
        organisation: u32,
    },
    /// The manufacturer was asked, and does not verify it.
    NotVerified {
        /// Why, in the words of the Lightweight Messaging Standard.
        reason: Reason,
    },
    /// Past its expiry.
    Expired,
    /// A flag stands on the pack, its lot, or a unit in which it travelled.
    Flagged {
        /// What it says.
        kind: FlagKind,
    },
    /// It came in a delivery with an exception that is open, or that kept it out.
    InException {
        /// The exception's number in the book.
        number: i64,
    },
}

/// Of what sort a cause is: who looks into it first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseClass {
    /// The scanner or its settings.
    Scanner,
    /// Data that did not arrive, or that differ.
    Data,
    /// What was done here before.
    Procedure,
    /// What the pack or its lot is: expired, recalled.
    State,
    /// A copy, a theft, a diversion.
    Suspicion,
}

impl CauseClass {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Scanner => "scanner",
            Self::Data => "data",
            Self::Procedure => "procedure",
            Self::State => "state",
            Self::Suspicion => "suspicion",
        }
    }
}

impl Cause {
    /// The stable code, a fact in one word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "Unreadable",
            Self::UnknownHere => "UnknownHere",
            Self::SerialUnknown => "SerialUnknown",
            Self::LotMismatch => "LotMismatch",
            Self::ExpiryMismatch => "ExpiryMismatch",
            Self::LotAndExpiryMismatch => "LotAndExpiryMismatch",
            Self::LotNotCommissioned => "LotNotCommissioned",
            Self::ProductUnknown => "ProductUnknown",
            Self::LotOfAnother { .. } => "LotOfAnother",
            Self::CustodyBroken => "CustodyBroken",
            Self::NotHeld(_) => "NotHeld",
            Self::LeftHere { .. } => "LeftHere",
            Self::LeftElsewhere { .. } => "LeftElsewhere",
            Self::Reserved { .. } => "Reserved",
            Self::NotVerified { .. } => "NotVerified",
            Self::Expired => "Expired",
            Self::Flagged { .. } => "Flagged",
            Self::InException { .. } => "InException",
        }
    }

    /// Of what sort it is.
    pub fn class(&self) -> CauseClass {
        match self {
            Self::Unreadable(_) => CauseClass::Scanner,
            Self::UnknownHere
            | Self::SerialUnknown
            | Self::LotMismatch
            | Self::ExpiryMismatch
            | Self::LotAndExpiryMismatch
            | Self::ProductUnknown
            | Self::InException { .. } => CauseClass::Data,
            Self::NotHeld(_) | Self::LeftHere { .. } => CauseClass::Procedure,
            Self::Expired => CauseClass::State,
            Self::LotNotCommissioned
            | Self::LotOfAnother { .. }
            | Self::CustodyBroken
            | Self::LeftElsewhere { .. }
            | Self::NotVerified { .. }
            | Self::Reserved { .. } => CauseClass::Suspicion,
            Self::Flagged { kind } => match kind {
                FlagKind::Stolen | FlagKind::Suspect | FlagKind::Illegitimate => {
                    CauseClass::Suspicion
                }
                FlagKind::RecallClass1
                | FlagKind::RecallClass2
                | FlagKind::RecallClass3
                | FlagKind::Withdrawn
                | FlagKind::Quarantine
                | FlagKind::ExpiryExtended => CauseClass::State,
            },
        }
    }

    /// Alert and code of the European verification system that say the same; `None` where that raises no alert.
    pub fn emvs(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::UnknownHere | Self::SerialUnknown => Some(("A3", "NMVS_NC_PC_02")),
            Self::LotNotCommissioned => Some(("A2", "NMVS_FE_LOT_03")),
            Self::ExpiryMismatch => Some(("A52", "NMVS_FE_LOT_12")),
            Self::LotMismatch | Self::LotAndExpiryMismatch => Some(("A68", "NMVS_FE_LOT_13")),
            Self::LeftHere { .. } => Some(("A7", "NMVS_NC_PCK_19")),
            Self::LeftElsewhere { .. } | Self::Reserved { .. } => Some(("A24", "NMVS_NC_PCK_22")),
            Self::Unreadable(_)
            | Self::ProductUnknown
            | Self::LotOfAnother { .. }
            | Self::CustodyBroken
            | Self::NotHeld(_)
            | Self::NotVerified { .. }
            | Self::Expired
            | Self::Flagged { .. }
            | Self::InException { .. } => None,
        }
    }

    /// Reason of the Lightweight Messaging Standard (DSCSA) that says the same.
    pub fn vrs(&self) -> &'static str {
        match self {
            Self::Unreadable(_) | Self::NotHeld(_) => "No_reason_provided",
            Self::UnknownHere | Self::SerialUnknown | Self::ProductUnknown => {
                "No_match_GTIN_Serial"
            }
            Self::NotVerified { reason } => reason.word(),
            Self::LotMismatch => "No_match_GTIN_Serial_Lot",
            Self::ExpiryMismatch => "No_match_GTIN_Serial_Expiry",
            Self::LotAndExpiryMismatch => "No_match_GTIN_Serial_Lot_Expiry",
            Self::LotNotCommissioned
            | Self::LotOfAnother { .. }
            | Self::CustodyBroken
            | Self::LeftHere { .. }
            | Self::LeftElsewhere { .. }
            | Self::Reserved { .. }
            | Self::Expired
            | Self::Flagged { .. }
            | Self::InException { .. } => "Not_for_re-distribution",
        }
    }

    /// Additional information of the same standard.
    pub fn vrs_info(&self) -> Option<&'static str> {
        match self {
            Self::Expired => Some("Expired"),
            Self::Flagged { kind } => match kind {
                FlagKind::RecallClass1
                | FlagKind::RecallClass2
                | FlagKind::RecallClass3
                | FlagKind::Withdrawn => Some("Recalled"),
                FlagKind::Stolen | FlagKind::Suspect | FlagKind::Quarantine => Some("Suspect"),
                FlagKind::Illegitimate => Some("Illegitimate"),
                FlagKind::ExpiryExtended => Some("ExpirationExtended"),
            },
            Self::Unreadable(_)
            | Self::UnknownHere
            | Self::SerialUnknown
            | Self::LotMismatch
            | Self::ExpiryMismatch
            | Self::LotAndExpiryMismatch
            | Self::LotNotCommissioned
            | Self::ProductUnknown
            | Self::LotOfAnother { .. }
            | Self::CustodyBroken
            | Self::NotHeld(_)
            | Self::LeftHere { .. }
            | Self::LeftElsewhere { .. }
            | Self::NotVerified { .. }
            | Self::Reserved { .. }
            | Self::InException { .. } => None,
        }
    }
}
