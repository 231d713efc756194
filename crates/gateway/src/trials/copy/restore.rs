//! A book that was lost or altered comes back from the other party's copy.

use std::{collections::BTreeSet, path::Path};

use alloy_primitives::B256;
use theriac_sdk::Client;

use super::{Difference, Fault, Taken, file::CopyFile, receive::check_document};
use crate::trials::{Error, Party, Refusal, keys::BookKey};

impl Party {
    /// Makes the book anew in an empty folder: its seed comes from the custody of the other party, its content from its copy.
    ///
    /// # Errors
    /// `NotAReader` where the package has no wrap of the seed for this account; as [`Party::receive`].
    pub async fn restore(client: Client, folder: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let text = client.open_package(bytes).await?;
        let copy = CopyFile::read(&text)?;
        let own = client.address();
        let wrap = copy.custody.iter().find(|line| line.account == own);
        let wrap = wrap.ok_or(Refusal::NotAReader)?;
        let seed = client.open_package(&wrap.wrap).await?;
        let key = BookKey::from_seed(&seed)?;
        let standing = client.standing(own).await?;
        let not_enrolled = theriac_sdk::Error::Refused(theriac_contracts::Refusal::NotEnrolled);
        let organisation = standing.ok_or(not_enrolled)?.organisation.0;
        let mut party = Self::make(client, folder, (organisation, key)).await?;
        for line in &copy.custody {
            party.book.add_reader(line.account, &line.wrap)?;
        }
        party.receive(bytes).await?;
        party.find_labels()?;
        Ok(party)
    }

    /// Puts what another copy has in the place of what differs from the ledger or is missing: keys, documents, texts and forms; the rest stays.
    /// Forms and documents that the copy has altered itself are not taken.
    ///
    /// # Errors
    /// As [`Party::receive`]; `EntryDiffers`: a log that was altered comes back by [`Party::restore`] alone.
    pub async fn mend(&mut self, bytes: &[u8]) -> Result<Taken, Error> {
        let text = self.client.open_package(bytes).await?;
        let copy = CopyFile::read(&text)?;
        let differences = self.compare().await?;
        self.mend_documents(&copy, &differences)?;
        self.mend_keys(&copy, &differences)?;
        let forms = self.mend_forms(&copy, &differences)?;
        Ok(Taken {
            organisation: copy.sender.organisation,
            forms,
            differences: self.compare().await?,
            ..Taken::default()
        })
    }

    fn mend_documents(&self, copy: &CopyFile, differences: &[Difference]) -> Result<(), Error> {
        let erased = self.erased()?;
        let altered: BTreeSet<B256> = differences.iter().filter_map(|one| one.document).collect();
        for line in &copy.documents {
            let document = line.document()?;
            match altered.contains(&document.hash) {
                _ if check_document(&document).is_err() => {}
                true => self.book.replace_document(&document)?,
                false => self.book.keep_document(&document)?,
            }
        }
        for line in &copy.texts {
            let text = (line.hash, line.sealed.as_ref());
            match altered.contains(&line.hash) {
                _ if erased.contains(&line.slot) => {}
                true => self.book.replace_text(line.slot, text)?,
                false => self.book.keep_text(line.slot, text)?,
            }
        }
        Ok(())
    }

    /// Subjects that are missing come with their keys; a key that does not open what it should gives way.
    fn mend_keys(&self, copy: &CopyFile, differences: &[Difference]) -> Result<(), Error> {
        let erased = self.erased()?;
        let keyless = differences
            .iter()
            .filter(|one| matches!(one.fault, Fault::KeyMissing | Fault::Unreadable));
        let keyless: BTreeSet<u32> = keyless.map(|one| one.slot).collect();
        for line in copy
            .subjects
            .iter()
            .filter(|line| !erased.contains(&line.slot))
        {
            match keyless.contains(&line.slot) {
                true => self.book.replace_keys(&line.subject())?,
                false => self.book.keep_subject(&line.subject())?,
            }
            self.forget_key(line.slot);
        }
        Ok(())
    }

    fn mend_forms(&self, copy: &CopyFile, differences: &[Difference]) -> Result<usize, Error> {
        let wanted: BTreeSet<u64> = differences.iter().filter_map(|one| one.entry).collect();
        let mut forms = copy.forms();
        forms.sort_by_key(|form| (form.slot, form.cell, form.number));
        let faulty = self.differences(&forms, (0, u64::MAX))?;
        let faulty: BTreeSet<u64> = faulty
            .iter()
            .filter(|one| one.fault != Fault::Missing)
            .filter_map(|one| one.entry)
            .collect();
        let mut mended = 0;
        for form in &forms {
            let Some(entry) = form.entry else { continue };
            if wanted.contains(&entry) && !faulty.contains(&entry) {
                self.book.remove_forms(entry)?;
                self.book.replace_form(form)?;
                mended += 1;
            }
        }
        let invented = differences
            .iter()
            .filter(|one| one.fault == Fault::NotEntered);
        for entry in invented.filter_map(|one| one.entry) {
            self.book.remove_forms(entry)?;
        }
        Ok(mended)
    }

    /// Finds labels again after they came from another book.
    fn find_labels(&mut self) -> Result<(), Error> {
        for subject in self.book.subjects()? {
            if let Some(label) = self.label(subject.slot)? {
                self.book
                    .set_lookup(subject.slot, &self.key.lookup(&label))?;
            }
        }
        Ok(())
    }
}
