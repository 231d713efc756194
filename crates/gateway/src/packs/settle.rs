//! Sends what waits in the book, and marks it when it is final: once each, whatever broke off in between.

use alloy_primitives::B256;
use theriac_contracts::{
    Refusal,
    codes::{FlagKind, FlagSubject},
    packs::nullifier,
};
use theriac_sdk::{
    account::Account,
    cabinets::{Blinding, Movement},
    packs::{NewFlag, NewLot},
};

use super::{
    Error, Partner,
    book::{BookError, Entry, Waiting, WaitingState},
    desk::sending::Sending,
};

/// What became of an entry.
#[derive(Debug)]
pub enum Settled {
    /// It is on the ledger.
    Done,
    /// The ledger refused it, and the book is as before.
    Refused(Error),
}

impl Partner {
    /// Settles all that waits, in order; each with what became of it.
    ///
    /// # Errors
    /// Where no node answers, or an answer came too late: the rest waits on.
    pub async fn settle_all(&mut self) -> Result<Vec<(Waiting, Settled)>, Error> {
        let mut settled = Vec::new();
        for waiting in self.book.waiting()? {
            if !self.book.is_waiting(waiting.number)? {
                continue;
            }
            let outcome = self.settle(&waiting).await?;
            settled.push((waiting, outcome));
        }
        Ok(settled)
    }

    /// Settles these entries; the first refusal ends it.
    pub(super) async fn settle_these(&mut self, numbers: &[i64]) -> Result<(), Error> {
        for waiting in self.book.waiting()? {
            if !numbers.contains(&waiting.number) {
                continue;
            }
            if let Settled::Refused(error) = self.settle(&waiting).await? {
                return Err(error);
            }
        }
        Ok(())
    }

    async fn settle(&mut self, waiting: &Waiting) -> Result<Settled, Error> {
        let was_tried = waiting.state == WaitingState::Tried;
        if was_tried && self.is_entered(&waiting.entry).await? {
            self.book.complete(waiting)?;
            return Ok(Settled::Done);
        }
        self.book.mark_tried(waiting.number)?;
        match self.enter(&waiting.entry).await {
            Ok(()) => {}
            Err(error) if error.ledger_refusal().is_some() => {
                // An earlier sending of it may have become final in the meantime.
                let is_there = error.ledger_refusal() == Some(Refusal::RecordedAlready)
                    || was_tried && self.is_entered(&waiting.entry).await?;
                if !is_there {
                    let code = error.ledger_refusal().map_or("", |refusal| refusal.name());
                    self.book.refuse(waiting, code)?;
                    return Ok(Settled::Refused(error));
                }
            }
            Err(error) => return Err(error),
        }
        self.book.complete(waiting)?;
        Ok(Settled::Done)
    }

    async fn enter(&self, entry: &Entry) -> Result<(), Error> {
        let client = &self.client;
        match entry {
            Entry::Commission { .. } => self.commission_entry(entry).await?,
            Entry::Close {
                keys,
                commitment,
                document,
                ..
            } => {
                let keys = self.own_keys(keys)?;
                client.close_keys(&keys, *commitment, *document).await?;
            }
            Entry::Commit { documents } => {
                client.commit_documents(documents.clone()).await?;
            }
            Entry::Leave { .. } | Entry::Undo { .. } => {
                let sending = Sending::of(self, entry)?;
                sending.expect("it is one of them").enter(client).await?;
            }
            Entry::Contest { tag } => {
                let (proof, key) = self.proof(*tag)?;
                let holder = self.own_keys(&[key])?;
                client.contest_exit(*tag, proof, &holder[0]).await?;
            }
            Entry::Flag { .. } => self.raise(entry).await?,
            Entry::Record { .. } => self.record(entry).await?,
            Entry::Clear { number, notice } => {
                client.clear_flag(*number, *notice).await?;
            }
            Entry::Fill { signed } => {
                client.fill_prescription(signed, B256::ZERO).await?;
            }
        }
        Ok(())
    }

    async fn commission_entry(&self, entry: &Entry) -> Result<(), Error> {
        let Entry::Commission {
            root,
            key,
            document,
        } = *entry
        else {
            return Ok(());
        };
        let new = NewLot {
            root,
            key,
            document,
        };
        self.client.commission_lot(new).await?;
        Ok(())
    }

