//! A book that was lost or altered comes back from the other party's copy.

use std::{collections::BTreeSet, path::Path};

use theriac_sdk::Client;

use super::{Fault, Taken, file::CopyFile};
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

    /// Puts forms of another copy in the place of those that differ from the ledger; the rest stays. What the copy has altered itself is
    /// not taken.
    ///
    /// # Errors
    /// As [`Party::receive`].
    pub async fn mend(&mut self, bytes: &[u8]) -> Result<Taken, Error> {
        let text = self.client.open_package(bytes).await?;
        let copy = CopyFile::read(&text)?;
        let mut differences = self.compare().await?;
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
                self.book.replace_form(form)?;
                mended += 1;
            }
        }
        differences = self.compare().await?;
        Ok(Taken {
            organisation: copy.sender.organisation,
            forms: mended,
            differences,
            ..Taken::default()
        })
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
