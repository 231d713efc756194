//! A sponsor registers a study, and amends it.

use alloy_primitives::B256;
use theriac_contracts::interfaces::ITrials::{Schedule as CallSchedule, amendCall, registerCall};

use super::{
    Error, Party, Refusal,
    book::{Document, DocumentKind, Follow},
    definition::{Definition, OutcomeText, Visit, outcomes, schedule},
    hash::sha256,
};

/// What is amended; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// The new protocol, or what names it.
    pub protocol: String,
    /// The schedule.
    pub visits: Option<Vec<Visit>>,
    /// All outcomes.
    pub outcomes: Option<Vec<OutcomeText>>,
    /// A code of `AmendmentReason`.
    pub reason_code: u8,
    /// Why, in words.
    pub reason: String,
    /// Whether every participant is to consent again.
    pub renew: bool,
}

impl Party {
    /// Registers a study, and returns its identifier.
    ///
    /// # Errors
    /// `DefinitionFaulty`, `OtherStudy`; those of book and ledger.
    pub async fn register(
        &mut self,
        definition: &Definition,
        retention: u64,
    ) -> Result<B256, Error> {
        definition.check()?;
        if self.book.study()?.is_some() {
            return Err(Refusal::OtherStudy.into());
        }
        let organisation = self.book.owner().organisation;
        let number = self.client.registered_studies(organisation).await? + 1;
        let protocol = plain(DocumentKind::Protocol, definition.protocol.as_bytes());
        let (schedule, told_schedule) = definition.schedule();
        let (outcomes, told_outcomes) = outcomes(&definition.outcomes, &[]);
        let call = registerCall {
            number,
            protocol: protocol.hash,
            schedule: told_schedule,
            outcomes: told_outcomes,
            approvers: definition.approvers.clone(),
            threshold: definition.threshold,
            retention,
        };
        let documents = vec![protocol, schedule, outcomes];
        let follow = Follow {
            documents,
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await?;
        self.study()
    }

    /// Amends the study, and returns the version of its protocol.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn amend(&mut self, amendment: &Amendment) -> Result<u32, Error> {
        let study = self.study()?;
        self.sync().await?;
        let version = self.client.trial(study).await?.version + 1;
        let protocol = plain(DocumentKind::Protocol, amendment.protocol.as_bytes());
        let reason = salted(DocumentKind::Text, amendment.reason.as_bytes());
        let mut documents = vec![protocol.clone(), reason.clone()];
        let told_schedule = match &amendment.visits {
            None => CallSchedule {
                root: B256::ZERO,
                cells: Default::default(),
            },
            Some(visits) => {
                let unblinding = self.schedule()?.unblinding;
                let (document, told) = schedule(visits, &unblinding);
                documents.push(document);
                told
            }
        };
        let told_outcomes = match &amendment.outcomes {
            None => Vec::new(),
            Some(texts) => {
                let (document, told) = outcomes(texts, &self.outcomes()?);
                documents.push(document);
                told
            }
        };
        let call = amendCall {
            study,
            version,
            protocol: protocol.hash,
            reasonCode: amendment.reason_code,
            reason: reason.hash,
            schedule: told_schedule,
            outcomes: told_outcomes,
            renew: amendment.renew,
        };
        let follow = Follow {
            documents,
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await?;
        Ok(version)
    }
}

/// A document that the ledger knows by its hash.
pub(super) fn plain(kind: DocumentKind, content: &[u8]) -> Document {
    Document {
        hash: sha256(&[content]),
        kind,
        salt: B256::ZERO,
        content: content.to_vec(),
    }
}

/// A document that the ledger knows by a salted commitment.
pub(super) fn salted(kind: DocumentKind, content: &[u8]) -> Document {
    let salt = B256::new(crate::random::random());
    Document {
        hash: crate::salted::commitment(TEXT, salt, content),
        kind,
        salt,
        content: content.to_vec(),
    }
}

/// Domain of commitments to texts.
pub(super) const TEXT: &[u8] = b"theriac/trial/text/v1";
