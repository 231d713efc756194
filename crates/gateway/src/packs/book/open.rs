//! Opens a book, and makes one.

use std::path::{Path, PathBuf};

use alloy_primitives::Address;
use rusqlite::{Connection, params};

use super::{BookError, schema};
use crate::{
    book::{LogWorker, connect, has_table, make_file},
    packs::keys::BookSecret,
};

const FILE: &str = "packs.sqlite";
/// The table that every book has.
const OWNER: &str = "partner";

/// A book that is open.
pub struct Book {
    pub(super) connection: Connection,
    pub(super) log: LogWorker,
    folder: PathBuf,
    owner: Owner,
    secret: BookSecret,
}

/// Whose book it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The chain.
    pub chain_id: u64,
    /// The account that acts.
    pub account: Address,
    /// Its organisation.
    pub organisation: u32,
    /// The place of business: a GLN, 13 digits.
    pub gln: String,
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
        Self::read(connection, folder)
    }

    /// Opens the book in a folder, or makes one there.
    ///
    /// # Errors
    /// As [`Book::open`], and `OtherOwner` where the book there is not of this owner.
    pub fn open_or_make(folder: &Path, owner: &Owner) -> Result<Self, BookError> {
        if owner.gln.is_empty() && !folder.join(FILE).exists() {
            return Err(BookError::Absent(folder.to_owned()));
        }
        let made = make_file(folder, FILE)?;
        let mut connection = connect(&folder.join(FILE))?;
        if made || !has_table(&connection, OWNER)? {
            found(&mut connection, owner)?;
        }
        let book = Self::read(connection, folder)?;
        book.check_owner(owner)?;
        Ok(book)
    }

    fn read(connection: Connection, folder: &Path) -> Result<Self, BookError> {
        if !has_table(&connection, OWNER)? {
            return Err(BookError::Absent(folder.to_owned()));
        }
        let version = connection.query_row("SELECT version FROM partner", [], |row| row.get(0))?;
        if version != schema::VERSION {
            return Err(BookError::Version {
                got: version,
                expected: schema::VERSION,
            });
        }
        let columns = "SELECT chain, account, organisation, gln, secret FROM partner";
        let (owner, secret) = connection.query_row(columns, [], |row| {
            let owner = Owner {
                chain_id: row.get::<_, i64>(0)?.cast_unsigned(),
                account: Address::new(row.get(1)?),
                organisation: row.get(2)?,
                gln: row.get(3)?,
            };
            Ok((owner, BookSecret::from_bytes(row.get(4)?)))
        })?;
        Ok(Self {
            connection,
            log: LogWorker::new(folder.join(FILE)),
            folder: folder.to_owned(),
            owner,
            secret,
        })
    }

    fn check_owner(&self, owner: &Owner) -> Result<(), BookError> {
        let own = &self.owner;
        let differs = [
            ("network", own.chain_id != owner.chain_id),
            ("account", own.account != owner.account),
            ("organisation", own.organisation != owner.organisation),
            ("place", !owner.gln.is_empty() && own.gln != owner.gln),
        ];
        match differs.iter().find(|(_, differs)| *differs) {
            Some((what, _)) => Err(BookError::OtherOwner(what)),
            None => Ok(()),
        }
    }

    /// Whose book it is.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The secret from which its keys follow.
    pub(crate) fn secret(&self) -> &BookSecret {
        &self.secret
    }
}

fn found(connection: &mut Connection, owner: &Owner) -> Result<(), BookError> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(schema::TABLES)?;
    let secret = BookSecret::generate();
    let partner = "INSERT INTO partner VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, 0, 0)";
    transaction.execute(
        partner,
        params![
            schema::VERSION,
            owner.chain_id.cast_signed(),
            owner.account.0.0,
            owner.organisation,
            owner.gln,
            secret.expose()
        ],
    )?;
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests;
