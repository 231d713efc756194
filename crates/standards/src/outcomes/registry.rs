//! What a registry has of a study.

use super::{Outcome, OutcomeList, When};
use serde::Serialize;

/// Whether a study was registered before its first subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RegisteredBefore {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// The dates do not tell: one is missing, or both are the same as far as they are known.
    Unknown,
}

/// A record of ClinicalTrials.gov, as far as outcomes and their dates go.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegistryRecord {
    /// Its number, such as `NCT00763412`.
    pub id: String,
    /// The title.
    pub title: String,
    /// When it was first submitted.
    pub registered: Option<When>,
    /// When the first subject was enrolled, or is to be.
    pub start: Option<When>,
    /// When this version of the record was made.
    pub version: Option<When>,
    /// The outcomes as they were registered.
    pub outcomes: Vec<Outcome>,
    /// The outcomes as their results are reported in the registry.
    pub reported: Vec<Outcome>,
    /// When results were first submitted.
    pub reported_at: Option<When>,
}

impl RegistryRecord {
    /// Whether it was registered before its first subject.
    pub fn registered_before_start(&self) -> RegisteredBefore {
        let (Some(registered), Some(start)) = (&self.registered, &self.start) else {
            return RegisteredBefore::Unknown;
        };
        match registered.is_before(start) {
            Some(true) => RegisteredBefore::Yes,
            Some(false) => RegisteredBefore::No,
            None => RegisteredBefore::Unknown,
        }
    }

    /// The registered outcomes as a list.
    pub fn registered_list(&self) -> OutcomeList {
        OutcomeList {
            source: format!("{} as registered", self.id),
            date: self.version.clone(),
            outcomes: self.outcomes.clone(),
        }
    }

    /// The outcomes with results as a list.
    pub fn reported_list(&self) -> OutcomeList {
        OutcomeList {
            source: format!("{} with results", self.id),
            date: self.reported_at.clone(),
            outcomes: self.reported.clone(),
        }
    }
}
