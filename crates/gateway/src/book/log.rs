//! Works the log of a book into its database beside its use, so that who wrote much need not wait until it is written twice.

use std::{path::PathBuf, thread};

use rusqlite::{Connection, OpenFlags};

use super::{BookError, file::LOG_PAGES};

/// One thread at most that works the log of a file in.
#[derive(Debug)]
pub(crate) struct LogWorker {
    file: PathBuf,
    running: Option<thread::JoinHandle<()>>,
}

impl LogWorker {
    pub(crate) fn new(file: PathBuf) -> Self {
        let running = None;
        Self { file, running }
    }

    /// Lets the log grow until [`LogWorker::work_in`].
    pub(crate) fn leave(&self, connection: &Connection) -> Result<(), BookError> {
        Ok(connection.pragma_update(None, "wal_autocheckpoint", 0)?)
    }

    /// Works in what is in the log, without keeping anybody from reading or writing. What it does not get done is done after a later
    /// transaction: the connection works its log in by itself again.
    pub(crate) fn work_in(&mut self, connection: &Connection) -> Result<(), BookError> {
        connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        self.wait();
        let file = self.file.clone();
        self.running = Some(thread::spawn(move || {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let Ok(connection) = Connection::open_with_flags(file, flags) else {
                return;
            };
            let checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
            let _ = connection.query_row(checkpoint, [], |_| Ok(()));
        }));
        Ok(())
    }

    fn wait(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.join();
        }
    }
}

impl Drop for LogWorker {
    fn drop(&mut self) {
        self.wait();
    }
}

#[cfg(test)]
mod tests;
