//! What came in, by whom, and how it went.

use super::{
    Form, Repository, StorageError,
    statement::{Change, Select},
    value::{Row, Value},
};
use crate::{capture::Failure, partners::Caller};

/// What becomes of a document of which one event fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Behaviour {
    /// All of it is rejected.
    #[default]
    Rollback,
    /// The others are captured.
    Proceed,
}

impl Behaviour {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rollback => "rollback",
            Self::Proceed => "proceed",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Rollback, Self::Proceed]
            .into_iter()
            .find(|behaviour| behaviour.name() == name)
    }
}

/// How far a capture is.
///
/// ```text
/// Waiting --> Storing --> Finished
///                |           ^
///                +-> Rejecting
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CaptureState {
    /// Spooled.
    Waiting,
    /// Its events are being stored, not yet visible.
    Storing,
    /// An event failed; those stored before it are being taken out.
    Rejecting,
    /// Done, one way or the other.
    Finished,
}

impl CaptureState {
    const ALL: [Self; 4] = [
        Self::Waiting,
        Self::Storing,
        Self::Rejecting,
        Self::Finished,
    ];

    pub(super) fn number(self) -> i64 {
        self as i64
    }

    fn numbered(number: i64) -> Result<Self, StorageError> {
        let found = Self::ALL.into_iter().find(|state| state.number() == number);
        found.ok_or(StorageError::Shape("a state"))
    }
}

/// A capture.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    pub(crate) number: i64,
    pub(crate) id: String,
    pub(crate) partner: String,
    pub(crate) behaviour: Behaviour,
    pub(crate) form: Form,
    pub(crate) state: CaptureState,
    pub(crate) success: bool,
    /// How many events of the document are done with.
    pub(crate) position: u64,
    pub(crate) created: i64,
    pub(crate) finished: Option<i64>,
}

/// A document that was spooled under `id`.
pub(crate) struct NewCapture<'a> {
    pub(crate) id: &'a str,
    pub(crate) partner: &'a str,
    pub(crate) behaviour: Behaviour,
    pub(crate) form: Form,
    pub(crate) now: i64,
}

const COLUMNS: &str = "SELECT number, id, partner, behaviour, form, state, success, position, \
     created, finished FROM captures";

impl Repository {
    /// Keeps that a document was received; when this returns, it is on disk.
    pub(crate) async fn begin_capture(&self, new: NewCapture<'_>) -> Result<i64, StorageError> {
        let mut numbers = self.numbers.lock().await;
        let number = numbers.capture + 1;
        let row = new_row(number, &new, (CaptureState::Waiting, false));
        self.database
            .write(vec![Change::one(super::store::INSERT_CAPTURE, row)])
            .await?;
        numbers.capture = number;
        Ok(number)
    }

    /// How many documents wait or are being stored.
    pub(crate) async fn unfinished_captures(&self) -> Result<u64, StorageError> {
        let mut select = Select::new("SELECT count(*) FROM captures WHERE state < ", vec![]);
        select.bind(CaptureState::Finished.number());
        let rows = self.database.read(select).await?;
        let count = rows.into_iter().next().map(|mut row| row.integer());
        Ok(count.transpose()?.unwrap_or(0).unsigned_abs())
    }

    /// The documents that are not done with, in the order in which they came.
    pub(crate) async fn open_captures(&self) -> Result<Vec<Capture>, StorageError> {
        let mut select = Select::new(COLUMNS, vec![]);
        select.push(" WHERE state < ");
        select.bind(CaptureState::Finished.number());
        select.push(" ORDER BY number LIMIT 64");
        captures(self.database.read(select).await?)
    }

    /// The ids of all documents that are not done with.
    pub(crate) async fn spooled(&self) -> Result<Vec<String>, StorageError> {
        let mut select = Select::new("SELECT id FROM captures WHERE state < ", vec![]);
        select.bind(CaptureState::Finished.number());
        let rows = self.database.read(select).await?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }

    /// The documents that `caller` captured, or all if `all`; those after `after`, the oldest first.
    pub(crate) async fn captures(
        &self,
        (caller, all): (&Caller, bool),
        after: i64,
        limit: usize,
    ) -> Result<Vec<Capture>, StorageError> {
        let mut select = Select::new(COLUMNS, vec![]);
        select.push(" WHERE single = 0 AND number > ").bind(after);
        if !all {
            select.push(" AND partner = ").bind(caller.name());
        }
        select.push(" ORDER BY number LIMIT ").bind(limit as i64);
        captures(self.database.read(select).await?)
    }

    /// The document captured under `id`.
    pub(crate) async fn capture(&self, id: &str) -> Result<Option<Capture>, StorageError> {
        let mut select = Select::new(COLUMNS, vec![]);
        select.push(" WHERE single = 0 AND id = ").bind(id);
        let found = captures(self.database.read(select).await?)?;
        Ok(found.into_iter().next())
    }

    /// The first `limit` failures of a capture in the order of its events.
    pub(crate) async fn failures(
        &self,
        capture: i64,
        limit: usize,
    ) -> Result<Vec<Failure>, StorageError> {
        let mut select = Select::new("SELECT problem FROM failures WHERE capture = ", vec![]);
        select.bind(capture).push(" ORDER BY position LIMIT ");
        select.bind(limit as i64);
        let rows = self.database.read(select).await?;
        rows.into_iter()
            .map(|mut row| Failure::from_text(&row.text()?).ok_or(StorageError::Shape("a failure")))
            .collect()
    }

    /// Says how far a capture is.
    pub(crate) async fn move_capture(
        &self,
        number: i64,
        state: CaptureState,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE captures SET state = $2 WHERE number = $1";
        let row = vec![number.into(), state.number().into()];
        self.database.write(vec![Change::one(sql, row)]).await?;
        Ok(())
    }

    /// Ends a capture of which everything is rejected.
    pub(crate) async fn reject_capture(&self, number: i64, now: i64) -> Result<(), StorageError> {
        let sql = "UPDATE captures SET state = $2, success = 0, finished = $3 WHERE number = $1";
        let state = CaptureState::Finished.number();
        let row = vec![number.into(), state.into(), now.into()];
        self.database.write(vec![Change::one(sql, row)]).await?;
        Ok(())
    }
}

pub(super) fn new_row(
    number: i64,
    new: &NewCapture<'_>,
    (state, single): (CaptureState, bool),
) -> Vec<Value> {
    vec![
        number.into(),
        new.id.into(),
        new.partner.into(),
        single.into(),
        (new.behaviour as i64).into(),
        new.form.number().into(),
        state.number().into(),
        true.into(),
        0.into(),
        new.now.into(),
        Value::Null,
        Value::Null,
    ]
}

fn captures(rows: Vec<Row>) -> Result<Vec<Capture>, StorageError> {
    rows.into_iter()
        .map(|mut row| {
            Ok(Capture {
                number: row.integer()?,
                id: row.text()?,
                partner: row.text()?,
                behaviour: match row.integer()? {
                    0 => Behaviour::Rollback,
                    _ => Behaviour::Proceed,
                },
                form: Form::numbered(row.integer()?)?,
                state: CaptureState::numbered(row.integer()?)?,
                success: row.flag()?,
                position: row.integer()?.unsigned_abs(),
                created: row.integer()?,
                finished: row.maybe_integer()?,
            })
        })
        .collect()
}
