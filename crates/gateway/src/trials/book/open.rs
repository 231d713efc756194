//! Opens a book, and makes one.

use std::path::{Path, PathBuf};

use alloy_primitives::{Address, B256};
use rusqlite::{Connection, OptionalExtension as _, params};
use theriac_envelope::PublicKey;

use super::{BookError, schema};
use crate::book::{connect, has_table, make_file};

const FILE: &str = "trial.sqlite";
/// The table that every book has.
const OWNER: &str = "book";

/// A book that is open.
pub struct Book {
    pub(super) connection: Connection,
    folder: PathBuf,
    owner: Owner,
}

/// Whose book it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The chain.
    pub chain_id: u64,
    /// The organisation.
    pub organisation: u32,
    /// The public key of the book, to which subjects' keys are wrapped.
    pub public: PublicKey,
}

impl Book {
    /// Opens the book in a folder.
    ///
    /// # Errors
    /// `Absent`, `Version`, `Damaged`; those of the file.
    pub fn open(folder: &Path) -> Result<Self, BookError> {
        let file = folder.join(FILE);
        if !file.exists() {
            return Err(BookError::Absent(folder.to_owned()));
        }
        let connection = connect(&file)?;
        // What is deleted is overwritten, so that an erased key is not left in a free page.
        connection.pragma_update(None, "secure_delete", true)?;
        if !has_table(&connection, OWNER)? {
            return Err(BookError::Absent(folder.to_owned()));
        }
        let version = connection.query_row("SELECT version FROM book", [], |row| row.get(0))?;
        if version != schema::VERSION {
            return Err(BookError::Version {
                got: version,
                expected: schema::VERSION,
            });
        }
        let owner = read_owner(&connection)?;
        Ok(Self {
            connection,
            folder: folder.to_owned(),
            owner,
        })
    }

    /// Whether there is a book in a folder.
    pub fn exists(folder: &Path) -> bool {
        match Self::open(folder) {
            Err(BookError::Absent(_)) => false,
            Ok(_) | Err(_) => true,
        }
    }

    /// Makes a book whose seed the wrap gives to this account.
    ///
    /// # Errors
    /// Those of the file; `OtherOwner` where there is a book.
    pub fn make(folder: &Path, owner: &Owner, reader: (Address, &[u8])) -> Result<Self, BookError> {
        if Self::exists(folder) {
            return Err(BookError::OtherOwner("study"));
        }
        make_file(folder, FILE)?;
        let mut connection = connect(&folder.join(FILE))?;
        let transaction = connection.transaction()?;
        transaction.execute_batch(schema::TABLES)?;
        let insert = "INSERT INTO book VALUES (1, ?1, ?2, ?3, ?4, ?5, 0, 0, ?6)";
        let none = B256::ZERO;
        transaction.execute(
            insert,
            params![
                schema::VERSION,
                owner.chain_id.cast_signed(),
                owner.organisation,
                none.0,
                owner.public.encode(),
                none.0
            ],
        )?;
        let insert = "INSERT INTO readers (account, wrap) VALUES (?1, ?2)";
        transaction.execute(insert, params![reader.0.0.0, reader.1])?;
        transaction.commit()?;
        drop(connection);
        Self::open(folder)
    }

    /// Whose book it is.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The study; `None` until it is registered or received.
    ///
    /// # Errors
    /// Those of the database.
    pub fn study(&self) -> Result<Option<B256>, BookError> {
        let find = "SELECT study FROM book";
        let study = self
            .connection
            .query_row(find, [], |row| Ok(B256::new(row.get(0)?)))?;
        Ok((!study.is_zero()).then_some(study))
    }

    /// Makes the book that of a study.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_study(&self, study: B256) -> Result<(), BookError> {
        self.connection
            .execute("UPDATE book SET study = ?1", [study.0])?;
        Ok(())
    }

    /// The seed of the book, wrapped to an account; `None` for whom may not read it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reader(&self, account: Address) -> Result<Option<Vec<u8>>, BookError> {
        let find = "SELECT wrap FROM readers WHERE account = ?1";
        let found = self
            .connection
            .query_row(find, [account.0.0], |row| row.get(0));
        Ok(found.optional()?)
    }

    /// The log of the database would keep what was deleted until it is worked in.
    pub(super) fn work_log_in(&self) -> Result<(), BookError> {
        let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
        Ok(self.connection.query_row(checkpoint, [], |_| Ok(()))?)
    }

    /// Everyone who may read the book, with the wrap of its seed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn readers(&self) -> Result<Vec<(Address, Vec<u8>)>, BookError> {
        let find = "SELECT account, wrap FROM readers ORDER BY account";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([], |row| Ok((Address::new(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lets an account read the book.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_reader(&self, account: Address, wrap: &[u8]) -> Result<(), BookError> {
        let insert = "INSERT OR REPLACE INTO readers (account, wrap) VALUES (?1, ?2)";
        self.connection
            .execute(insert, params![account.0.0, wrap])?;
        Ok(())
    }

    /// The newest block that the book knows: a height and a hash, zeros for none.
    ///
    /// # Errors
    /// Those of the database.
    pub fn beacon(&self) -> Result<(u64, B256), BookError> {
        let find = "SELECT beacon_height, beacon_hash FROM book";
        Ok(self.connection.query_row(find, [], |row| {
            Ok((
                row.get::<_, i64>(0)?.cast_unsigned(),
                B256::new(row.get(1)?),
            ))
        })?)
    }

    /// Keeps the newest block.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_beacon(&self, height: u64, hash: B256) -> Result<(), BookError> {
        let update =
            "UPDATE book SET beacon_height = ?1, beacon_hash = ?2 WHERE beacon_height < ?1";
        self.connection
            .execute(update, params![height.cast_signed(), hash.0])?;
        Ok(())
    }
}

fn read_owner(connection: &Connection) -> Result<Owner, BookError> {
    let columns = "SELECT chain, organisation, public FROM book";
    let (chain_id, organisation, public) = connection.query_row(columns, [], |row| {
        Ok((
            row.get::<_, i64>(0)?.cast_unsigned(),
            row.get(1)?,
            row.get::<_, Vec<u8>>(2)?,
        ))
    })?;
    let damaged = |_| BookError::Damaged("its public key cannot be read");
    Ok(Owner {
        chain_id,
        organisation,
        public: PublicKey::decode(&public).map_err(damaged)?,
    })
}
