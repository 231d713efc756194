//! Puts events in, and makes them visible.

use super::{
    Entry, Repository, StorageError,
    captures::{CaptureState, NewCapture, new_row},
    repository::Numbers,
    statement::{Change, Select},
    value::Value,
};
use crate::capture::Failure;
use std::collections::BTreeSet;

/// What to do about an event whose id is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnDuplicate {
    /// Store nothing of the batch.
    Refuse,
    /// Store the others.
    Skip,
}

/// Some events of one document, by their positions in it, and those that are none.
pub(crate) struct Batch {
    pub(crate) capture: i64,
    pub(crate) entries: Vec<(u64, Entry)>,
    pub(crate) failures: Vec<(u64, Failure)>,
    /// How many events of the document are done with when this batch is stored.
    pub(crate) position: u64,
    pub(crate) on_duplicate: OnDuplicate,
}

pub(super) const INSERT_CAPTURE: &str = "INSERT INTO captures VALUES \
     ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const INSERT_EVENT: &str = "INSERT INTO events VALUES \
     ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
const INSERT_EPC: &str = "INSERT INTO epcs VALUES ($1, $2, $3, $4)";
const INSERT_ATTRIBUTE: &str = "INSERT INTO attributes VALUES ($1, $2, $3)";
const INSERT_READER: &str = "INSERT INTO readers VALUES ($1, $2)";
const INSERT_FAILURE: &str = "INSERT INTO failures VALUES ($1, $2, $3)";

/// Keys asked for at once.
const KEYS: usize = 500;

impl Repository {
    /// Stores a batch, not yet visible; when this returns, it is on disk. Gives the positions of events whose ids are there
    /// already.
    pub(crate) async fn store(&self, mut batch: Batch) -> Result<Vec<u64>, StorageError> {
        let mut numbers = self.numbers.lock().await;
        let known = self.known(&batch.entries).await?;
        let mut seen = BTreeSet::new();
        let (kept, twice): (Vec<_>, Vec<_>) = batch
            .entries
            .into_iter()
            .partition(|(_, entry)| !known.contains(&entry.key) && seen.insert(entry.key.clone()));
        let twice: Vec<u64> = twice.into_iter().map(|(position, _)| position).collect();
        if !twice.is_empty() && batch.on_duplicate == OnDuplicate::Refuse {
            return Ok(twice);
        }
        let duplicates = twice.iter().map(|at| (*at, Failure::duplicate(*at)));
        batch.failures.extend(duplicates);
        let mut changes = inserts(batch.capture, kept, numbers.event);
        let added = changes[0].rows.len() as i64;
        changes.extend(progress(&batch.failures, (batch.capture, batch.position)));
        self.database.write(changes).await?;
        numbers.event += added;
        Ok(twice)
    }

    /// Stores one event by itself and makes it visible. Gives its record time; `None` if its id is there already.
    pub(crate) async fn store_single(
        &self,
        new: NewCapture<'_>,
        entry: Entry,
    ) -> Result<Option<i64>, StorageError> {
        let mut numbers = self.numbers.lock().await;
        let entries = vec![(0, entry)];
        let known = self.known(&entries).await?;
        if entries.iter().any(|(_, entry)| known.contains(&entry.key)) {
            return Ok(None);
        }
        let number = numbers.capture + 1;
        let recorded = later(&numbers, new.now);
        let row = new_row(number, &new, (CaptureState::Storing, true));
        let mut changes = vec![Change::one(INSERT_CAPTURE, row)];
        changes.extend(inserts(number, entries, numbers.event));
        changes.push(publishing(number, recorded));
        self.database.write(changes).await?;
        *numbers = Numbers {
            capture: number,
            event: numbers.event + 1,
            recorded,
        };
        self.published.send_replace(recorded);
        Ok(Some(recorded))
    }

    /// Makes all events of a document visible at once and ends its capture.
    pub(crate) async fn publish(&self, capture: i64, now: i64) -> Result<(), StorageError> {
        let mut numbers = self.numbers.lock().await;
        let recorded = later(&numbers, now);
        self.database
            .write(vec![publishing(capture, recorded)])
            .await?;
        numbers.recorded = recorded;
        self.published.send_replace(recorded);
        Ok(())
    }

    /// Keeps why a document is rejected and begins to take it out again.
    pub(crate) async fn begin_rejecting(
        &self,
        capture: i64,
        failures: &[(u64, Failure)],
    ) -> Result<(), StorageError> {
        let sql = "UPDATE captures SET state = $2, success = 0 WHERE number = $1";
        let state = CaptureState::Rejecting.number();
        let mut changes = progress(failures, (capture, 0));
        changes.push(Change::one(sql, vec![capture.into(), state.into()]));
        self.database.write(changes).await?;
        Ok(())
    }

