//! A log that is worked in beside its use.

use rusqlite::{Connection, OpenFlags};

use super::LogWorker;
use crate::book::connect;

const NUMBERS: i64 = 10_000;

/// How many of the numbers are in the file itself, its log left out.
fn worked_in(file: &std::path::Path) -> i64 {
    let alone = file.with_extension("alone");
    std::fs::copy(file, &alone).unwrap();
    let connection = Connection::open_with_flags(&alone, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let count = "SELECT count(*) FROM numbers";
    connection
        .query_row(count, [], |row| row.get(0))
        .unwrap_or(0)
}

#[test]
fn what_was_left_in_the_log_is_worked_in_while_the_book_stays_open() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.sqlite");
    std::fs::File::create(&file).unwrap();
    let connection = connect(&file).unwrap();
    let mut log = LogWorker::new(file.clone());
    log.leave(&connection).unwrap();
    connection
        .execute_batch(&format!(
            "CREATE TABLE numbers (number INTEGER PRIMARY KEY);
             WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < {NUMBERS})
             INSERT INTO numbers SELECT n FROM up;"
        ))
        .unwrap();
    assert_eq!(worked_in(&file), 0);

    log.work_in(&connection).unwrap();
    drop(log);

    assert_eq!(worked_in(&file), NUMBERS);
    let pages = "PRAGMA wal_autocheckpoint";
    let pages: i64 = connection.query_row(pages, [], |row| row.get(0)).unwrap();
    assert_eq!(pages, crate::book::file::LOG_PAGES);
}
