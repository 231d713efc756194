//! Reads what the ledger holds of trials.

use crate::{Client, Error};
use alloy_primitives::{Address, B256};
use theriac_contracts::{
    addresses::TRIALS,
    interfaces::ITrials::{
        entryOfCall, listOfCall, milestoneOfCall, placeOfCall, queryOfCall, registeredCall,
        roleOfCall, siteOfCall, studyIdCall, studyOfCall, subjectOfCall, sumsOfCall,
    },
};

pub use theriac_contracts::interfaces::ITrials::{
    Grant, List, Milestone, Query, Site, Study, Subject, Sums,
};

impl Client {
    /// How many studies a sponsor registered.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn registered_studies(&self, organisation: u32) -> Result<u32, Error> {
        self.call(TRIALS, &registeredCall { organisation }).await
    }

    /// The identifier of a sponsor's study.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn study_id(&self, organisation: u32, number: u32) -> Result<B256, Error> {
        let call = studyIdCall {
            organisation,
            number,
        };
        self.call(TRIALS, &call).await
    }

    /// A study.
    ///
    /// # Errors
    /// `Refused` where there is none; those of [`Client::call`].
    pub async fn trial(&self, study: B256) -> Result<Study, Error> {
        self.call(TRIALS, &studyOfCall { study }).await
    }

    /// What its subjects come to.
    ///
    /// # Errors
    /// As [`Client::trial`].
    pub async fn trial_sums(&self, study: B256) -> Result<Sums, Error> {
        self.call(TRIALS, &sumsOfCall { study }).await
    }

    /// A study at a milestone: 1 registered, 2 first consent, 3 last lock, 4 unblinded, 5 first analysis, 6 last unlock, 7 first publication.
    ///
    /// # Errors
    /// As [`Client::trial`].
    pub async fn trial_milestone(&self, study: B256, milestone: u8) -> Result<Milestone, Error> {
        self.call(TRIALS, &milestoneOfCall { study, milestone })
            .await
    }

    /// A subject.
    ///
    /// # Errors
    /// `Refused` where there is none; those of [`Client::call`].
    pub async fn trial_subject(&self, study: B256, slot: u32) -> Result<Subject, Error> {
        self.call(TRIALS, &subjectOfCall { study, slot }).await
    }

    /// The newest entry of a form of a subject; 0 where there is none.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn form_entry(&self, study: B256, slot: u32, cell: u32) -> Result<u64, Error> {
        self.call(TRIALS, &entryOfCall { study, slot, cell }).await
    }

    /// A site; zeros where there is none.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn trial_site(&self, study: B256, site: u16) -> Result<Site, Error> {
        self.call(TRIALS, &siteOfCall { study, site }).await
    }

    /// The role of an account at a site, or at none with 0; zeros where it has none.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn trial_role(
        &self,
        study: B256,
        account: Address,
        site: u16,
    ) -> Result<Grant, Error> {
        let call = roleOfCall {
            study,
            account,
            site,
        };
        self.call(TRIALS, &call).await
    }

    /// A query; zeros where there is none.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn trial_query(&self, study: B256, query: u32) -> Result<Query, Error> {
        self.call(TRIALS, &queryOfCall { study, query }).await
    }

    /// A list; zeros where there is none.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn trial_list(&self, study: B256, list: u16) -> Result<List, Error> {
        self.call(TRIALS, &listOfCall { study, list }).await
    }

    /// The index that a subject has of a list; `None` for none.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn allocated_index(
        &self,
        study: B256,
        list: u16,
        slot: u32,
    ) -> Result<Option<u32>, Error> {
        let place = self
            .call(TRIALS, &placeOfCall { study, list, slot })
            .await?;
        Ok(place.checked_sub(1))
    }
}
