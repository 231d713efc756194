//! Events with their salts.

use alloy_primitives::B256;
use rusqlite::{Connection, Row, params};

use super::{Book, BookError};

/// An EPCIS event, and what opens the ledger's commitment to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// SHA-256(salt || text of the CBV event hash).
    pub commitment: B256,
    /// 32 random bytes.
    pub salt: B256,
    /// The event as JSON-LD.
    pub event: String,
}

pub(super) fn keep(
    connection: &Connection,
    paper: &Paper,
    shipment: Option<i64>,
    is_entered: bool,
) -> Result<(), BookError> {
    let insert = "INSERT OR IGNORE INTO documents (commitment, salt, event, shipment, entered) VALUES (?1, ?2, ?3, ?4, ?5)";
    let Paper {
        commitment,
        salt,
        event,
    } = paper;
    connection.execute(
        insert,
        params![commitment.0, salt.0, event, shipment, is_entered],
    )?;
    Ok(())
}

/// Marks documents as entered.
pub(super) fn enter(connection: &Connection, documents: &[B256]) -> Result<(), BookError> {
    let update = "UPDATE documents SET entered = 1 WHERE commitment = ?1";
    let mut statement = connection.prepare_cached(update)?;
    for document in documents {
        statement.execute([document.0])?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Paper> {
    Ok(Paper {
        commitment: B256::new(row.get(0)?),
        salt: B256::new(row.get(1)?),
        event: row.get(2)?,
    })
}

impl Book {
    /// The event to which a commitment stands.
    ///
    /// # Errors
    /// Those of the database.
    pub fn paper(&self, commitment: B256) -> Result<Option<Paper>, BookError> {
        let find = "SELECT commitment, salt, event FROM documents WHERE commitment = ?1";
        let mut statement = self.connection.prepare(find)?;
        let mut rows = statement.query_map([commitment.0], read)?;
        Ok(rows.next().transpose()?)
    }

    /// How many events were prepared and are not on the ledger.
    ///
    /// # Errors
    /// Those of the database.
    pub fn papers_waiting(&self) -> Result<u64, BookError> {
        let count = "SELECT count(*) FROM documents WHERE entered = 0";
        let count: i64 = self.connection.query_row(count, [], |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }

    /// The events of a shipment, in order of commitment.
    ///
    /// # Errors
    /// Those of the database.
    pub fn papers_of(&self, shipment: i64) -> Result<Vec<Paper>, BookError> {
        let find =
            "SELECT commitment, salt, event FROM documents WHERE shipment = ?1 ORDER BY commitment";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([shipment], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
