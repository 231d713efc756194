//! A participant consents, and ends their part.

use alloy_primitives::{Address, B256};
use theriac_contracts::{
    Refusal as LedgerRefusal,
    codes::EndScope,
    interfaces::ITrials::{consentCall, withdrawCall},
};

use super::{
    Error, Party, Refusal,
    book::{DocumentKind, Follow, NewSubject},
    register::plain,
    text::seal_text,
};

/// How often a slot that another site took meanwhile is asked for anew.
const ATTEMPTS: usize = 8;

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConsent<'a> {
    /// The site.
    pub site: u16,
    /// The consent document as it was approved.
    pub document: &'a [u8],
    /// The version of the protocol for which it was approved.
    pub version: u32,
    /// The signed document, of which the ledger gets a salted commitment; it stays with the site.
    pub signed: &'a [u8],
    /// The participant's account, or zero.
    pub participant: Address,
    /// By what the site calls the subject.
    pub label: Option<&'a str>,
    /// When it was signed, in Unix milliseconds; 0 for now.
    pub observed: u64,
}

impl Party {
    /// Enters the consent of a new subject, and returns the slot.
    ///
    /// # Errors
    /// `LabelUsed`; those of book and ledger.
    pub async fn consent(&mut self, new: &NewConsent<'_>) -> Result<u32, Error> {
        self.sync().await?;
        if let Some(label) = new.label
            && let Some(slot) = self.book.slot_of(&self.key.lookup(label))?
        {
            return Err(Refusal::LabelUsed(slot).into());
        }
        for _ in 0..ATTEMPTS {
            let slot = self.next_slot().await?;
            match self.consent_as(new, slot).await {
                Ok(()) => return Ok(slot),
                Err(error) if is_taken(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Err(theriac_sdk::Error::Refused(LedgerRefusal::NumberNotNext).into())
    }

    /// Enters the consent of a subject to a newer version.
    ///
    /// # Errors
    /// `SubjectUnknown`; those of book and ledger.
    pub async fn consent_again(&mut self, new: &NewConsent<'_>, slot: u32) -> Result<(), Error> {
        self.sync().await?;
        self.book.subject(slot)?.ok_or(Refusal::SubjectUnknown)?;
        self.consent_as(new, slot).await
    }

    async fn next_slot(&self) -> Result<u32, Error> {
        Ok(self.client.trial(self.study()?).await?.subjects + 1)
    }

    async fn consent_as(&mut self, new: &NewConsent<'_>, slot: u32) -> Result<(), Error> {
        let study = self.study()?;
        let document = plain(DocumentKind::Consent, new.document);
        let (key, keys) = match self.book.subject(slot)? {
            Some(_) => (self.subject_key(slot)?, Vec::new()),
            None => self.new_subject_key().await?,
        };
        let (signature, sealed) = seal_text(&key, (study, slot), new.signed);
        let label = new.label.map(|label| {
            key.encrypt(
                label.as_bytes(),
                &label_context(study, slot),
                &mut rand::rng(),
            )
        });
        let subject = NewSubject {
            slot,
            site: new.site,
            lookup: new.label.map(|label| self.key.lookup(label)),
            label,
            keys,
        };
        let call = consentCall {
            study,
            slot,
            site: new.site,
            document: document.hash,
            version: new.version,
            signature,
            participant: new.participant,
            when: self.when(new.observed).await?,
        };
        let follow = Follow {
            subject: Some(subject),
            documents: vec![document],
            texts: vec![(slot, signature, sealed)],
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await
    }

    /// Ends a subject's part; `due` is the mask of visits that remain due.
    ///
    /// # Errors
    /// `SubjectUnknown`, `KeyAbsent`; those of book and ledger.
    pub async fn withdraw(
        &mut self,
        slot: u32,
        (scope, due): (EndScope, u64),
        (reason, observed): (&str, u64),
    ) -> Result<(), Error> {
        let study = self.study()?;
        let key = self.subject_key(slot)?;
        let (hash, sealed) = seal_text(&key, (study, slot), reason.as_bytes());
        let call = withdrawCall {
            study,
            slot,
            scope: scope.code(),
            due,
            reason: hash,
            when: self.when(observed).await?,
        };
        let follow = Follow {
            texts: vec![(slot, hash, sealed)],
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await
    }

    /// What the site calls a subject.
    ///
    /// # Errors
    /// `KeyAbsent`; those of the book.
    pub fn label(&self, slot: u32) -> Result<Option<String>, Error> {
        let subject = self.book.subject(slot)?.ok_or(Refusal::SubjectUnknown)?;
        let Some(sealed) = subject.label else {
            return Ok(None);
        };
        let key = self.subject_key(slot)?;
        let study = self.study()?;
        let damaged = |_| super::book::BookError::Damaged("a label does not decrypt");
        let label = key
            .decrypt(&sealed, &label_context(study, slot))
            .map_err(damaged)?;
        Ok(Some(String::from_utf8_lossy(&label).into_owned()))
    }

    /// The slot of a subject by number or label.
    ///
    /// # Errors
    /// `SubjectUnknown`; those of the book.
    pub fn slot(&self, name: &str) -> Result<u32, Error> {
        if let Some(slot) = self.book.slot_of(&self.key.lookup(name))? {
            return Ok(slot);
        }
        // Labels of other books are found by their words.
        for subject in self.book.subjects()? {
            match self.label(subject.slot) {
                Ok(Some(label)) if label == name => return Ok(subject.slot),
                Ok(_) | Err(Error::Refused(Refusal::KeyAbsent(_))) => {}
                Err(error) => return Err(error),
            }
        }
        let number = name.parse().ok();
        let slot = number.filter(|slot| matches!(self.book.subject(*slot), Ok(Some(_))));
        Ok(slot.ok_or(Refusal::SubjectUnknown)?)
    }

    /// The slot of a subject by label, or by number where the log has it: for who asks about it without its data.
    ///
    /// # Errors
    /// `SubjectUnknown`; those of the book.
    pub fn position(&self, name: &str) -> Result<u32, Error> {
        match (self.slot(name), name.parse()) {
            (Err(Error::Refused(Refusal::SubjectUnknown)), Ok(slot))
                if slot != 0 && !self.book.log_of(slot)?.is_empty() =>
            {
                Ok(slot)
            }
            (found, _) => found,
        }
    }
}

/// Whether another site took the slot meanwhile.
fn is_taken(error: &Error) -> bool {
    matches!(
        error.ledger_refusal(),
        Some(
            LedgerRefusal::SubjectUnknown
                | LedgerRefusal::NumberNotNext
                | LedgerRefusal::SiteOfSubjectDiffers
        )
    )
}

fn label_context(study: B256, slot: u32) -> Vec<u8> {
    let domain: &[u8] = b"theriac/trial/sealed-label/v1";
    [domain, study.as_slice(), &slot.to_be_bytes()].concat()
}
