//! Exits as entries of the outbox: many together, taken apart where one of them is refused, and with the requests that asked for them.

use alloy_primitives::B256;
use rusqlite::{Connection, Transaction, params};

use super::{
    Book, BookError, Collided, Entry, PackState, Waiting, WaitingState, collision, outbox, pack,
    request,
};

/// An exit, or its undoing, that a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewExit {
    /// The pack.
    pub tag: B256,
    /// The request's key.
    pub key: String,
    /// How it leaves: a code of `ExitKind`; 0 where it comes back.
    pub kind: u8,
    /// How often it had left before.
    pub exits: u64,
    /// When that was asked for.
    pub time_ms: u64,
}

impl Book {
    /// An entry of packs that are about to leave or to come back, with the requests that ask for it. `Tried` where it is sent at once.
    ///
    /// # Errors
    /// Those of the database.
    pub fn put_exits(
        &mut self,
        entry: &Entry,
        exits: &[NewExit],
        state: WaitingState,
    ) -> Result<i64, BookError> {
        let transaction = self.connection.transaction()?;
        let tags: Vec<_> = exits.iter().map(|exit| exit.tag).collect();
        let pending = match entry {
            Entry::Undo { .. } => PackState::Returning,
            _ => PackState::Leaving,
        };
        pack::set_state(&transaction, &tags, pending)?;
        for exit in exits {
            request::keep(&transaction, exit)?;
        }
        let number = outbox::put(&transaction, entry)?;
        if state == WaitingState::Tried {
            set(&transaction, number, outbox::TRIED)?;
        }
        transaction.commit()?;
        Ok(number)
    }

    /// Those of these entries that wait, in the order in which they were put there.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn waiting_of(&self, numbers: &[i64]) -> Result<Vec<Waiting>, BookError> {
        let find = "SELECT number, entry, state FROM outbox WHERE number = ?1 AND state < 2";
        let mut statement = self.connection.prepare_cached(find)?;
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            let rows = statement.query_map([number], outbox::read)?;
            found.extend(rows.map(|row| row?).collect::<Result<Vec<_>, _>>()?);
        }
        Ok(found)
    }

    /// Puts exits of one kind that were never sent into one entry, the first of them, up to so many packs.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn gather_exits(&mut self, numbers: &[i64], most: usize) -> Result<(), BookError> {
        let mut into: Option<Together> = None;
        let waiting = self.waiting_of(numbers)?;
        let transaction = self.connection.transaction()?;
        for one in waiting {
            let Entry::Leave {
                tags,
                kind,
                time_ms,
            } = one.entry
            else {
                continue;
            };
            if one.state != WaitingState::New {
                continue;
            }
            let own = Together {
                number: one.number,
                tags,
                kind,
                time_ms,
            };
            match &mut into {
                Some(together) if together.has_room(&own, most) => {
                    transaction.execute("DELETE FROM outbox WHERE number = ?1", [own.number])?;
                    together.tags.extend(own.tags);
                    together.time_ms = together.time_ms.max(own.time_ms);
                }
                _ => rewrite(&transaction, into.replace(own))?,
            }
        }
        rewrite(&transaction, into)?;
        Ok(transaction.commit()?)
    }

    /// Takes an entry of several packs apart, since one of them is refused. The halves are as if they had been sent.
    ///
    /// # Errors
    /// Those of the database.
    pub fn split_exit(
        &mut self,
        waiting: &Waiting,
        parts: [Vec<B256>; 2],
    ) -> Result<Vec<Waiting>, BookError> {
        let Entry::Leave { kind, time_ms, .. } = waiting.entry else {
            return Err(BookError::Damaged("what is no exit is not taken apart"));
        };
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM outbox WHERE number = ?1", [waiting.number])?;
        let mut halves = Vec::with_capacity(parts.len());
        for tags in parts {
            let entry = Entry::Leave {
                tags,
                kind,
                time_ms,
            };
            let number = outbox::put(&transaction, &entry)?;
            set(&transaction, number, outbox::TRIED)?;
            let state = WaitingState::New;
            halves.push(Waiting {
                number,
                entry,
                state,
            });
        }
        transaction.commit()?;
        Ok(halves)
    }

    /// The ledger refused the entry: everything is as before it. Where nobody was told, the collision is kept.
    ///
    /// # Errors
    /// Those of the database.
    pub fn refuse_exit(
        &mut self,
        waiting: &Waiting,
        code: &str,
        collided: Option<&Collided>,
    ) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        outbox::take_back(&transaction, &waiting.entry)?;
        let update = "UPDATE outbox SET state = ?2, refusal = ?3 WHERE number = ?1";
        transaction.execute(update, params![waiting.number, outbox::REFUSED, code])?;
        if let Some(collided) = collided {
            collision::keep(&transaction, waiting, (code, collided))?;
        }
        Ok(transaction.commit()?)
    }
}

fn set(connection: &Connection, number: i64, state: i64) -> Result<(), BookError> {
    let update = "UPDATE outbox SET state = ?2 WHERE number = ?1";
    connection.execute(update, [number, state])?;
    Ok(())
}

/// Exits that become one entry.
struct Together {
    number: i64,
    tags: Vec<B256>,
    kind: u8,
    time_ms: u64,
}

impl Together {
    fn has_room(&self, other: &Self, most: usize) -> bool {
        self.kind == other.kind && self.tags.len() + other.tags.len() <= most
    }
}

fn rewrite(transaction: &Transaction<'_>, into: Option<Together>) -> Result<(), BookError> {
    let Some(Together {
        number,
        tags,
        kind,
        time_ms,
    }) = into
    else {
        return Ok(());
    };
    let entry = Entry::Leave {
        tags,
        kind,
        time_ms,
    };
    let text = serde_json::to_string(&entry).expect("an entry is text, numbers and lists");
    let update = "UPDATE outbox SET entry = ?2 WHERE number = ?1";
    transaction.execute(update, params![number, text])?;
    Ok(())
}
