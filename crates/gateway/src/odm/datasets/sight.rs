//! Which datasets of a study a caller sees: all or none.

use std::collections::BTreeSet;

use crate::{config::Trials, door::Problem, odm::problem, partners::Caller, trials::Party};

/// What a caller may see of a study's datasets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    reaches_all: bool,
    is_unblinded: bool,
}

impl Sight {
    /// A caller's, who reaches these sites, or all.
    pub(super) fn of(trials: &Trials, sites: Option<&BTreeSet<u16>>, caller: &Caller) -> Self {
        Self {
            reaches_all: sites.is_none(),
            is_unblinded: trials.unblinded.contains(caller.name()),
        }
    }

    /// Whether the datasets of this book are for the caller.
    ///
    /// # Errors
    /// Those of the book.
    pub(super) fn sees(self, party: &Party) -> Result<bool, Problem> {
        let tells = party.has_lists().map_err(|error| problem::of(&error))?;
        Ok(self.reaches_all && (self.is_unblinded || !tells))
    }
}
