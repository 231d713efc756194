//! A book gives another party its copy of what both may read.

use std::path::{Path, PathBuf};

use super::file::{CopyFile, DocumentLine, FormLine, ListLine, SubjectLine, TextLine, WrapLine};
use crate::trials::{
    Error, Party,
    book::{Card, DocumentKind, FormRow},
};

/// Encrypted forms and sealed lists of one package at most, in bytes; written in hexadecimal they are twice as many.
const FORMS_BYTES: usize = 24 << 20;
/// Forms that are asked of the book at a time.
const PAGE: u32 = 4_096;

impl Party {
    /// Writes what the card's organisation may read of entries from this number on, encrypted to its account: to this file, and where it is
    /// too long for one, to others beside it with `.2`, `.3` and so on behind.
    ///
    /// # Errors
    /// Those of book, ledger and files.
    pub async fn send_copy(
        &mut self,
        card: &Card,
        from: u64,
        file: &Path,
    ) -> Result<Vec<PathBuf>, Error> {
        self.sync().await?;
        let receiver = card.account_key()?;
        let mut files = Vec::new();
        for copy in self.copies(card, from)? {
            let bytes = self
                .client
                .seal_package(&receiver, copy.to_json().as_bytes())
                .await?;
            let path = part(file, files.len());
            write_new(&path, &bytes)?;
            files.push(path);
        }
        Ok(files)
    }

    /// What another book may read of entries from this number on, in parts. Another book of the own organisation has none of the keys that
    /// are wrapped to the organisation, and gets no data of subjects.
    ///
    /// # Errors
    /// `NoStudy`; those of the book.
    pub fn copies(&self, card: &Card, from: u64) -> Result<Vec<CopyFile>, Error> {
        let mut first = self.first_part(card.organisation)?;
        let own = self.book.owner();
        let is_own = card.organisation == own.organisation;
        if !(is_own && card.book_key()?.encode() != own.public.encode()) {
            self.add_subjects(&mut first, card.organisation)?;
        }
        let mut copies = vec![first];
        let slots: Vec<u32> = copies[0].subjects.iter().map(|one| one.slot).collect();
        let mut bytes = self.push_lists(&mut copies)?;
        let mut next = from;
        loop {
            let page = self.book.forms_from(next, PAGE)?;
            let Some(last) = page.last().and_then(|form| form.entry) else {
                return Ok(copies);
            };
            let mine = page
                .into_iter()
                .filter(|form| slots.binary_search(&form.slot).is_ok());
            for form in mine {
                bytes += form.sealed.len();
                if bytes > FORMS_BYTES {
                    bytes = form.sealed.len();
                    copies.push(self.empty_part()?);
                }
                push(&mut copies, form);
            }
            next = last + 1;
        }
    }

    /// Sealed lists, in further parts where they are long; returns the bytes of them in the last part.
    fn push_lists(&self, copies: &mut Vec<CopyFile>) -> Result<usize, Error> {
        let mut bytes = 0;
        for document in self.book.documents()? {
            if document.kind != DocumentKind::SealedList {
                continue;
            }
            bytes += document.content.len();
            if bytes > FORMS_BYTES {
                bytes = document.content.len();
                copies.push(self.empty_part()?);
            }
            if let Some(copy) = copies.last_mut() {
                copy.documents.push(DocumentLine::new(document));
            }
        }
        Ok(bytes)
    }

    fn empty_part(&self) -> Result<CopyFile, Error> {
        let head = (self.study()?, self.book.log_size()?);
        Ok(CopyFile::new(head, self.card()?))
    }

    fn first_part(&self, organisation: u32) -> Result<CopyFile, Error> {
        let mut copy = self.empty_part()?;
        copy.readers = self.book.readers()?.iter().map(WrapLine::new).collect();
        let custody = self.book.custody(organisation)?;
        copy.custody = custody.iter().map(WrapLine::new).collect();
        for document in self.book.documents()? {
            if is_in_first_part(document.kind) {
                copy.documents.push(DocumentLine::new(document));
            }
        }
        let lists = self.book.published_lists()?.into_iter();
        let line = |(list, content): (u16, Vec<u8>)| {
            let content = content.into();
            ListLine { list, content }
        };
        copy.lists = lists.map(line).collect();
        for text in self.opened_texts(organisation)? {
            copy.opened.push(TextLine {
                slot: text.slot,
                hash: text.hash,
                sealed: text.content.to_vec().into(),
            });
        }
        Ok(copy)
    }

    fn add_subjects(&self, copy: &mut CopyFile, organisation: u32) -> Result<(), Error> {
        for subject in self.book.subjects()? {
            let keys = self.book.key_wraps(subject.slot)?;
            if !keys.iter().any(|key| key.organisation == organisation) {
                continue;
            }
            for (hash, sealed) in self.book.texts(subject.slot)? {
                let (slot, sealed) = (subject.slot, sealed.into());
                copy.texts.push(TextLine { slot, hash, sealed });
            }
            let who = (subject.slot, subject.site);
            copy.subjects
                .push(SubjectLine::new(who, subject.label, keys));
        }
        Ok(())
    }
}

fn push(copies: &mut [CopyFile], form: FormRow) {
    if let (Some(copy), Some(entry)) = (copies.last_mut(), form.entry) {
        copy.forms.push(FormLine::new(form, entry));
    }
}

/// Whether every party gets documents of this kind with the first part.
fn is_in_first_part(kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::Protocol
        | DocumentKind::Schedule
        | DocumentKind::Outcomes
        | DocumentKind::Consent
        | DocumentKind::Text
        | DocumentKind::Plan
        | DocumentKind::Publication
        | DocumentKind::Name => true,
        // They may tell arms, or raise suspicion against a site; datasets have the values of all subjects.
        DocumentKind::Analysis | DocumentKind::Screening | DocumentKind::Dataset => false,
        // They are long.
        DocumentKind::SealedList => false,
    }
}

fn part(file: &Path, place: usize) -> PathBuf {
    match place {
        0 => file.to_owned(),
        _ => {
            let mut name = file.as_os_str().to_owned();
            name.push(format!(".{}", place + 1));
            name.into()
        }
    }
}

/// Writes a new file that only its owner may read.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(bytes));
    written.map_err(|source| Error::File {
        action: "write",
        file: path.to_owned(),
        source,
    })
}
