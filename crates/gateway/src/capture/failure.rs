//! Why one event of a document was not captured.

use crate::door::{Problem, ProblemKind};

/// Why one event of a document was not captured.
#[derive(Clone, Debug)]
pub(crate) struct Failure(pub(crate) Problem);

impl Failure {
    pub(crate) fn invalid(detail: impl ToString) -> Self {
        Self(ProblemKind::Validation.because(detail))
    }

    /// The event at `position`, from 0, has the id of one that is there already.
    pub(crate) fn duplicate(position: u64) -> Self {
        let detail = format!("event {position}, from 0: its eventID is in the repository already");
        Self(ProblemKind::AlreadyExists.because(detail))
    }

    /// As kept: a name, and what was said.
    pub(crate) fn to_text(&self) -> String {
        let detail = self.0.detail.as_deref().unwrap_or("");
        format!("{} {detail}", self.0.kind.name()).replace('\0', "")
    }

    /// Reads what [`Self::to_text`] wrote.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let (name, detail) = text.split_once(' ')?;
        let mut kinds = ProblemKind::ALL.iter();
        let kind = kinds.find(|kind| kind.name() == name)?;
        Some(Self(kind.because(detail)))
    }
}
