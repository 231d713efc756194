//! The record of each subject and the sums, as the log leads to them.

use theriac_evidence::trial::Subject;

use super::{Error, Party};

impl Party {
    /// The records of all subjects as the ledger has them, in order of slot.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn records(&self) -> Result<Vec<Subject>, Error> {
        let study = self.study()?;
        let count = self.client.trial(study).await?.subjects;
        let mut records = Vec::with_capacity(count as usize);
        for slot in 1..=count {
            let told = self.client.trial_subject(study, slot).await?;
            records.push(Subject {
                slot: told.slot,
                site: told.site,
                status: told.status,
                schedule_version: told.schedule,
                entries: told.entries,
                items: told.items,
                nulls: told.nulls,
                missing: told.missing,
                open_queries: told.openQueries,
                unsigned: told.unsigned,
                due_visits: told.due,
                consent_version: told.consent,
                tip: told.tip,
            });
        }
        Ok(records)
    }
}
