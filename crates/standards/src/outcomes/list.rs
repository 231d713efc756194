//! A list of outcomes with its source and date.

use super::{Outcome, When};
use serde::Serialize;

/// Outcomes as one source has them at one time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeList {
    /// What is shown of the source, such as `registered` or `published`.
    pub source: String,
    /// When the list was made.
    pub date: Option<When>,
    /// The outcomes, in the source's order.
    pub outcomes: Vec<Outcome>,
}
