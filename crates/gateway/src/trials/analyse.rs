//! Plans, unblinding, analyses, publications and screenings.

use alloy_primitives::B256;
use theriac_contracts::interfaces::ITrials::{
    analyseCall, planCall, publishCall, screenCall, unblindCall,
};

use super::{
    Error, Party, Refusal,
    book::{DocumentKind, Follow},
    dataset::NewDataset,
    definition::{OutcomeText, outcomes},
    register::plain,
};

/// An analysis to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAnalysis<'a> {
    /// Number of the plan that asks for it; 0 for none.
    pub plan: u16,
    /// What data went in, at least one.
    pub datasets: &'a [NewDataset<'a>],
    /// What made the result of them.
    pub program: &'a [u8],
    /// What came out.
    pub result: &'a [u8],
    /// Index of the outcome, from 0.
    pub outcome: u16,
}

impl Party {
    /// Registers a plan of analysis, and returns its number.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn plan(&mut self, document: &[u8]) -> Result<u16, Error> {
        let study = self.study()?;
        let number = self.client.trial(study).await?.plans + 1;
        let document = plain(DocumentKind::Plan, document);
        let call = planCall {
            study,
            document: document.hash,
            number,
        };
        self.enter_with(&call, document).await?;
        Ok(number)
    }

    /// Unblinds the locked study under a plan: `secrets` is the root over the secrets of all lists.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub(super) async fn enter_unblinding(&mut self, plan: u16, secrets: B256) -> Result<(), Error> {
        let study = self.study()?;
        let call = unblindCall {
            study,
            plan,
            secrets,
        };
        self.enter(&call, &Follow::default()).await?;
        self.sync().await
    }

    /// Enters an analysis, and returns its number. Its datasets are checked against the locked data, and kept for bundles.
    ///
    /// # Errors
    /// `NotLocked`, `Nothing`, `DatasetFaulty`; those of book and ledger.
    pub async fn analyse(&mut self, new: &NewAnalysis<'_>) -> Result<u16, Error> {
        if new.datasets.is_empty() {
            return Err(Refusal::Nothing.into());
        }
        self.sync().await?;
        let study = self.study()?;
        let lock = self.lock_entry().await?;
        let told = self.client.trial(study).await?;
        let datasets = new.datasets.iter().map(NewDataset::read);
        let datasets = datasets.collect::<Result<Vec<_>, _>>()?;
        for dataset in &datasets {
            self.check_dataset(dataset, lock)?;
        }
        let mut documents = self.dataset_documents(lock, &datasets)?;
        let manifest = documents[0].hash;
        let [program, result] =
            [new.program, new.result].map(|content| plain(DocumentKind::Analysis, content));
        let call = analyseCall {
            study,
            number: told.analyses + 1,
            plan: new.plan,
            lockEntry: lock,
            manifest,
            program: program.hash,
            result: result.hash,
            outcome: new.outcome,
        };
        documents.extend([program, result]);
        let follow = Follow {
            documents,
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await?;
        Ok(told.analyses + 1)
    }

    /// Enters a publication with its outcomes.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn publish(&mut self, document: &[u8], texts: &[OutcomeText]) -> Result<(), Error> {
        let study = self.study()?;
        let document = plain(DocumentKind::Publication, document);
        let (opened, told) = outcomes(texts, &self.outcomes()?);
        let call = publishCall {
            study,
            document: document.hash,
            outcomes: told,
        };
        let follow = Follow {
            documents: vec![document, opened],
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await
    }

    /// Enters a screening's report, and returns its number.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn enter_screening(&mut self, report: &[u8]) -> Result<u16, Error> {
        let study = self.study()?;
        let number = self.client.trial(study).await?.screenings + 1;
        let document = plain(DocumentKind::Screening, report);
        let call = screenCall {
            study,
            report: document.hash,
            number,
        };
        self.enter_with(&call, document).await?;
        Ok(number)
    }

    async fn enter_with(
        &mut self,
        call: &impl alloy_sol_types::SolCall,
        document: super::book::Document,
    ) -> Result<(), Error> {
        let follow = Follow {
            documents: vec![document],
            ..Follow::default()
        };
        self.enter(call, &follow).await?;
        self.sync().await
    }
}
