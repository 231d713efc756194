//! The tables, version by version.

use super::StorageError;

/// Whose words are spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// `{int}`, `{text}` and `{bytes}` are types; `{clustered}` asks that a table lies in the order of its key.
    fn words(self) -> [(&'static str, &'static str); 4] {
        match self {
            Self::Sqlite => [
                ("{int}", "INTEGER"),
                ("{text}", "TEXT"),
                ("{bytes}", "BLOB"),
                ("{clustered}", "WITHOUT ROWID"),
            ],
            // Texts are ordered by their bytes, as SQLite does.
            Self::Postgres => [
                ("{int}", "BIGINT"),
                ("{text}", "TEXT COLLATE \"C\""),
                ("{bytes}", "BYTEA"),
                ("{clustered}", ""),
            ],
        }
    }
}

/// The scripts that lead from version `found` to the latest, each with the version it leads to.
pub(super) fn migrations(dialect: Dialect, found: i64) -> Result<Vec<(i64, String)>, StorageError> {
    let known = SCRIPTS.len() as i64;
    if found > known {
        return Err(StorageError::LaterVersion { found, known });
    }
    let scripts = SCRIPTS.iter().zip(1..).filter(|(_, to)| *to > found);
    let spoken = scripts.map(|(script, version)| {
        let words = dialect.words().into_iter();
        let text = words.fold((*script).to_owned(), |text, (word, said)| {
            text.replace(word, said)
        });
        (version, text)
    });
    Ok(spoken.collect())
}

const SCRIPTS: &[&str] = &[FIRST];

const FIRST: &str = "
CREATE TABLE captures (
  number {int} PRIMARY KEY,
  id {text} NOT NULL UNIQUE,
  partner {text} NOT NULL,
  single {int} NOT NULL,
  behaviour {int} NOT NULL,
  form {int} NOT NULL,
  state {int} NOT NULL,
  success {int} NOT NULL,
  position {int} NOT NULL,
  created {int} NOT NULL,
  finished {int},
  recorded {int}
);
CREATE UNIQUE INDEX captures_recorded ON captures (recorded);
CREATE INDEX captures_state ON captures (state, number);
CREATE TABLE failures (
  capture {int} NOT NULL,
  position {int} NOT NULL,
  problem {text} NOT NULL,
  PRIMARY KEY (capture, position)
) {clustered};
CREATE TABLE events (
  seq {int} PRIMARY KEY,
  capture {int} NOT NULL,
  position {int} NOT NULL,
  event_id {text} NOT NULL,
  declaration {text} NOT NULL,
  hash {bytes} NOT NULL,
  event_type {text} NOT NULL,
  event_time {int} NOT NULL,
  action {text},
  biz_step {text},
  disposition {text},
  read_point {text},
  biz_location {text},
  declared {int},
  form {int} NOT NULL,
  body {text} NOT NULL
);
CREATE UNIQUE INDEX events_event_id ON events (event_id, declaration);
CREATE INDEX events_capture ON events (capture, seq);
CREATE INDEX events_event_time ON events (event_time, seq);
CREATE INDEX events_event_type ON events (event_type, seq);
CREATE INDEX events_biz_step ON events (biz_step, seq);
CREATE INDEX events_disposition ON events (disposition, seq);
CREATE INDEX events_read_point ON events (read_point, seq);
CREATE INDEX events_biz_location ON events (biz_location, seq);
CREATE TABLE epcs (
  key {text} NOT NULL,
  role {int} NOT NULL,
  seq {int} NOT NULL,
  written {text} NOT NULL,
  PRIMARY KEY (key, role, seq)
) {clustered};
CREATE INDEX epcs_seq ON epcs (seq);
CREATE TABLE attributes (
  name {text} NOT NULL,
  value {text} NOT NULL,
  seq {int} NOT NULL,
  PRIMARY KEY (name, value, seq)
) {clustered};
CREATE INDEX attributes_seq ON attributes (seq);
CREATE TABLE readers (
  seq {int} NOT NULL,
  gln {text} NOT NULL,
  PRIMARY KEY (seq, gln)
) {clustered};
CREATE TABLE grants (
  seq {int} NOT NULL,
  partner {text} NOT NULL,
  PRIMARY KEY (seq, partner)
) {clustered};
CREATE TABLE places (
  parent {text} NOT NULL,
  child {text} NOT NULL,
  PRIMARY KEY (parent, child)
) {clustered};
CREATE TABLE queries (
  name {text} PRIMARY KEY,
  partner {text} NOT NULL,
  definition {text} NOT NULL,
  created {int} NOT NULL
);
CREATE TABLE subscriptions (
  id {text} PRIMARY KEY,
  query {text} NOT NULL,
  partner {text} NOT NULL,
  dest {text} NOT NULL,
  token {text},
  schedule {text},
  report_if_empty {int} NOT NULL,
  initial {int},
  format {text} NOT NULL,
  created {int} NOT NULL,
  minimum {int} NOT NULL,
  behind {int} NOT NULL,
  notified {int},
  due {int},
  attempts {int} NOT NULL
);
CREATE INDEX subscriptions_query ON subscriptions (query, id);
";
