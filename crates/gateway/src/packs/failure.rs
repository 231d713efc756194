//! What can go wrong for a partner: refused by a rule, or failed.

use theriac_contracts::Refusal as LedgerRefusal;

use super::{
    book::BookError, card::CardError, evidence::EvidenceFault, label::ScanFault,
    package::PackageFault,
};
use crate::book::FormFault;

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
    /// A small file from someone else.
    #[error("{0}")]
    Form(#[from] FormFault),
    /// A prescription that is none, or that cannot be honoured.
    #[error("{0}")]
    Fhir(#[from] theriac_standards::fhir::FhirError),
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
    /// The node does not have the block in which the package's entries are.
    #[error("the node is at block {got}, and the package is of block {expected}")]
    NodeBehind {
        /// The node's.
        got: u64,
        /// The package's.
        expected: u64,
    },
    /// The text is no key of a request.
    #[error("a request's key has 1 to 128 printable characters of ASCII")]
    RequestKeyFaulty,
    /// The key names another request.
    #[error("this key was used for another request")]
    RequestKeyUsed,
    /// A movement of a cabinet is not balanced, or takes more than there is.
    #[error("{0}")]
    Amounts(&'static str),
    /// The file is of another network.
    #[error("the file is of network {got}, and this is {expected}")]
    OtherNetwork {
        /// The file's.
        got: u64,
        /// The client's.
        expected: u64,
    },
    /// The prescription is not of this account's wallet.
    #[error("the prescription was made for another wallet")]
    NotYourPrescription,
    /// File and ledger differ.
    #[error("the ledger has another {0} than the file")]
    NotAsPrescribed(&'static str),
    /// No fill, or not so much, is left.
    #[error("no fill, or not so much, is left of the prescription")]
    NothingLeft,
    /// No pack was named.
    #[error("no pack was scanned")]
    NoPacks,
    /// More than the order says for one fill.
    #[error("the order says 1 to {0} at a time")]
    AmountAboveOrder(u64),
    /// The fill is offered to someone else.
    #[error("the fill is offered to another pharmacist")]
    NotForYou,
    /// The pack is not what was ordered.
    #[error("product {0} is not the one that was ordered")]
    OtherProduct(String),
    /// The order forbids another product.
    #[error("the order allows no other product")]
    SubstitutionForbidden,
    /// A field of a report of theft or loss is missing, or stands where it does not belong.
    #[error("{0} is missing, or does not belong to this kind of loss")]
    LossIncomplete(&'static str),
    /// Nothing was lost of which that could be the report.
    #[error("no loss: {0}")]
    NoLoss(&'static str),
    /// No recall stands on the pack or lot, or the pack was pulled before.
    #[error("no recall stands on it, or it was pulled before")]
    NotRecalled,
    /// The pack is of an exception that is open.
    #[error("{0} is kept apart for an exception that is open")]
    KeptApart(String),
    /// The book has no such exception.
    #[error("there is no exception {0} in this book")]
    ExceptionUnknown(i64),
    /// The exception is not so far, or is at its end.
    #[error("the exception is {0}")]
    NotInState(&'static str),
    /// No exception was named.
    #[error("there is nothing to report")]
    NothingToReport,
    /// The exceptions are against several partners.
    #[error("the exceptions are against several partners")]
    SeveralPartners,
    /// The exceptions were reported in several cases.
    #[error("the exceptions were reported in several cases")]
    SeveralCases,
    /// The book has no such case.
    #[error("there is no case {0} in this book")]
    CaseUnknown(String),
    /// The answer is of another partner than the one who sent the goods.
    #[error("the answer is of {got}, and the goods were of {expected}")]
    NotThePartner {
        /// Who answered.
        got: String,
        /// Who sent the goods.
        expected: String,
    },
    /// The answer is no response to the report.
    #[error("not a response to what was reported: {0}")]
    ResponseFaulty(String),
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
            Self::NodeBehind { .. } => "NodeBehind",
            Self::RequestKeyFaulty => "RequestKeyFaulty",
            Self::RequestKeyUsed => "RequestKeyUsed",
            Self::Amounts(_) => "AmountsWrong",
            Self::OtherNetwork { .. } => "OtherNetwork",
            Self::NotYourPrescription => "NotYourPrescription",
            Self::NotAsPrescribed(_) => "NotAsPrescribed",
            Self::NothingLeft => "NothingLeft",
            Self::NoPacks => "NoPacks",
            Self::AmountAboveOrder(_) => "AmountAboveOrder",
            Self::NotForYou => "NotForYou",
            Self::OtherProduct(_) => "OtherProduct",
            Self::SubstitutionForbidden => "SubstitutionForbidden",
            Self::LossIncomplete(_) => "LossIncomplete",
            Self::NoLoss(_) => "NoLoss",
            Self::NotRecalled => "NotRecalled",
            Self::KeptApart(_) => "KeptApart",
            Self::ExceptionUnknown(_) => "ExceptionUnknown",
            Self::NotInState(_) => "NotInState",
            Self::NothingToReport => "NothingToReport",
            Self::SeveralPartners => "SeveralPartners",
            Self::SeveralCases => "SeveralCases",
            Self::CaseUnknown(_) => "CaseUnknown",
            Self::NotThePartner { .. } => "NotThePartner",
            Self::ResponseFaulty(_) => "ResponseFaulty",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::LabelFaulty { .. } => {
                "give a GTIN with its check digit, texts of at most 20 characters, and YYMMDD"
            }
            Self::PackCount { .. } => "give fewer at a time",
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
            Self::NodeBehind { .. } => "wait until the node has caught up, or ask another: --rpc",
            Self::ReceivedBefore => "it is in the book: theriac pack stock",
            Self::RequestKeyFaulty | Self::RequestKeyUsed => {
                "make a new key for each request, and repeat it only where the answer was lost"
            }
            Self::Amounts(_) => "count the cabinet: theriac pack count",
            Self::OtherNetwork { .. } => "give the nodes of that network: --rpc",
            Self::NotYourPrescription => "give the account with which its key was made: --account",
            Self::NotAsPrescribed(_) => "do not fill it; ask who gave you the file",
            Self::NothingLeft => "see what is left: theriac pack prescription show",
            Self::NoPacks => "scan the packs that you hand out",
            Self::AmountAboveOrder(_) => "offer less: --amount",
            Self::NotForYou => "ask the patient for an offer to your account",
            Self::OtherProduct(_) => "scan another pack, or say --substitute",
            Self::SubstitutionForbidden => {
                "scan a pack of the ordered product, or ask the prescriber"
            }
            Self::LossIncomplete(_) => "fill it in: docs/protocol/packages.md lists the fields",
            Self::NoLoss(_) => {
                "enter it first: theriac pack decommission --as stolen, or theriac pack count"
            }
            Self::NotRecalled => "look for recalls first: theriac pack watch",
            Self::KeptApart(_)
            | Self::ExceptionUnknown(_)
            | Self::NotInState(_)
            | Self::NothingToReport
            | Self::CaseUnknown(_) => "see what is open: theriac pack exceptions list",
            Self::SeveralPartners | Self::SeveralCases => {
                "report them one after another: theriac pack exceptions report"
            }
            Self::NotThePartner { .. } | Self::ResponseFaulty(_) => {
                "ask the partner for an answer to your last report"
            }
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
            | Self::Form(_)
            | Self::Fhir(_)
            | Self::File { .. } => None,
        }
    }
}
