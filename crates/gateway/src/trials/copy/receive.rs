//! A party takes what another one sent: all of it, or nothing.

use super::{Difference, file::CopyFile};
use crate::trials::{
    Error, Party, Refusal,
    book::{Card, NewSubject},
    text::OpenedText,
};

/// What a package brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The organisation that sent it.
    pub organisation: u32,
    /// Documents.
    pub documents: usize,
    /// Subjects.
    pub subjects: usize,
    /// Forms.
    pub forms: usize,
    /// Where it differs from the ledger: then nothing was taken.
    pub differences: Vec<Difference>,
}

impl Party {
    /// Takes a package that was encrypted to this account.
    ///
    /// # Errors
    /// `PackageOther`, `PackageFaulty`, `NodeBehind`; those of book and ledger.
    pub async fn receive(&mut self, bytes: &[u8]) -> Result<Taken, Error> {
        let text = self.client.open_package(bytes).await?;
        let copy = CopyFile::read(&text)?;
        self.check_head(&copy)?;
        if self.book.study()?.is_none() {
            self.client.trial(copy.study).await?;
            self.book.set_study(copy.study)?;
        }
        self.sync().await?;
        let (got, expected) = (self.book.log_size()?, copy.size);
        if got < expected {
            return Err(Refusal::NodeBehind { got, expected }.into());
        }
        self.take(&copy)
    }

    fn check_head(&self, copy: &CopyFile) -> Result<(), Refusal> {
        if copy.sender.chain_id != self.book.owner().chain_id {
            return Err(Refusal::PackageOther("network"));
        }
        match self.book.study() {
            Ok(Some(study)) if study != copy.study => Err(Refusal::PackageOther("study")),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Takes the content of a package. Subjects come first: with their keys the forms are checked.
    pub(super) fn take(&mut self, copy: &CopyFile) -> Result<Taken, Error> {
        let erased = self.erased()?;
        if !self.is_second_book(&copy.sender)? {
            let readers = copy.readers.iter().map(super::file::WrapLine::pair);
            let readers: Vec<_> = readers.collect();
            self.book.keep_party(&copy.sender)?;
            self.book.keep_custody(copy.sender.organisation, &readers)?;
        }
        for line in &copy.documents {
            let document = line.document()?;
            check_document(&document)?;
            self.book.keep_document(&document)?;
        }
        for line in &copy.lists {
            self.take_list(line.list, &line.content)?;
        }
        let subjects: Vec<NewSubject> = copy.subjects.iter().map(|one| one.subject()).collect();
        let living = subjects.iter().filter(|one| !erased.contains(&one.slot));
        for subject in living {
            self.book.keep_subject(subject)?;
        }
        for line in copy
            .texts
            .iter()
            .filter(|line| !erased.contains(&line.slot))
        {
            self.book.keep_text(line.slot, (line.hash, &line.sealed))?;
        }
        for line in copy
            .opened
            .iter()
            .filter(|line| !erased.contains(&line.slot))
        {
            self.take_text(&OpenedText {
                slot: line.slot,
                hash: line.hash,
                content: line.sealed.to_vec().into(),
            })?;
        }
        let mut forms = copy.forms();
        forms.sort_by_key(|form| (form.slot, form.cell, form.number));
        let mut differences = self.differences(&forms, (0, u64::MAX))?;
        // A part of a copy has not all forms.
        differences.retain(|one| one.fault != super::Fault::Missing);
        if differences.is_empty() {
            self.book.keep_forms(&forms)?;
        }
        Ok(Taken {
            organisation: copy.sender.organisation,
            documents: copy.documents.len(),
            subjects: subjects.len(),
            forms: forms.len(),
            differences,
        })
    }
}

impl Party {
    /// Whether a package comes from a further book of its organisation, as a data manager's: subjects' keys go to the first one alone.
    fn is_second_book(&self, sender: &Card) -> Result<bool, Error> {
        if sender.organisation == self.book.owner().organisation {
            return Ok(true);
        }
        let known = self.book.parties()?;
        let known = known
            .iter()
            .find(|card| card.organisation == sender.organisation);
        match known {
            Some(known) => Ok(known.book_key()?.encode() != sender.book_key()?.encode()),
            None => Ok(false),
        }
    }
}

/// A document that is not what it is named is not kept.
pub(super) fn check_document(document: &crate::trials::book::Document) -> Result<(), Refusal> {
    use crate::trials::{
        book::DocumentKind,
        definition::{OpenOutcome, outcomes_hash, words},
        hash::sha256,
        register::TEXT,
        sign::name_salt,
    };
    let hash = match document.kind {
        DocumentKind::Outcomes => {
            let opened: Vec<OpenOutcome> = serde_json::from_slice(&document.content)
                .map_err(|_| Refusal::PackageFaulty("outcomes cannot be read"))?;
            let calls: Vec<_> = opened.iter().map(OpenOutcome::call).collect();
            outcomes_hash(&words(&calls))
        }
        DocumentKind::Text => crate::salted::commitment(TEXT, document.salt, &document.content),
        DocumentKind::Name => {
            let name = String::from_utf8_lossy(&document.content);
            theriac_evidence::trial::name_word(&name_salt(document).0, &name)
        }
        DocumentKind::Dataset => {
            return Err(Refusal::PackageFaulty("it has a dataset of an analysis"));
        }
        DocumentKind::SealedList => crate::trials::list::root_of(&document.content).ok_or(
            Refusal::PackageFaulty("the sealed entries of a list cannot be read"),
        )?,
        DocumentKind::Protocol
        | DocumentKind::Schedule
        | DocumentKind::Consent
        | DocumentKind::Plan
        | DocumentKind::Analysis
        | DocumentKind::Publication
        | DocumentKind::Screening => sha256(&[&document.content]),
    };
    match hash == document.hash {
        true => Ok(()),
        false => Err(Refusal::PackageFaulty("a document is not what it is named")),
    }
}
