//! An allocation is opened: entered on the ledger for ever, and then told by the keepers to the one-time key that the entry names.

use alloy_primitives::B256;
use theriac_contracts::interfaces::ITrials::openCall;
use theriac_envelope::{PrivateKey, Suite};
use theriac_evidence::trial::Body;
use theriac_sdk::{
    account::{OneTimeKey, RequestKeys},
    packs::PackageError,
};
use zeroize::Zeroizing;

use super::{Allocation, OpenedAllocation, sealed};
use crate::{
    salted::Opening,
    trials::{
        Error, Party, Refusal,
        book::{BookError, DocumentKind, Follow},
        register::TEXT,
        text::seal_opening,
    },
};

/// The entry of an opening in the book's log.
struct Entered {
    key: B256,
    index: u32,
    height: u64,
}

impl Party {
    /// Enters that a subject's allocation is opened to this account, and opens it. The one-time key is in `keys` before, so that what broke off is read by
    /// [`Party::opened_allocation`] and needs no second entry.
    ///
    /// # Errors
    /// `DocumentAbsent` where the book has not the sealed entries: nothing is entered then; those of [`Party::opened_allocation`].
    pub async fn open_allocation(
        &mut self,
        (slot, list): (u32, u16),
        (is_emergency, reason_code): (bool, u8),
        (reason, keys): (&str, &RequestKeys),
    ) -> Result<OpenedAllocation, Error> {
        self.sync().await?;
        self.sealed_list(list)?;
        let study = self.study()?;
        let opening = Opening::fresh(TEXT, reason.as_bytes());
        let key = self.one_time_key(&opening, (reason, keys))?;
        let call = openCall {
            study,
            slot,
            list,
            emergency: is_emergency,
            reasonCode: reason_code,
            reason: opening.commitment,
            key,
        };
        let follow = Follow {
            texts: self.reason_text((study, slot), (&opening, reason))?,
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await?;
        self.opened_allocation((slot, list), keys).await
    }

    /// What the newest opening of this account says of a subject, as long as keepers answer it.
    ///
    /// # Errors
    /// `NotOpened`, `DocumentAbsent`, `SealedEntryDiffers`; `Refused` with what the keepers say; those of book, keys and ledger.
    pub async fn opened_allocation(
        &self,
        (slot, list): (u32, u16),
        keys: &RequestKeys,
    ) -> Result<OpenedAllocation, Error> {
        let entered = self.newest_opening((slot, list))?;
        let entered = entered.ok_or(Refusal::NotOpened(slot))?;
        let document = self.sealed_list(list)?;
        let sealed = sealed::entry(&document, entered.index);
        let sealed = sealed.ok_or(BookError::Damaged("a sealed list is too short"))?;
        let account = self.client.account()?;
        let kept = keys.find(account, entered.key);
        let key =
            PrivateKey::from_seed(Suite::XWing, *kept.map_err(theriac_sdk::Error::from)?.seed);
        let study = self.study()?;
        let subject = (study, slot);
        let opening = (entered.height, entered.key);
        let number = self.client.allocation_opening(subject, opening).await?;
        let place = (study, list, entered.index);
        let opened = self.client.open_allocation((number, key), place, sealed);
        let opened = opened.await?;
        // A keeper is asked again with all others, and may be wrong each time.
        let mut bad = opened.bad;
        bad.dedup();
        let entry = sealed::read(&opened.content)?;
        if Some(entry.stratum) != self.stratum(list)? {
            return Err(Refusal::SealedEntryDiffers.into());
        }
        Ok(OpenedAllocation {
            allocation: Allocation::of((list, entered.index), &entry),
            bad,
        })
    }

    /// The document of a list's sealed entries.
    fn sealed_list(&self, list: u16) -> Result<Vec<u8>, Error> {
        const SEALED: u8 = 16;
        let root = self.newest(SEALED, |body| match body {
            Body::ListSealed(sealed) if sealed.list == list => Some(sealed.root),
            _ => None,
        })?;
        let root = root.ok_or(Refusal::ListFaulty("it is not sealed"))?;
        let document = self.book.document(root)?;
        let document = document.filter(|one| one.kind == DocumentKind::SealedList);
        Ok(document
            .ok_or(Refusal::DocumentAbsent("sealed entries"))?
            .content)
    }

    /// The stratum that a list was committed for.
    fn stratum(&self, list: u16) -> Result<Option<B256>, Error> {
        const COMMITTED: u8 = 14;
        Ok(self.newest(COMMITTED, |body| match body {
            Body::ListCommitted(committed) if committed.list == list => Some(committed.stratum),
            _ => None,
        })?)
    }

    fn newest_opening(&self, (slot, list): (u32, u16)) -> Result<Option<Entered>, Error> {
        const OPENED: u8 = 18;
        let mut newest = None;
        for logged in self.book.log_of(slot)? {
            if logged.entry.kind == OPENED
                && logged.entry.actor == self.client.address()
                && let Body::Opened(opened) = logged.body()?
                && opened.list == list
            {
                newest = Some(Entered {
                    key: opened.key,
                    index: opened.index,
                    height: logged.entry.height,
                });
            }
        }
        Ok(newest)
    }

    /// Makes and keeps the key to which the keepers will answer, with the reason that the entry commits to; returns its identifier.
    fn one_time_key(
        &self,
        opening: &Opening,
        (reason, keys): (&str, &RequestKeys),
    ) -> Result<B256, Error> {
        let key = PrivateKey::generate(Suite::XWing, &mut rand::rng());
        let id = B256::new(key.public_key().id().0);
        let kept = OneTimeKey {
            seed: Zeroizing::new(*key.expose_seed()),
            salt: opening.salt.0,
            reason: reason.to_owned(),
        };
        let account = self.client.account()?;
        let put = keys.put(account, id, &kept);
        put.map_err(theriac_sdk::Error::from)?;
        Ok(id)
    }

    /// The reason under the subject's key, where the book has that key: a pharmacist's own book has it not.
    fn reason_text(
        &self,
        (study, slot): (B256, u32),
        (opening, reason): (&Opening, &str),
    ) -> Result<Vec<(u32, B256, Vec<u8>)>, Error> {
        let key = match self.subject_key(slot) {
            Ok(key) => key,
            Err(Error::Refused(Refusal::KeyAbsent(_)))
            | Err(Error::Ledger(theriac_sdk::Error::Package(PackageError::NotForYou))) => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(error),
        };
        let sealed = seal_opening(&key, (study, slot), (opening, reason.as_bytes()));
        Ok(vec![(slot, opening.commitment, sealed)])
    }
}
