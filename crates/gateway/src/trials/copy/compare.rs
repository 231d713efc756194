//! Holds the whole book against the ledger: the log, the forms of every subject that it must have, documents and texts.

use std::collections::BTreeSet;

use alloy_primitives::B256;
use theriac_evidence::trial::{Body, log::Frontier};

use super::{Difference, receive::check_document};
use crate::trials::{
    Error, Party,
    book::{BookError, Document, DocumentKind},
};

impl Party {
    /// Where this book differs from the ledger, for the subjects that it may read. The whole log is read anew first.
    ///
    /// The sponsor's book must have all subjects, a site's all who consented there; a book that has none at all is one without data.
    ///
    /// # Errors
    /// `EntryDiffers`; those of book and ledger.
    pub async fn compare(&mut self) -> Result<Vec<Difference>, Error> {
        self.log = Frontier::new();
        self.sync().await?;
        let subjects = self.expected_subjects().await?;
        let mut rows = Vec::new();
        for slot in &subjects {
            rows.extend(self.book.forms_of_subject(*slot)?);
        }
        let mut found = self.forms_differ(&rows, (0, u64::MAX), &subjects)?;
        found.extend(self.documents_differ()?);
        found.extend(self.labels_differ()?);
        Ok(found)
    }

    /// Subjects of the book, and those that must be in it.
    async fn expected_subjects(&self) -> Result<BTreeSet<u32>, Error> {
        const SITE: u8 = 3;
        const CONSENTED: u8 = 5;
        let mut subjects = self.own_subjects()?;
        if subjects.is_empty() {
            return Ok(subjects);
        }
        let own = self.book.owner().organisation;
        let is_sponsor = self.client.trial(self.study()?).await?.sponsor == own;
        let mut sites = BTreeSet::new();
        for logged in self.book.log_of_kind(SITE)? {
            if let Body::Site(site) = logged.body()?
                && site.organisation == own
            {
                sites.insert(site.site);
            }
        }
        let consents = self.book.log_of_kind(CONSENTED)?;
        let entries = consents.iter().map(|logged| &logged.entry);
        let must = entries.filter(|entry| is_sponsor || sites.contains(&entry.site));
        subjects.extend(must.map(|entry| entry.slot));
        Ok(subjects)
    }

    pub(super) fn own_subjects(&self) -> Result<BTreeSet<u32>, Error> {
        Ok(self.book.subjects()?.iter().map(|one| one.slot).collect())
    }

    /// Documents and texts that are not what the ledger has by their names.
    fn documents_differ(&self) -> Result<Vec<Difference>, Error> {
        let documents = self.book.documents()?.into_iter();
        let mut found: Vec<_> = documents
            .filter(|document| !self.is_intact(document))
            .map(|document| Difference::document(0, document.hash))
            .collect();
        for slot in self.own_subjects()? {
            // Without the key nothing is read; that is told with the forms.
            let Ok(opened) = self.texts(slot) else {
                continue;
            };
            let opened: BTreeSet<B256> = opened.into_iter().map(|(hash, _)| hash).collect();
            let kept = self.book.texts(slot)?.into_iter().map(|(hash, _)| hash);
            let altered = kept.filter(|hash| !opened.contains(hash));
            found.extend(altered.map(|hash| Difference::document(slot, hash)));
        }
        Ok(found)
    }

    fn is_intact(&self, document: &Document) -> bool {
        match document.kind == DocumentKind::Dataset {
            true => self.is_dataset(document),
            false => check_document(document).is_ok(),
        }
    }

    /// Subjects whose label does not decrypt, or leads to another subject: under it, data would be captured of somebody else.
    fn labels_differ(&self) -> Result<Vec<Difference>, Error> {
        let mut found = Vec::new();
        for slot in self.own_subjects()? {
            let is_theirs = match self.label(slot) {
                Ok(None) | Err(Error::Refused(_) | Error::Ledger(_)) => true,
                Ok(Some(label)) => {
                    let finds = self.book.slot_of(&self.key.lookup(&label))?;
                    finds.is_none_or(|finds| finds == slot)
                }
                Err(Error::Book(BookError::Damaged(_))) => false,
                Err(error) => return Err(error),
            };
            if !is_theirs {
                found.push(Difference::label(slot));
            }
        }
        Ok(found)
    }
}