    /// Takes up to `limit` events of a capture that is not visible out again. Gives how many there were.
    pub(crate) async fn remove(&self, capture: i64, limit: usize) -> Result<u64, StorageError> {
        let mut select = Select::new("SELECT seq FROM events WHERE capture = ", vec![]);
        select.bind(capture).push(" ORDER BY seq LIMIT ");
        select.bind(limit as i64);
        let rows = self.database.read(select).await?;
        let seqs = rows.into_iter().map(|mut row| Ok(vec![row.value()?]));
        let seqs = seqs.collect::<Result<Vec<Vec<Value>>, StorageError>>()?;
        let count = seqs.len() as u64;
        let statements = [
            "DELETE FROM epcs WHERE seq = $1",
            "DELETE FROM attributes WHERE seq = $1",
            "DELETE FROM readers WHERE seq = $1",
            "DELETE FROM events WHERE seq = $1",
        ];
        let changes = statements.map(|sql| Change {
            sql,
            rows: seqs.clone(),
        });
        self.database.write(changes.into()).await?;
        Ok(count)
    }

    /// Which keys of these entries are there already.
    async fn known(
        &self,
        entries: &[(u64, Entry)],
    ) -> Result<BTreeSet<(String, String)>, StorageError> {
        let mut known = BTreeSet::new();
        for chunk in entries.chunks(KEYS) {
            let sql = "SELECT event_id, declaration FROM events WHERE ";
            let mut select = Select::new(sql, vec![]);
            let ids = chunk.iter().map(|(_, entry)| entry.key.0.as_str());
            select.push_in("event_id", ids);
            for mut row in self.database.read(select).await? {
                known.insert((row.text()?, row.text()?));
            }
        }
        Ok(known)
    }
}

fn later(numbers: &Numbers, now: i64) -> i64 {
    now.max(numbers.recorded + 1)
}

fn publishing(capture: i64, recorded: i64) -> Change {
    let sql = "UPDATE captures SET state = $2, recorded = $3, finished = $3 WHERE number = $1";
    let state = CaptureState::Finished.number();
    Change::one(sql, vec![capture.into(), state.into(), recorded.into()])
}

fn progress(failures: &[(u64, Failure)], (capture, position): (i64, u64)) -> Vec<Change> {
    let rows = failures.iter().map(|(at, failure)| {
        let at = Value::Integer(*at as i64);
        vec![capture.into(), at, failure.to_text().into()]
    });
    let sql = "UPDATE captures SET position = $2, success = success * $3 WHERE number = $1";
    let success = Value::from(failures.is_empty());
    let position = Value::Integer(position as i64);
    vec![
        Change {
            sql: INSERT_FAILURE,
            rows: rows.collect(),
        },
        Change::one(sql, vec![capture.into(), position, success]),
    ]
}

/// The rows of all tables; those of events come first.
fn inserts(capture: i64, entries: Vec<(u64, Entry)>, last: i64) -> Vec<Change> {
    let mut rows: [Vec<Vec<Value>>; 4] = Default::default();
    for ((position, entry), seq) in entries.into_iter().zip(last + 1..) {
        let [events, epcs, attributes, readers] = &mut rows;
        epcs.extend(entry.epcs.iter().map(|(key, role, written)| {
            let (key, written) = (key.as_str().into(), written.as_str().into());
            vec![key, (*role).into(), seq.into(), written]
        }));
        attributes.extend(entry.attributes.iter().map(|(name, value)| {
            let (name, value) = (name.as_str().into(), value.as_str().into());
            vec![name, value, seq.into()]
        }));
        let glns = entry.readers.iter();
        readers.extend(glns.map(|gln| vec![seq.into(), gln.as_str().into()]));
        events.push(event_row((seq, capture, position), entry));
    }
    let statements = [INSERT_EVENT, INSERT_EPC, INSERT_ATTRIBUTE, INSERT_READER];
    statements
        .into_iter()
        .zip(rows)
        .map(|(sql, rows)| Change { sql, rows })
        .collect()
}

fn event_row((seq, capture, position): (i64, i64, u64), entry: Entry) -> Vec<Value> {
    vec![
        seq.into(),
        capture.into(),
        Value::Integer(position as i64),
        entry.key.0.into(),
        entry.key.1.into(),
        entry.hash.to_vec().into(),
        entry.event_type.into(),
        entry.event_time.into(),
        entry.action.into(),
        entry.biz_step.into(),
        entry.disposition.into(),
        entry.read_point.into(),
        entry.biz_location.into(),
        entry.declared.into(),
        entry.form.number().into(),
        entry.body.into(),
    ]
}
