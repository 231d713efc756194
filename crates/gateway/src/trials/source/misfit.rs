//! What of a source does not fit the book, by name.

use super::At;

/// Misfits that are kept; more are counted.
const MOST: usize = 1_000;

/// Why something does not fit. No text repeats a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The subject is not in the book.
    #[error("no subject of this book has this name")]
    SubjectUnknown,
    /// The subject's key is absent.
    #[error("the data of the subject cannot be read")]
    SubjectClosed,
    /// The form is not in the schedule.
    #[error("the schedule has no such form at this visit")]
    FormUnknown,
    /// An entry about the form waits.
    #[error("an entry about the form waits for a node")]
    FormWaits,
    /// A change or removal of an item that is not there.
    #[error("the form has no such item to change or remove")]
    ItemUnknown,
    /// A state says the same item twice.
    #[error("the item stands there twice")]
    ItemTwice,
    /// A name of other than 1 to 255 bytes, or a text that is too long.
    #[error("the item's name has other than 1 to 255 bytes, or its text is too long")]
    ItemFaulty,
    /// An item with several values.
    #[error("the item has several values")]
    SeveralValues,
    /// Another value than the book's, and no reason for the change.
    #[error("the book has another value, and there is no reason for the change")]
    ReasonAbsent,
    /// Observed later than the newest block.
    #[error("it was observed later than now")]
    ObservedAhead,
    /// An item outside of subject, visit and form.
    #[error("the item is not of a subject's form")]
    ItemOutside,
    /// More than an item or a form is removed.
    #[error("subjects, visits and groups are not removed as a whole")]
    RemovedWhole,
    /// A row without a subject, visit or form.
    #[error("the row has no subject, visit or form")]
    NameAbsent,
}

impl Misfit {
    /// The stable code, a fact in one word.
    pub fn code(self) -> &'static str {
        match self {
            Self::SubjectUnknown => "SubjectUnknown",
            Self::SubjectClosed => "KeyAbsent",
            Self::FormUnknown => "FormUnknown",
            Self::FormWaits => "FormWaits",
            Self::ItemUnknown => "ItemUnknown",
            Self::ItemTwice => "ItemTwice",
            Self::ItemFaulty => "ItemFaulty",
            Self::SeveralValues => "SeveralValues",
            Self::ReasonAbsent => "ReasonAbsent",
            Self::ObservedAhead => "ObservedAhead",
            Self::ItemOutside => "ItemOutside",
            Self::RemovedWhole => "RemovedWhole",
            Self::NameAbsent => "NameAbsent",
        }
    }
}

/// The first misfits of a source, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Misfits {
    /// The first thousand, each with its place.
    pub first: Vec<(At, Misfit)>,
    /// All.
    pub count: u64,
}

impl Misfits {
    pub(super) fn push(&mut self, at: &At, misfit: Misfit) {
        self.count += 1;
        if self.first.len() < MOST {
            self.first.push((at.clone(), misfit));
        }
    }
}