    async fn raise(&self, entry: &Entry) -> Result<(), Error> {
        let Entry::Flag {
            subject,
            handle,
            kind,
            notice,
        } = *entry
        else {
            return Ok(());
        };
        let unknown = || BookError::Damaged("a flag has no such code");
        let new = NewFlag {
            subject: FlagSubject::from_code(subject).ok_or_else(unknown)?,
            handle,
            kind: FlagKind::from_code(kind).ok_or_else(unknown)?,
            notice,
        };
        self.client.raise_flag(new).await?;
        Ok(())
    }

    async fn record(&self, entry: &Entry) -> Result<(), Error> {
        let Entry::Record {
            cabinet,
            item,
            amounts,
            blindings,
            ..
        } = entry
        else {
            return Ok(());
        };
        let none = |_| BookError::Damaged("a movement has no blinding");
        let mut drawn = [Blinding::NONE; 6];
        for (one, bytes) in drawn.iter_mut().zip(blindings) {
            *one = Blinding::decode(*bytes).map_err(none)?;
        }
        let movement = Movement::from_parts(*amounts, drawn);
        let place = (*cabinet, *item);
        self.client
            .record_movement(place, &movement, B256::ZERO)
            .await?;
        Ok(())
    }

    /// Whether the ledger has the entry, and from this organisation.
    async fn is_entered(&self, entry: &Entry) -> Result<bool, Error> {
        let client = &self.client;
        let own = self.book.owner().organisation;
        Ok(match entry {
            Entry::Commission { root, key, .. } => {
                let lot = client.lot(*root).await?;
                lot.is_some_and(|lot| lot.organisation == own && lot.key == *key)
            }
            Entry::Close {
                keys, commitment, ..
            } => match keys.first() {
                Some(key) => {
                    let closing = client.closing(*key).await?;
                    closing.is_some_and(|closing| closing.commitment == *commitment)
                }
                None => false,
            },
            Entry::Commit { documents } => match documents.first() {
                Some(document) => client.committed_document(*document).await?.is_some(),
                None => false,
            },
            Entry::Leave { .. } | Entry::Undo { .. } => {
                let sending = Sending::of(self, entry)?;
                let sending = sending.expect("it is one of them");
                sending
                    .is_entered(client, self.book.owner().account)
                    .await?
            }
            Entry::Contest { tag } => {
                let exit = client.exit(self.nullifier(*tag)).await?;
                exit.kind == 0 && exit.reservedFor == own
            }
            Entry::Flag { .. } => self.is_flagged(entry).await?,
            // The ledger refuses the same movement, and so tells that it has it.
            Entry::Record { .. } => false,
            Entry::Clear { number, .. } => {
                let flags = client.flags_from(*number).await?;
                flags.first().is_some_and(|flag| flag.clearedBy != 0)
            }
            Entry::Fill { signed } => {
                let fill = client.fill_of(signed.key).await?;
                let account = self.book.owner().account;
                fill.is_some_and(|fill| fill.pharmacist == account)
            }
        })
    }

    async fn is_flagged(&self, entry: &Entry) -> Result<bool, Error> {
        let Entry::Flag {
            subject,
            handle,
            kind,
            notice,
        } = *entry
        else {
            return Ok(false);
        };
        let subject = FlagSubject::from_code(subject);
        let subject = subject.ok_or(BookError::Damaged("a flag has no such code"))?;
        let newest = self
            .client
            .flags_of(subject, handle)
            .await?
            .into_iter()
            .next();
        let own = self.book.owner().organisation;
        Ok(newest.is_some_and(|flag| {
            (flag.organisation, flag.kind, flag.notice, flag.clearedBy) == (own, kind, notice, 0)
        }))
    }

    pub(super) fn own_keys(
        &self,
        keys: &[alloy_primitives::Address],
    ) -> Result<Vec<Account>, Error> {
        let missing = || BookError::Damaged("a key is missing");
        let key = |key: &alloy_primitives::Address| Ok(self.book.key(*key)?.ok_or_else(missing)?);
        keys.iter().map(key).collect()
    }

    pub(super) fn nullifier(&self, tag: B256) -> B256 {
        nullifier(self.book.owner().chain_id, tag)
    }

    pub(super) fn undo_secret(&self, tag: B256) -> Result<B256, Error> {
        let pack = self
            .book
            .pack(tag)?
            .ok_or(BookError::Damaged("a pack is missing"))?;
        Ok(self.book.secret().undo(tag, pack.exits))
    }
}
