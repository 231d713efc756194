//! What can go wrong for a partner: refused by a rule, or failed.

use theriac_contracts::Refusal as LedgerRefusal;

use super::{
    book::BookError, card::CardError, evidence::EvidenceFault, label::ScanFault,
    package::PackageFault,
};

/// Any error of this module.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The ledger, or a node.
    #[error("{0}")]
    Ledger(#[from] theriac_sdk::Error),
    /// The book.
    #[error("{0}")]
    Book(#[from] BookError),
    /// A rule of the partner's own said no.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A card.
    #[error("{0}")]
    Card(#[from] CardError),
    /// A scan.
    #[error("{0}")]
    Scan(#[from] ScanFault),
    /// A package.
    #[error("{0}")]
    Package(#[from] PackageFault),
    /// A file that is to show the way of a pack.
    #[error("{0}")]
    Evidence(#[from] EvidenceFault),
    /// It is in the book, and waits for a node.
    #[error("it is in the book, and waits for a node")]
    Waits,
    /// The desk takes nothing more.
    #[error("the gateway is about to end")]
    Closing,
    /// The book could not be written; its own log says why.
    #[error("the book could not be written")]
    BookFailed,
    /// A file.
    #[error("cannot {action} {file}", file = .file.display())]
    File {
        /// What was being done.
        action: &'static str,
        /// The file.
        file: std::path::PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// What a partner's own rules say, before the ledger is asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A value of the label to be made is faulty.
    #[error("the {field} is faulty: {error}")]
    LabelFaulty {
        /// Which.
        field: &'static str,
        /// What is wrong.
        error: theriac_standards::gs1::key::KeyError,
    },
    /// Too few or too many packs.
    #[error("got {got} packs, expected 1 to {most}")]
    PackCount {
        /// How many.
        got: usize,
        /// How many there may be.
        most: usize,
    },
    /// A serial number is listed twice, or is in the book already.
    #[error("the serial number {0} is there twice")]
    SerialTwice(String),
    /// The pack is not in the book.
    #[error("the pack is not in this book")]
    PackUnknown,
    /// The pack is not with the partner.
    #[error("the pack is not held: it is {0}")]
    NotHeld(&'static str),
    /// Fewer packs are held than were asked for.
    #[error("{held} packs are held, {wanted} were asked for")]
    TooFewHeld {
        /// Held.
        held: usize,
        /// Asked for.
        wanted: usize,
    },
    /// A pack's way would be too long to be proven.
    #[error("the way of pack {0} would have more than 16 steps")]
    WayTooLong(String),
    /// The card names another organisation than the ledger has for its account.
    #[error("the ledger has no such account in organisation {0}")]
    CardNotOfLedger(u32),
    /// The pack is not fit to be dispensed.
    #[error("the pack is not fit to be dispensed: {0}")]
    NotFit(String),
    /// The pack was dispensed before, by this organisation.
    #[error("your organisation has dispensed this pack at {0}")]
    DispensedByYou(String),
    /// The pack left elsewhere: one of the two is a copy.
    #[error("CLONE: organisation {organisation} let this pack leave at {time}")]
    LeftElsewhere {
        /// Which organisation.
        organisation: u32,
        /// When.
        time: String,
    },
    /// An exit of this kind cannot be undone.
    #[error("the exit cannot be undone: {0}")]
    NotUndoable(&'static str),
    /// No lot of this number is in the book.
    #[error("no lot {0} is in this book")]
    LotUnknown(String),
    /// The lot's number is of several lots.
    #[error("{0} lots have this number; give the product, or the root")]
    LotAmbiguous(usize),
    /// Nothing of the unit is in the book.
    #[error("no unit {0} is in this book")]
    UnitUnknown(String),
    /// The shipment is in the book already.
    #[error("this shipment was received before")]
    ReceivedBefore,
    /// The text is no key of a request.
    #[error("a request's key has 1 to 128 printable characters of ASCII")]
    RequestKeyFaulty,
    /// The key names another request.
    #[error("this key was used for another request")]
    RequestKeyUsed,
    /// A movement of a cabinet is not balanced, or takes more than there is.
    #[error("{0}")]
    Amounts(&'static str),
}

impl Refusal {
    /// The stable code, a fact in one word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::LabelFaulty { .. } => "LabelFaulty",
            Self::PackCount { .. } => "PackCountOutOfRange",
            Self::SerialTwice(_) => "SerialTwice",
            Self::PackUnknown => "PackUnknown",
            Self::NotHeld(_) => "PackNotHeld",
            Self::TooFewHeld { .. } => "TooFewHeld",
            Self::WayTooLong(_) => "WayTooLong",
            Self::CardNotOfLedger(_) => "CardNotOfLedger",
            Self::NotFit(_) => "NotFit",
            Self::DispensedByYou(_) => "AlreadyDispensed",
            Self::LeftElsewhere { .. } => "CloneAlarm",
            Self::NotUndoable(_) => "NotUndoable",
            Self::LotUnknown(_) => "LotUnknown",
            Self::LotAmbiguous(_) => "LotAmbiguous",
            Self::UnitUnknown(_) => "UnitUnknown",
            Self::ReceivedBefore => "ReceivedBefore",
            Self::RequestKeyFaulty => "RequestKeyFaulty",
            Self::RequestKeyUsed => "RequestKeyUsed",
            Self::Amounts(_) => "AmountsWrong",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::LabelFaulty { .. } => {
                "give a GTIN with its check digit, texts of at most 20 characters, and YYMMDD"
            }
            Self::PackCount { .. } => "make several lots of it",
            Self::SerialTwice(_) => "each pack of a product has a serial number of its own",
            Self::PackUnknown => "receive the package that it came in: theriac pack receive",
            Self::NotHeld(_) => "see where it is: theriac pack trace",
            Self::TooFewHeld { .. } => "give fewer, or receive first",
            Self::WayTooLong(_) => "return it to the manufacturer, who commissions it anew",
            Self::CardNotOfLedger(_) => "ask the partner for a new card: theriac pack card",
            Self::NotFit(_) => "keep it apart and see why: theriac pack verify",
            Self::DispensedByYou(_) => "if it came back, undo the exit first: theriac pack undo",
            Self::LeftElsewhere { .. } => {
                "keep the pack apart; if you hold the true one, strike that exit: theriac pack contest"
            }
            Self::NotUndoable(_) => "decommission it otherwise, or return it",
            Self::LotUnknown(_) | Self::UnitUnknown(_) => {
                "compare it with what was commissioned or received"
            }
            Self::LotAmbiguous(_) => "see the lots: theriac pack stock",
            Self::ReceivedBefore => "it is in the book: theriac pack stock",
            Self::RequestKeyFaulty | Self::RequestKeyUsed => {
                "make a new key for each request, and repeat it only where the answer was lost"
            }
            Self::Amounts(_) => "count the cabinet: theriac pack count",
        }
    }
}

impl Error {
    /// The refusal of the ledger, if it is one.
    pub(crate) fn ledger_refusal(&self) -> Option<LedgerRefusal> {
        match self {
            Self::Ledger(theriac_sdk::Error::Refused(refusal)) => Some(*refusal),
            Self::Ledger(_)
            | Self::Book(_)
            | Self::Refused(_)
            | Self::Card(_)
            | Self::Scan(_)
            | Self::Package(_)
            | Self::Evidence(_)
            | Self::Waits
            | Self::Closing
            | Self::BookFailed
            | Self::File { .. } => None,
        }
    }
}
