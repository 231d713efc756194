//! The tables of a book.

/// Number of this schema.
pub(super) const VERSION: i64 = 3;

/// Hashes and keys are BLOBs of 32 and 20 bytes; lists of hashes are their bytes, one after another; times are Unix milliseconds.
///
/// A lot of 100,000 packs is written in about a second, so that a pack's row and its indexes are small: the lot is a number, of the nullifier
/// stand the first eight bytes, and that packs are `Made` until their lot is entered is said of the lot alone.
pub(super) const TABLES: &str = "
CREATE TABLE partner (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    chain INTEGER NOT NULL,
    account BLOB NOT NULL,
    organisation INTEGER NOT NULL,
    gln TEXT NOT NULL,
    secret BLOB NOT NULL,
    next_key INTEGER NOT NULL,
    flags_seen INTEGER NOT NULL
) STRICT;
CREATE TABLE keys (
    address BLOB PRIMARY KEY,
    number INTEGER,
    point BLOB,
    closed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE lots (
    number INTEGER PRIMARY KEY,
    root BLOB NOT NULL UNIQUE,
    gtin TEXT NOT NULL,
    lot TEXT NOT NULL,
    expiry TEXT NOT NULL,
    organisation INTEGER NOT NULL,
    key BLOB NOT NULL,
    entered INTEGER NOT NULL
) STRICT;
CREATE INDEX lots_of_product ON lots (gtin, lot);
CREATE TABLE packs (
    number INTEGER PRIMARY KEY,
    tag BLOB NOT NULL UNIQUE,
    serial TEXT NOT NULL,
    lot INTEGER NOT NULL,
    membership BLOB,
    key BLOB NOT NULL,
    state INTEGER NOT NULL,
    sscc TEXT,
    exits INTEGER NOT NULL DEFAULT 0,
    kind INTEGER NOT NULL DEFAULT 0,
    left_ms INTEGER NOT NULL DEFAULT 0,
    nullifier INTEGER NOT NULL
) STRICT;
CREATE INDEX packs_of_nullifier ON packs (nullifier);
CREATE INDEX packs_by_serial ON packs (serial);
CREATE INDEX packs_of_key ON packs (key, state);
CREATE INDEX packs_of_lot ON packs (lot, state);
CREATE INDEX packs_of_unit ON packs (sscc) WHERE sscc IS NOT NULL;
CREATE TABLE steps (
    tag BLOB NOT NULL,
    place INTEGER NOT NULL,
    key BLOB NOT NULL,
    salt BLOB NOT NULL,
    next BLOB NOT NULL,
    siblings BLOB NOT NULL,
    PRIMARY KEY (tag, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX steps_of_key ON steps (next);
CREATE INDEX steps_of_closed ON steps (key);
CREATE TABLE hand_overs (
    number INTEGER PRIMARY KEY,
    shipment INTEGER,
    salt BLOB NOT NULL,
    commitment BLOB NOT NULL
) STRICT;
CREATE TABLE moves (
    hand_over INTEGER NOT NULL,
    tag BLOB NOT NULL,
    key BLOB NOT NULL,
    next BLOB NOT NULL,
    siblings BLOB NOT NULL,
    before INTEGER NOT NULL,
    PRIMARY KEY (hand_over, tag)
) STRICT, WITHOUT ROWID;
CREATE TABLE shipments (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    card TEXT NOT NULL,
    document TEXT NOT NULL,
    file TEXT NOT NULL,
    written INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE stealth (
    next BLOB PRIMARY KEY,
    shipment INTEGER NOT NULL,
    point BLOB NOT NULL,
    sscc TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE received (
    id BLOB PRIMARY KEY,
    organisation INTEGER NOT NULL,
    document TEXT NOT NULL,
    time_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    commitment BLOB PRIMARY KEY,
    salt BLOB NOT NULL,
    event TEXT NOT NULL,
    shipment INTEGER,
    entered INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE flags (
    number INTEGER PRIMARY KEY,
    subject INTEGER NOT NULL,
    handle BLOB NOT NULL,
    kind INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    cleared INTEGER NOT NULL
) STRICT;
CREATE INDEX flags_of_handle ON flags (subject, handle);
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    state INTEGER NOT NULL,
    refusal TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (number) WHERE state < 2;
CREATE TABLE cabinet_items (
    cabinet BLOB NOT NULL,
    item BLOB NOT NULL,
    gtin TEXT NOT NULL,
    stock INTEGER NOT NULL,
    blinding BLOB NOT NULL,
    PRIMARY KEY (cabinet, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE requests (
    key TEXT PRIMARY KEY,
    tag BLOB NOT NULL,
    kind INTEGER NOT NULL,
    exits INTEGER NOT NULL,
    time_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE collisions (
    number INTEGER PRIMARY KEY,
    tag BLOB NOT NULL,
    kind INTEGER NOT NULL,
    queued_ms INTEGER NOT NULL,
    code TEXT NOT NULL,
    organisation INTEGER NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE TABLE follows (
    number INTEGER PRIMARY KEY,
    after INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE fills (
    key BLOB PRIMARY KEY,
    offer TEXT NOT NULL,
    substituted INTEGER NOT NULL,
    state INTEGER NOT NULL,
    time_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE fill_packs (
    tag BLOB PRIMARY KEY,
    key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX fill_packs_of_key ON fill_packs (key);
CREATE TABLE exceptions (
    number INTEGER PRIMARY KEY,
    shipment BLOB,
    organisation INTEGER NOT NULL,
    gln TEXT NOT NULL,
    subject TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    state INTEGER NOT NULL,
    case_id TEXT,
    item TEXT,
    answer TEXT,
    outcome INTEGER
) STRICT;
CREATE INDEX exceptions_of_case ON exceptions (case_id) WHERE case_id IS NOT NULL;
CREATE TABLE exception_packs (
    exception INTEGER NOT NULL,
    tag BLOB NOT NULL,
    PRIMARY KEY (tag, exception)
) STRICT, WITHOUT ROWID;
CREATE TABLE recall_packs (
    flag INTEGER NOT NULL,
    tag BLOB NOT NULL,
    state INTEGER NOT NULL,
    PRIMARY KEY (flag, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX recalls_of_pack ON recall_packs (tag);
CREATE TABLE exception_cases (
    id TEXT PRIMARY KEY,
    report TEXT NOT NULL,
    response TEXT
) STRICT, WITHOUT ROWID;
";
