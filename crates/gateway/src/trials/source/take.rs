//! Enters what was planned of a source.

use super::{ListedQuery, Misfits, Source, Terms, plan};
use crate::trials::{Error, Party};

/// What became of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many values it has.
    pub values: u64,
    /// How many of them the book had.
    pub same: u64,
    /// How many forms were captured.
    pub captured: usize,
    /// How many corrections were made.
    pub corrected: usize,
    /// Its queries.
    pub queries: Vec<ListedQuery>,
    /// What does not fit; nothing was entered where there is any.
    pub misfits: Misfits,
}

impl Party {
    /// Takes a source whole, or nothing of it: what does not fit is found before anything is entered.
    ///
    /// # Errors
    /// Those of book and ledger. What a rule of the ledger then refuses, with all that would come after it, is not entered; giving the file again
    /// goes on where it ended.
    pub async fn take_source(&mut self, source: Source, terms: &Terms) -> Result<Taken, Error> {
        self.sync().await?;
        let head = self.client.head().await?;
        let now_ms = head.timestamp.to::<u64>().saturating_mul(1_000);
        let plan = plan(self, source, (terms, now_ms))?;
        let mut taken = Taken {
            values: plan.values,
            same: plan.same,
            queries: plan.queries,
            misfits: plan.misfits,
            ..Taken::default()
        };
        if taken.misfits.count > 0 {
            return Ok(taken);
        }
        taken.captured = plan.captures.len();
        if !plan.captures.is_empty() {
            self.capture(&plan.captures).await?;
        }
        for round in &plan.rounds {
            self.correct(round).await?;
            taken.corrected += round.len();
        }
        Ok(taken)
    }
}
