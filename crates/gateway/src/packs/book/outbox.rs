//! What waits to be entered on the ledger, and what follows when it is.

use alloy_primitives::{Address, B256};
use rusqlite::{Connection, Row, Transaction, params};

use super::{
    Book, BookError, Entry, HandOver, KnownLot, NewException, NewPack, Pack, PackState, Paper,
    Received, Shipment, StealthKey, chain, document, exception, fill, hand_over, item, key, lot,
    pack, shipment, step,
};
use crate::packs::keys::Announced;

/// An entry of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number, in the order in which it was put there.
    pub number: i64,
    /// What is to be entered.
    pub entry: Entry,
    /// How far it is.
    pub state: WaitingState,
}

/// How far an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingState {
    /// It was never sent.
    New,
    /// It may have been sent.
    Tried,
}

pub(super) const NEW: i64 = 0;
pub(super) const TRIED: i64 = 1;
/// From here on nothing waits.
pub(super) const DONE: i64 = 2;
pub(super) const REFUSED: i64 = 3;

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Result<Waiting, BookError>> {
    let (number, entry, state): (_, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let Ok(entry) = serde_json::from_str(&entry) else {
        return Ok(Err(BookError::Damaged("an entry cannot be read")));
    };
    let state = match state {
        NEW => WaitingState::New,
        _ => WaitingState::Tried,
    };
    Ok(Ok(Waiting {
        number,
        entry,
        state,
    }))
}

pub(super) fn put(connection: &Connection, entry: &Entry) -> Result<i64, BookError> {
    let text = serde_json::to_string(entry).expect("an entry has no map with other keys than text");
    let insert = "INSERT INTO outbox (entry, state) VALUES (?1, ?2)";
    connection.execute(insert, params![text, NEW])?;
    Ok(connection.last_insert_rowid())
}

impl Book {
    /// A lot that is about to be entered, with its packs and its event, which are asked for when the packs are written: they are made
    /// meanwhile. Returns both.
    ///
    /// # Errors
    /// Those of the database.
    pub fn put_lot(
        &mut self,
        (key, packs): (Address, &[NewPack]),
        rest: impl FnOnce() -> (KnownLot, Paper),
    ) -> Result<(i64, KnownLot, Paper), BookError> {
        self.log.leave(&self.connection)?;
        let put = self.put_new_packs((key, packs), rest);
        self.log.work_in(&self.connection)?;
        put
    }

    fn put_new_packs(
        &mut self,
        (key, packs): (Address, &[NewPack]),
        rest: impl FnOnce() -> (KnownLot, Paper),
    ) -> Result<(i64, KnownLot, Paper), BookError> {
        let chain_id = self.owner().chain_id;
        let transaction = self.connection.transaction()?;
        let number = lot::next_number(&transaction)?;
        pack::keep_new(&transaction, (chain_id, number, key), packs)?;
        let (lot, paper) = rest();
        lot::insert(&transaction, number, (&lot, false))?;
        document::keep(&transaction, &paper, None, false)?;
        let entry = Entry::Commission {
            root: lot.root,
            key: lot.key,
            document: paper.commitment,
        };
        let number = put(&transaction, &entry)?;
        transaction.commit()?;
        Ok((number, lot, paper))
    }

    /// A shipment that is about to be entered: hand-overs with the first document, the others for themselves.
    ///
    /// # Errors
    /// Those of the database.
    pub fn put_shipment(
        &mut self,
        (shipment, keys): (&Shipment, &[StealthKey]),
        hand_overs: &[HandOver],
        papers: &[Paper],
    ) -> Result<(i64, Vec<i64>), BookError> {
        let transaction = self.connection.transaction()?;
        let number = shipment::keep(&transaction, shipment, keys)?;
        let entries = put_moves(&transaction, Some(number), hand_overs, papers)?;
        transaction.commit()?;
        Ok((number, entries))
    }

    /// Hand-overs to keys of the book's own that are about to be entered.
    ///
    /// # Errors
    /// Those of the database.
    pub fn put_hand_overs(
        &mut self,
        hand_overs: &[HandOver],
        papers: &[Paper],
    ) -> Result<Vec<i64>, BookError> {
        let transaction = self.connection.transaction()?;
        let entries = put_moves(&transaction, None, hand_overs, papers)?;
        transaction.commit()?;
        Ok(entries)
    }

    /// An entry of packs that are about to leave or to come back, or of none.
    ///
    /// # Errors
    /// Those of the database.
    pub fn put_entry(&mut self, entry: &Entry) -> Result<i64, BookError> {
        let transaction = self.connection.transaction()?;
        reserve(&transaction, entry)?;
        let number = put(&transaction, entry)?;
        transaction.commit()?;
        Ok(number)
    }

    /// A document that is about to be committed to by itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn put_document(&mut self, paper: &Paper) -> Result<i64, BookError> {
        let transaction = self.connection.transaction()?;
        document::keep(&transaction, paper, None, false)?;
        let documents = vec![paper.commitment];
        let number = put(&transaction, &Entry::Commit { documents })?;
        transaction.commit()?;
        Ok(number)
    }

    /// What came from a partner: all of it or nothing.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_received(
        &mut self,
        received: &Received,
        arrived: &Arrived,
    ) -> Result<(), BookError> {
        let chain_id = self.owner().chain_id;
        let transaction = self.connection.transaction()?;
        shipment::keep_received(&transaction, received)?;
        for one in &arrived.keys {
            key::keep(&transaction, one)?;
        }
        for one in &arrived.lots {
            lot::keep(&transaction, one)?;
        }
        for one in &arrived.papers {
            document::keep(&transaction, one, None, true)?;
        }
        let mut packs: Vec<_> = arrived.packs.iter().collect();
        packs.sort_unstable_by_key(|(pack, _)| pack.tag);
        let earlier = "DELETE FROM steps WHERE tag = ?1";
        for (one, steps) in packs {
            transaction.prepare_cached(earlier)?.execute([one.tag.0])?;
            pack::keep(&transaction, chain_id, one)?;
            for one_step in steps {
                step::push(&transaction, one.tag, one_step)?;
            }
        }
        exception::open(&transaction, &arrived.exceptions)?;
        Ok(transaction.commit()?)
    }

    /// What waits, in the order in which it was put there.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn waiting(&self) -> Result<Vec<Waiting>, BookError> {
        let find = "SELECT number, entry, state FROM outbox WHERE state < 2 ORDER BY number";
        let mut statement = self.connection.prepare_cached(find)?;
        let rows = statement.query_map([], read)?;
        rows.map(|row| row?).collect()
    }

    /// Whether the entry still waits: a refusal of the one that it follows withdrew it otherwise.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_waiting(&self, number: i64) -> Result<bool, BookError> {
        let find = "SELECT state < ?2 FROM outbox WHERE number = ?1";
        Ok(self
            .connection
            .query_row(find, [number, DONE], |row| row.get(0))?)
    }

    /// The entry is about to be sent.
    ///
    /// # Errors
    /// Those of the database.
    pub fn mark_tried(&self, number: i64) -> Result<(), BookError> {
        let update = "UPDATE outbox SET state = ?2 WHERE number = ?1";
        self.connection.execute(update, [number, TRIED])?;
        Ok(())
    }

    /// The entry is final: what follows from it comes into force.
    ///
    /// # Errors
    /// Those of the database.
    pub fn complete(&mut self, waiting: &Waiting) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        follow(&transaction, &waiting.entry)?;
        let update = "UPDATE outbox SET state = ?2 WHERE number = ?1";
        transaction.execute(update, [waiting.number, DONE])?;
        Ok(transaction.commit()?)
    }

    /// The ledger refused the entry: everything is as before it, and what follows it is withdrawn.
    ///
    /// # Errors
    /// Those of the database.
    pub fn refuse(&mut self, waiting: &Waiting, code: &str) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        let mut refused = vec![(waiting.number, waiting.entry.clone())];
        refused.extend(chain::followers(&transaction, waiting.number)?);
        for (number, entry) in refused {
            take_back(&transaction, &entry)?;
            let update = "UPDATE outbox SET state = ?2, refusal = ?3 WHERE number = ?1";
            transaction.execute(update, params![number, REFUSED, code])?;
        }
        Ok(transaction.commit()?)
    }
}

