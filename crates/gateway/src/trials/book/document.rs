//! Documents of the study as a whole: protocol, schedule, outcomes, reasons, plans, reports.

use alloy_primitives::B256;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{Book, BookError};

/// A document, with what the ledger has of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// As the ledger has it.
    pub hash: B256,
    /// What it is.
    pub kind: DocumentKind,
    /// The salt of the hash; zero where it is the hash of the content alone.
    pub salt: B256,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum DocumentKind {
    /// The protocol.
    Protocol = 1,
    /// The schedule of activities.
    Schedule = 2,
    /// The outcomes with their salts; named by the hash of the document.
    Outcomes = 3,
    /// A document of consent.
    Consent = 4,
    /// A reason, or another text.
    Text = 5,
    /// A plan of analysis.
    Plan = 6,
    /// Result, data manifest or program of an analysis.
    Analysis = 7,
    /// A publication.
    Publication = 8,
    /// A report of a screening.
    Screening = 9,
    /// A printed name.
    Name = 10,
    /// A dataset of an analysis or its lineage, encrypted under the book's key.
    Dataset = 11,
    /// The sealed entries of a list; named by the root over them.
    SealedList = 12,
}

impl DocumentKind {
    /// The kind of a code.
    pub fn of(code: u8) -> Option<Self> {
        const ALL: [DocumentKind; 12] = [
            DocumentKind::Protocol,
            DocumentKind::Schedule,
            DocumentKind::Outcomes,
            DocumentKind::Consent,
            DocumentKind::Text,
            DocumentKind::Plan,
            DocumentKind::Analysis,
            DocumentKind::Publication,
            DocumentKind::Screening,
            DocumentKind::Name,
            DocumentKind::Dataset,
            DocumentKind::SealedList,
        ];
        ALL.into_iter().find(|kind| *kind as u8 == code)
    }
}

const COLUMNS: &str = "hash, kind, salt, content";

pub(super) fn keep(connection: &Connection, document: &Document) -> Result<(), BookError> {
    let insert =
        "INSERT OR IGNORE INTO documents (hash, kind, salt, content) VALUES (?1, ?2, ?3, ?4)";
    let Document {
        hash,
        kind,
        salt,
        content,
    } = document;
    connection
        .prepare_cached(insert)?
        .execute(params![hash.0, *kind as u8, salt.0, content])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Document> {
    Ok(Document {
        hash: B256::new(row.get(0)?),
        kind: DocumentKind::of(row.get(1)?).unwrap_or(DocumentKind::Text),
        salt: B256::new(row.get(2)?),
        content: row.get(3)?,
    })
}

impl Book {
    /// Keeps a document.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_document(&self, document: &Document) -> Result<(), BookError> {
        keep(&self.connection, document)
    }

    /// Puts a document of another copy in the place of one that was altered.
    ///
    /// # Errors
    /// Those of the database.
    pub fn replace_document(&self, document: &Document) -> Result<(), BookError> {
        let delete = "DELETE FROM documents WHERE hash = ?1";
        self.connection.execute(delete, [document.hash.0])?;
        keep(&self.connection, document)
    }

    /// The document that the ledger has by this hash.
    ///
    /// # Errors
    /// Those of the database.
    pub fn document(&self, hash: B256) -> Result<Option<Document>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM documents WHERE hash = ?1");
        let found = self.connection.query_row(&find, [hash.0], read);
        Ok(found.optional()?)
    }

    /// Whether there are documents of a kind.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_documents(&self, kind: DocumentKind) -> Result<bool, BookError> {
        let find = "SELECT EXISTS (SELECT 1 FROM documents WHERE kind = ?1)";
        let mut statement = self.connection.prepare_cached(find)?;
        Ok(statement.query_row([kind as u8], |row| row.get(0))?)
    }

    /// Destroys documents, so that no byte of them is left in the book's files.
    ///
    /// # Errors
    /// Those of the database.
    pub fn destroy_documents(&mut self, hashes: &[B256]) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        for hash in hashes {
            transaction.execute("DELETE FROM documents WHERE hash = ?1", [hash.0])?;
        }
        transaction.commit()?;
        self.work_log_in()
    }

    /// All documents, in order of hash.
    ///
    /// # Errors
    /// Those of the database.
    pub fn documents(&self) -> Result<Vec<Document>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM documents ORDER BY hash");
        let mut statement = self.connection.prepare(&find)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
