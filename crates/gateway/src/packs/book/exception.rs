//! Exceptions: what does not fit, how far it is, and the packs that are kept apart for it.

use alloy_primitives::B256;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::{Book, BookError};
use crate::packs::exceptions::{Action, State, Subject};

/// An exception that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewException {
    /// The shipment in which it came, where that is known.
    pub shipment: Option<B256>,
    /// Who sent it; 0 where that is not known.
    pub organisation: u32,
    /// The sender's GLN, or nothing.
    pub gln: String,
    /// What it is about.
    pub subject: Subject,
    /// When it was found.
    pub time_ms: u64,
}

/// An exception as the book keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownException {
    /// Its number in the book.
    pub number: i64,
    /// What was found.
    pub found: NewException,
    /// How far it is.
    pub state: State,
    /// The case under which it was reported.
    pub case: Option<String>,
    /// Its item in the case.
    pub item: Option<String>,
    /// What the partner answered, in words.
    pub answer: Option<String>,
    /// What becomes of its packs, once it is closed.
    pub outcome: Option<Outcome>,
}

/// What becomes of the packs of an exception that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They may be dispensed and shipped again.
    Released,
    /// They are not dispensed; they may go back to the partner, or be decommissioned.
    KeptOut,
}

/// A case: exceptions that were reported together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// UUID.
    pub id: String,
    /// The last report, as JSON.
    pub report: String,
    /// The last response, as JSON.
    pub response: Option<String>,
}