/// Puts entries that follow one another.
pub(super) fn put_chain(
    transaction: &Transaction<'_>,
    entries: &[Entry],
) -> Result<Vec<i64>, BookError> {
    let mut numbers: Vec<i64> = Vec::with_capacity(entries.len());
    for entry in entries {
        reserve(transaction, entry)?;
        let number = put(transaction, entry)?;
        if let Some(before) = numbers.last() {
            chain::follow(transaction, number, *before)?;
        }
        numbers.push(number);
    }
    Ok(numbers)
}

/// Keeps packs of an entry from any other while it waits.
fn reserve(transaction: &Transaction<'_>, entry: &Entry) -> Result<(), BookError> {
    match entry {
        Entry::Leave { tags, .. } => pack::set_state(transaction, tags, PackState::Leaving),
        Entry::Undo { tag } => pack::set_state(transaction, &[*tag], PackState::Returning),
        Entry::Commission { .. }
        | Entry::Close { .. }
        | Entry::Commit { .. }
        | Entry::Contest { .. }
        | Entry::Flag { .. }
        | Entry::Record { .. }
        | Entry::Clear { .. }
        | Entry::Fill { .. } => Ok(()),
    }
}

/// What came in a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// Keys that hold it.
    pub keys: Vec<Announced>,
    /// Lots.
    pub lots: Vec<KnownLot>,
    /// Events.
    pub papers: Vec<Paper>,
    /// Packs with their ways.
    pub packs: Vec<(Pack, Vec<step::Step>)>,
    /// What does not fit.
    pub exceptions: Vec<NewException>,
}

