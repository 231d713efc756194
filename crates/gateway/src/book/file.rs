//! Opens the database of a book, and makes its file.

use std::{fs, io, path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::BookError;

/// How long another process may hold the book.
const PATIENCE: Duration = Duration::from_secs(20);
/// Statements that stay prepared: all that a book has.
const STATEMENTS: usize = 64;
/// Memory for pages, in KiB: thousands of rows are written without reading one twice.
const CACHE_KIB: i64 = 65_536;
/// Pages that the log gathers before it is worked in; less often is less writing.
pub(super) const LOG_PAGES: i64 = 16_384;

/// A connection for one thread, on which a commit is on disk.
pub(crate) fn connect(file: &Path) -> Result<Connection, BookError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Whether the database has a table; a file that was made and not filled has none.
pub(crate) fn has_table(connection: &Connection, table: &str) -> Result<bool, BookError> {
    let find = "SELECT 1 FROM sqlite_schema WHERE name = ?1";
    let found: Option<i64> = connection
        .query_row(find, [table], |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}

/// Makes an empty file that only its owner may read, with its folder; false where there was one.
pub(crate) fn make_file(folder: &Path, name: &str) -> Result<bool, BookError> {
    let failed = |source| BookError::Folder {
        folder: folder.to_owned(),
        source,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(folder.join(name)) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}
