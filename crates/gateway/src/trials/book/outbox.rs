//! What waits to be entered on the ledger, and what follows when it is.

use alloy_primitives::{Address, B256, Bytes};
use rusqlite::{Connection, Row, params};
use theriac_evidence::trial::Body;

use super::{
    Book, BookError, Document, Logged, NewFormRow, NewSubject, document, form, subject, text,
};

/// A call that waits to be entered, or was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number, in the order in which it was put there.
    pub number: i64,
    /// The account that acts.
    pub actor: Address,
    /// How many entries the log had: what it makes comes at this number or later.
    pub size: u64,
    /// The call of `ITrials`, ABI-encoded.
    pub call: Bytes,
    /// How far it is.
    pub state: WaitingState,
}

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingState {
    /// It was never sent.
    New,
    /// It may have been sent.
    Tried,
}

/// What is kept with a call, and comes into force when it is final.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// Forms.
    pub forms: Vec<NewFormRow>,
    /// A subject that consents.
    pub subject: Option<NewSubject>,
    /// Documents of the study.
    pub documents: Vec<Document>,
    /// Texts about subjects, encrypted.
    pub texts: Vec<(u32, B256, Vec<u8>)>,
}

const NEW: i64 = 0;
const TRIED: i64 = 1;
const DONE: i64 = 2;
const REFUSED: i64 = 3;

fn read(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    Ok(Waiting {
        number: row.get(0)?,
        actor: Address::new(row.get(1)?),
        size: row.get::<_, i64>(2)?.cast_unsigned(),
        call: row.get::<_, Vec<u8>>(3)?.into(),
        state: match row.get::<_, i64>(4)? {
            NEW => WaitingState::New,
            _ => WaitingState::Tried,
        },
    })
}

impl Book {
    /// A call that is about to be entered, with all that follows from it: all of it is in the book, or nothing.
    ///
    /// # Errors
    /// Those of the database.
    pub fn put(&mut self, actor: Address, call: &[u8], follow: &Follow) -> Result<i64, BookError> {
        let size = self.log_size()?;
        let transaction = self.connection.transaction()?;
        let insert = "INSERT INTO outbox (actor, size, call, state) VALUES (?1, ?2, ?3, ?4)";
        transaction.execute(insert, params![actor.0.0, size.cast_signed(), call, NEW])?;
        let number = transaction.last_insert_rowid();
        form::put(&transaction, &follow.forms, number)?;
        if let Some(new) = &follow.subject {
            subject::keep(&transaction, new, Some(number))?;
        }
        for one in &follow.documents {
            document::keep(&transaction, one)?;
        }
        for (slot, hash, sealed) in &follow.texts {
            text::keep(&transaction, *slot, (*hash, sealed))?;
        }
        transaction.commit()?;
        Ok(number)
    }

    /// What waits of an account, in the order in which it was put there.
    ///
    /// # Errors
    /// Those of the database.
    pub fn waiting_of(&self, actor: Address) -> Result<Vec<Waiting>, BookError> {
        let all = self.waiting()?.into_iter();
        Ok(all.filter(|waiting| waiting.actor == actor).collect())
    }

    /// What waits, in the order in which it was put there.
    ///
    /// # Errors
    /// Those of the database.
    pub fn waiting(&self) -> Result<Vec<Waiting>, BookError> {
        let find =
            "SELECT number, actor, size, call, state FROM outbox WHERE state < 2 ORDER BY number";
        let mut statement = self.connection.prepare_cached(find)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The call is about to be sent.
    ///
    /// # Errors
    /// Those of the database.
    pub fn mark_tried(&self, number: i64) -> Result<(), BookError> {
        let update = "UPDATE outbox SET state = ?2 WHERE number = ?1";
        self.connection.execute(update, [number, TRIED])?;
        Ok(())
    }

    /// The call is final, and made these entries: what follows from it comes into force.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn complete(&mut self, number: i64, entries: &[Logged]) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        for logged in entries {
            if let Some(root) = form_root(&logged.body()?) {
                form::enter(&transaction, (number, root), logged.entry.number)?;
            }
        }
        subject::enter(&transaction, number)?;
        end(&transaction, number, (DONE, None))?;
        Ok(transaction.commit()?)
    }

    /// The ledger refused the call: everything is as before it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn refuse(&mut self, number: i64, code: &str) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        form::take_back(&transaction, number)?;
        subject::take_back(&transaction, number)?;
        end(&transaction, number, (REFUSED, Some(code)))?;
        Ok(transaction.commit()?)
    }
}

/// Root of the items that an entry is about.
fn form_root(body: &Body) -> Option<B256> {
    if let Body::Captured(body) = body {
        return Some(body.root);
    }
    if let Body::Corrected(body) = body {
        return Some(body.root);
    }
    None
}

fn end(
    connection: &Connection,
    number: i64,
    (state, refusal): (i64, Option<&str>),
) -> Result<(), BookError> {
    let update = "UPDATE outbox SET state = ?2, refusal = ?3 WHERE number = ?1";
    connection.execute(update, params![number, state, refusal])?;
    Ok(())
}