fn put_moves(
    transaction: &Transaction<'_>,
    shipment: Option<i64>,
    hand_overs: &[HandOver],
    papers: &[Paper],
) -> Result<Vec<i64>, BookError> {
    const COMMITTED_TOGETHER: usize = 64;
    let mut entries = Vec::new();
    for paper in papers {
        document::keep(transaction, paper, shipment, false)?;
    }
    let document = papers.first().map_or(B256::ZERO, |paper| paper.commitment);
    for one in hand_overs {
        let entry = Entry::Close {
            hand_over: hand_over::keep(transaction, one, shipment)?,
            keys: one.keys.clone(),
            commitment: one.commitment,
            document,
        };
        entries.push(put(transaction, &entry)?);
    }
    let others: Vec<_> = papers
        .iter()
        .skip(1)
        .map(|paper| paper.commitment)
        .collect();
    for documents in others.chunks(COMMITTED_TOGETHER) {
        let documents = documents.to_vec();
        entries.push(put(transaction, &Entry::Commit { documents })?);
    }
    Ok(entries)
}

fn follow(transaction: &Transaction<'_>, entry: &Entry) -> Result<(), BookError> {
    match entry {
        Entry::Commission { root, document, .. } => {
            lot::enter(transaction, *root)?;
            document::enter(transaction, &[*document])
        }
        Entry::Close {
            hand_over: number,
            document,
            ..
        } => {
            hand_over::complete(transaction, *number)?;
            document::enter(transaction, &[*document])
        }
        Entry::Commit { documents } => document::enter(transaction, documents),
        Entry::Leave {
            tags,
            kind,
            time_ms,
        } => {
            let left = "UPDATE packs SET state = ?2, kind = ?3, left_ms = ?4 WHERE tag = ?1";
            let mut statement = transaction.prepare_cached(left)?;
            for tag in tags {
                let time_ms = time_ms.cast_signed();
                statement.execute(params![tag.0, PackState::Left.code(), kind, time_ms])?;
            }
            fill::left(transaction, tags, *time_ms)
        }
        Entry::Undo { tag } => {
            let back = "UPDATE packs SET state = ?2, kind = 0, left_ms = 0, exits = exits + 1 WHERE tag = ?1";
            transaction.execute(back, params![tag.0, PackState::Held.code()])?;
            fill::stayed(transaction, &[*tag])
        }
        Entry::Fill { signed } => fill::taken(transaction, signed.key),
        Entry::Record {
            cabinet,
            item,
            gtin,
            amounts,
            blindings,
        } => {
            let [_, change, ..] = *amounts;
            let [_, blinding, ..] = *blindings;
            item::add((transaction, gtin), (*cabinet, *item), (change, blinding))
        }
        Entry::Contest { .. } | Entry::Flag { .. } | Entry::Clear { .. } => Ok(()),
    }
}

pub(super) fn take_back(transaction: &Transaction<'_>, entry: &Entry) -> Result<(), BookError> {
    match entry {
        Entry::Commission { root, .. } => lot::remove(transaction, *root),
        Entry::Close {
            hand_over: number, ..
        } => hand_over::undo(transaction, *number),
        Entry::Leave { tags, .. } => {
            fill::stayed(transaction, tags)?;
            pack::set_state(transaction, tags, PackState::Held)
        }
        Entry::Undo { tag } => pack::set_state(transaction, &[*tag], PackState::Left),
        Entry::Fill { signed } => fill::refused(transaction, signed.key),
        Entry::Commit { .. }
        | Entry::Contest { .. }
        | Entry::Flag { .. }
        | Entry::Record { .. }
        | Entry::Clear { .. } => Ok(()),
    }
}
