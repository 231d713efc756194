//! The tables of a book.

/// Number of this schema.
pub(super) const VERSION: i64 = 1;

/// Hashes are BLOBs of 32 bytes, accounts of 20; times are Unix milliseconds.
///
/// What is of one subject is encrypted under the subject's key (`sealed`), and the key wrapped once for each organisation that may read it.
pub(super) const TABLES: &str = "
CREATE TABLE book (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    chain INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    study BLOB NOT NULL,
    public BLOB NOT NULL,
    seen INTEGER NOT NULL,
    beacon_height INTEGER NOT NULL,
    beacon_hash BLOB NOT NULL
) STRICT;
CREATE TABLE readers (
    account BLOB PRIMARY KEY,
    wrap BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE parties (
    organisation INTEGER PRIMARY KEY,
    card TEXT NOT NULL
) STRICT;
CREATE TABLE custody (
    organisation INTEGER NOT NULL,
    account BLOB NOT NULL,
    wrap BLOB NOT NULL,
    PRIMARY KEY (organisation, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    hash BLOB PRIMARY KEY,
    kind INTEGER NOT NULL,
    salt BLOB NOT NULL,
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE subjects (
    slot INTEGER PRIMARY KEY,
    site INTEGER NOT NULL,
    lookup BLOB,
    label BLOB,
    outbox INTEGER
) STRICT;
CREATE INDEX subjects_by_label ON subjects (lookup) WHERE lookup IS NOT NULL;
CREATE TABLE subject_keys (
    slot INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    wrap BLOB NOT NULL,
    PRIMARY KEY (slot, organisation)
) STRICT, WITHOUT ROWID;
CREATE TABLE texts (
    hash BLOB PRIMARY KEY,
    slot INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE forms (
    slot INTEGER NOT NULL,
    cell INTEGER NOT NULL,
    number INTEGER NOT NULL,
    root BLOB NOT NULL,
    sealed BLOB NOT NULL,
    entry INTEGER,
    outbox INTEGER,
    PRIMARY KEY (slot, cell, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX forms_waiting ON forms (outbox) WHERE outbox IS NOT NULL;
CREATE INDEX forms_of_entry ON forms (entry);
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    slot INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    entry BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX entries_of_slot ON entries (slot, number);
CREATE INDEX entries_of_kind ON entries (kind, number);
CREATE TABLE lists (
    list INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL,
    published BLOB
) STRICT;
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    actor BLOB NOT NULL,
    size INTEGER NOT NULL,
    call BLOB NOT NULL,
    state INTEGER NOT NULL,
    refusal TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (number) WHERE state < 2;
";
