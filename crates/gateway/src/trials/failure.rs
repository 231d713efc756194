//! What can go wrong with a trial: refused by a rule, or failed.

use theriac_contracts::Refusal as LedgerRefusal;
use theriac_evidence::trial::Malformed;

use super::book::BookError;
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
    /// A rule of the book's own said no.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A small file from someone else.
    #[error("{0}")]
    Form(#[from] FormFault),
    /// A key of a card.
    #[error("{0}")]
    Key(#[from] theriac_envelope::KeyError),
    /// Bytes of the ledger, of a copy or of the book.
    #[error("{0}")]
    Malformed(#[from] Malformed),
    /// The entries that a node told do not lead to the root that the ledger holds.
    #[error("the entries that the node told do not lead to the root of the study's log")]
    LogDiffers,
    /// Data to be captured.
    #[error("{0}")]
    Source(#[from] super::source::SourceFault),
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

/// What the rules of a book say, before the ledger is asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The book has no study yet.
    #[error("this book has no study yet")]
    NoStudy,
    /// The book has a study.
    #[error("this book is that of another study")]
    OtherStudy,
    /// The account may not read the book.
    #[error("this account may not read the book")]
    NotAReader,
    /// The study's definition is faulty.
    #[error("the study's definition: {0}")]
    DefinitionFaulty(String),
    /// No form of the schedule has this visit and name.
    #[error("the schedule has no form {form} at visit {visit}")]
    FormUnknown {
        /// The visit's name.
        visit: String,
        /// The form's OID.
        form: String,
    },
    /// The subject is not in the book.
    #[error("no such subject is in this book")]
    SubjectUnknown,
    /// The label names another subject.
    #[error("this label is of subject {0}")]
    LabelUsed(u32),
    /// The key of the subject was destroyed, or is not wrapped to this organisation.
    #[error(
        "the data of subject {0} cannot be read: their key was destroyed, or never given to this organisation"
    )]
    KeyAbsent(u32),
    /// The form was captured before.
    #[error("subject {slot}, cell {cell} was captured before; correct it")]
    FormCaptured {
        /// The subject.
        slot: u32,
        /// The cell.
        cell: u32,
    },
    /// The form was not captured.
    #[error("subject {slot}, cell {cell} was not captured")]
    FormAbsent {
        /// The subject.
        slot: u32,
        /// The cell.
        cell: u32,
    },
    /// An entry about the form waits.
    #[error("an entry about subject {slot}, cell {cell} waits for a node")]
    FormWaits {
        /// The subject.
        slot: u32,
        /// The cell.
        cell: u32,
    },
    /// An item stands twice in a form, or has no name.
    #[error(
        "an item of subject {slot}, cell {cell} stands there twice, or has a name of other than 1 to 255 bytes"
    )]
    ItemFaulty {
        /// The subject.
        slot: u32,
        /// The cell.
        cell: u32,
    },
    /// The content of the form tells the arm.
    #[error("the content of subject {slot}, cell {cell} tells the arm, and is captured closed")]
    FormUnblinding {
        /// The subject.
        slot: u32,
        /// The cell.
        cell: u32,
    },
    /// What was closed cannot be used.
    #[error("the closed form: {0}")]
    ClosedFaulty(&'static str),
    /// Nothing was given.
    #[error("there is nothing to enter")]
    Nothing,
    /// Nothing is changed.
    #[error("the items have these values already")]
    NothingChanged,
    /// A code of the ledger has no such word.
    #[error("the second key is not that of the account")]
    OtherFactor,
    /// The package is of another study, network or organisation.
    #[error("the package is of another {0}")]
    PackageOther(&'static str),
    /// A package cannot be read.
    #[error("the package cannot be read: {0}")]
    PackageFaulty(&'static str),
    /// The node does not have the entries that the package is about.
    #[error("the node has {got} entries of the study, and the package is of {expected}")]
    NodeBehind {
        /// The node's.
        got: u64,
        /// The package's.
        expected: u64,
    },
    /// Copies or ledger differ; what differs is printed.
    #[error("{0} differences between the copies and the ledger")]
    CopiesDiffer(usize),
    /// The role of the account does not see this.
    #[error("this account does not see allocations")]
    Blinded,
    /// The list is not in this book.
    #[error("list {0} is not in this book")]
    ListAbsent(u16),
    /// The account opened no allocation of the subject.
    #[error("this account opened no allocation of subject {0}")]
    NotOpened(u32),
    /// What was sealed is of another list.
    #[error("what the keepers opened is no entry of this list: its maker sealed something else")]
    SealedEntryDiffers,
    /// The parameters of a list are out of range.
    #[error("the list: {0}")]
    ListFaulty(&'static str),
    /// The data cannot be screened.
    #[error("the data cannot be screened: {0}")]
    ScreeningFaulty(String),
    /// The data are not locked.
    #[error("the data of the study are not locked")]
    NotLocked,
    /// A dataset of an analysis.
    #[error("dataset {name}: {what}")]
    DatasetFaulty {
        /// Its name.
        name: String,
        /// What is wrong, and where.
        what: String,
    },
    /// The document is not in this book.
    #[error("the book has not the {0} that the ledger names")]
    DocumentAbsent(&'static str),
}

impl Refusal {
    /// The stable code, a fact in one word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoStudy => "NoStudy",
            Self::OtherStudy => "OtherStudy",
            Self::NotAReader => "NotAReader",
            Self::DefinitionFaulty(_) => "DefinitionFaulty",
            Self::FormUnknown { .. } => "FormUnknown",
            Self::SubjectUnknown => "SubjectUnknown",
            Self::LabelUsed(_) => "LabelUsed",
            Self::KeyAbsent(_) => "KeyAbsent",
            Self::FormCaptured { .. } => "CellCaptured",
            Self::FormAbsent { .. } => "CellEmpty",
            Self::FormWaits { .. } => "FormWaits",
            Self::ItemFaulty { .. } => "ItemFaulty",
            Self::FormUnblinding { .. } => "FormUnblinding",
            Self::ClosedFaulty(_) => "ClosedFaulty",
            Self::Nothing => "Nothing",
            Self::NothingChanged => "NothingChanged",
            Self::OtherFactor => "OtherFactor",
            Self::PackageOther(_) => "PackageOther",
            Self::PackageFaulty(_) => "PackageFaulty",
            Self::NodeBehind { .. } => "NodeBehind",
            Self::CopiesDiffer(_) => "CopiesDiffer",
            Self::Blinded => "Blinded",
            Self::ListAbsent(_) => "ListAbsent",
            Self::NotOpened(_) => "NotOpened",
            Self::SealedEntryDiffers => "SealedEntryDiffers",
            Self::ListFaulty(_) => "ListFaulty",
            Self::ScreeningFaulty(_) => "ScreeningFaulty",
            Self::NotLocked => "NotLocked",
            Self::DatasetFaulty { .. } => "DatasetFaulty",
            Self::DocumentAbsent(_) => "DocumentAbsent",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoStudy => {
                "register one, or receive the sponsor's package: theriac trial receive"
            }
            Self::OtherStudy => "give the book of that study: --book",
            Self::NotAReader => "let someone who may read it add you: theriac trial reader",
            Self::DefinitionFaulty(_) => "docs/guides/trials.md shows a definition",
            Self::FormUnknown { .. } => "see the schedule: theriac trial status --schedule",
            Self::SubjectUnknown => "see the subjects: theriac trial status --subjects",
            Self::LabelUsed(_) => "give another label, or none",
            Self::KeyAbsent(_) => "ask the organisation that captured them for its copy",
            Self::FormCaptured { .. } => "correct it: theriac trial correct",
            Self::FormAbsent { .. } => "capture it: theriac trial capture",
            Self::FormWaits { .. } => "send what waits: theriac trial sync",
            Self::ItemFaulty { .. } => "name each item of a form once",
            Self::FormUnblinding { .. } => {
                "let who sees allocations close it, for the other arms an empty one: theriac trial closed make"
            }
            Self::ClosedFaulty(_) => "let who sees allocations close it anew",
            Self::Nothing | Self::NothingChanged => "compare the file with the book",
            Self::OtherFactor => "give the second key that the ledger has: --factor",
            Self::PackageOther(_) | Self::PackageFaulty(_) => "ask the sender for another",
            Self::NodeBehind { .. } => "wait until the node has caught up, or ask another: --rpc",
            Self::CopiesDiffer(_) => "restore from the other's copy: theriac trial restore",
            Self::Blinded => {
                "ask the trial's pharmacist, or in an emergency: theriac trial randomise open --emergency"
            }
            Self::ListAbsent(_) => "give the book in which the list was made: --book",
            Self::NotOpened(_) => "open it: theriac trial randomise open",
            Self::SealedEntryDiffers => "tell the sponsor and the monitor: the list cannot be used",
            Self::ListFaulty(_) => "give whole blocks, and as many entries as strata need",
            Self::ScreeningFaulty(_) => "name items that are in the data",
            Self::NotLocked => "lock them first: theriac trial lock",
            Self::DatasetFaulty { .. } => "make it of the locked data: theriac trial dataset",
            Self::DocumentAbsent(_) => {
                "receive the package of who entered it: theriac trial receive"
            }
        }
    }
}

impl Error {
    /// The refusal of the ledger, if it is one.
    pub(super) fn ledger_refusal(&self) -> Option<LedgerRefusal> {
        let Self::Ledger(theriac_sdk::Error::Refused(refusal)) = self else {
            return None;
        };
        Some(*refusal)
    }
}