impl Outcome {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Released => "released",
            Self::KeptOut => "kept out",
        }
    }

    fn code(self) -> i64 {
        match self {
            Self::Released => 1,
            Self::KeptOut => 2,
        }
    }

    fn from_code(code: i64) -> Option<Self> {
        [Self::Released, Self::KeptOut]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

const COLUMNS: &str =
    "number, shipment, organisation, gln, subject, time_ms, state, case_id, item, answer, outcome";

fn read(row: &Row<'_>) -> rusqlite::Result<Result<KnownException, BookError>> {
    let (subject, state) = (row.get::<_, String>(4)?, State::from_code(row.get(6)?));
    let (Ok(subject), Some(state)) = (serde_json::from_str(&subject), state) else {
        return Ok(Err(BookError::Damaged("an exception cannot be read")));
    };
    let outcome: Option<i64> = row.get(10)?;
    Ok(Ok(KnownException {
        number: row.get(0)?,
        found: NewException {
            shipment: row.get::<_, Option<[u8; 32]>>(1)?.map(B256::new),
            organisation: row.get(2)?,
            gln: row.get(3)?,
            subject,
            time_ms: row.get::<_, i64>(5)?.cast_unsigned(),
        },
        state,
        case: row.get(7)?,
        item: row.get(8)?,
        answer: row.get(9)?,
        outcome: outcome.and_then(Outcome::from_code),
    }))
}

/// Opens exceptions, whose packs are kept apart from now on.
pub(super) fn open(
    connection: &Connection,
    exceptions: &[NewException],
) -> Result<Vec<i64>, BookError> {
    let mut numbers = Vec::with_capacity(exceptions.len());
    for new in exceptions {
        let insert = "INSERT INTO exceptions (shipment, organisation, gln, subject, time_ms, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let subject = serde_json::to_string(&new.subject).expect("a subject is text and numbers");
        connection.prepare_cached(insert)?.execute(params![
            new.shipment.map(|id| id.0),
            new.organisation,
            new.gln,
            subject,
            new.time_ms.cast_signed(),
            State::Opened.code()
        ])?;
        let number = connection.last_insert_rowid();
        for tag in new.subject.tags() {
            let insert = "INSERT OR IGNORE INTO exception_packs (exception, tag) VALUES (?1, ?2)";
            connection
                .prepare_cached(insert)?
                .execute(params![number, tag.0])?;
        }
        numbers.push(number);
    }
    Ok(numbers)
}

/// Takes an exception on from the state that it was read in.
fn advance(
    transaction: &Transaction<'_>,
    exception: &KnownException,
    action: Action,
) -> Result<(), BookError> {
    let damaged = BookError::Damaged("an exception was taken on in between");
    let next = exception.state.next(action);
    let Some(next) = next else {
        return Err(damaged);
    };
    let update = "UPDATE exceptions SET state = ?3 WHERE number = ?1 AND state = ?2";
    let values = params![exception.number, exception.state.code(), next.code()];
    match transaction.execute(update, values)? {
        1 => Ok(()),
        _ => Err(damaged),
    }
}

impl Book {
    /// Opens exceptions; their numbers.
    ///
    /// # Errors
    /// Those of the database.
    pub fn open_exceptions(&mut self, exceptions: &[NewException]) -> Result<Vec<i64>, BookError> {
        let transaction = self.connection.transaction()?;
        let numbers = open(&transaction, exceptions)?;
        transaction.commit()?;
        Ok(numbers)
    }

    /// All exceptions, in order of number.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn exceptions(&self) -> Result<Vec<KnownException>, BookError> {
        self.exceptions_where("1 = 1 ORDER BY number", &[])
    }

    /// An exception by its number.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn exception(&self, number: i64) -> Result<Option<KnownException>, BookError> {
        Ok(self.exceptions_where("number = ?1", &[&number])?.pop())
    }

    /// Exceptions of a case, in order of number.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn exceptions_of_case(&self, case: &str) -> Result<Vec<KnownException>, BookError> {
        self.exceptions_where("case_id = ?1 ORDER BY number", &[&case])
    }

    fn exceptions_where(
        &self,
        rest: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<KnownException>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM exceptions WHERE {rest}");
        let mut statement = self.connection.prepare(&find)?;
        let rows = statement.query_map(values, read)?;
        rows.map(|row| row?).collect()
    }

    /// A case by its identifier.
    ///
    /// # Errors
    /// Those of the database.
    pub fn case(&self, id: &str) -> Result<Option<Case>, BookError> {
        let find = "SELECT id, report, response FROM exception_cases WHERE id = ?1";
        let case = self.connection.query_row(find, [id], |row| {
            Ok(Case {
                id: row.get(0)?,
                report: row.get(1)?,
                response: row.get(2)?,
            })
        });
        Ok(case.optional()?)
    }

    /// Exceptions are reported as items of a case.
    ///
    /// # Errors
    /// Those of the database; `Damaged` where one was taken on in between.
    pub fn report_case(
        &mut self,
        case: &Case,
        items: &[(KnownException, String)],
    ) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        let insert = "INSERT INTO exception_cases (id, report) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET report = excluded.report";
        transaction.execute(insert, params![case.id, case.report])?;
        for (exception, item) in items {
            advance(&transaction, exception, Action::Report)?;
            let update = "UPDATE exceptions SET case_id = ?2, item = ?3 WHERE number = ?1";
            transaction.execute(update, params![exception.number, case.id, item])?;
        }
        Ok(transaction.commit()?)
    }

    /// The partner's answer to a case, item by item in words.
    ///
    /// # Errors
    /// As [`Book::report_case`].
    pub fn answer_case(
        &mut self,
        (case, response): (&str, &str),
        answers: &[(KnownException, String)],
    ) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        let update = "UPDATE exception_cases SET response = ?2 WHERE id = ?1";
        transaction.execute(update, params![case, response])?;
        for (exception, answer) in answers {
            advance(&transaction, exception, Action::Answer)?;
            let update = "UPDATE exceptions SET answer = ?2 WHERE number = ?1";
            transaction.execute(update, params![exception.number, answer])?;
        }
        Ok(transaction.commit()?)
    }

    /// An exception comes to its end.
    ///
    /// # Errors
    /// As [`Book::report_case`].
    pub fn close_exception(
        &mut self,
        exception: &KnownException,
        action: Action,
        outcome: Outcome,
    ) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        advance(&transaction, exception, action)?;
        let update = "UPDATE exceptions SET outcome = ?2 WHERE number = ?1";
        transaction.execute(update, params![exception.number, outcome.code()])?;
        Ok(transaction.commit()?)
    }

    /// The exception for which a pack is not dispensed: one that is open, or one that kept it out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn exception_of(&self, tag: B256) -> Result<Option<i64>, BookError> {
        let find = "SELECT min(number) FROM exceptions JOIN exception_packs ON exception = number WHERE tag = ?1 AND outcome IS NOT ?2";
        let released = Outcome::Released.code();
        let mut statement = self.connection.prepare_cached(find)?;
        Ok(statement.query_row(params![tag.0, released], |row| row.get(0))?)
    }

    /// Tags of all packs that are not handed over: those of exceptions that are open.
    ///
    /// # Errors
    /// Those of the database.
    pub fn kept_apart(&self) -> Result<std::collections::BTreeSet<B256>, BookError> {
        let find = "SELECT tag FROM exceptions JOIN exception_packs ON exception = number WHERE outcome IS NULL";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([], |row| Ok(B256::new(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
