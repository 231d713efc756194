//! One connection to PostgreSQL with the statements that it knows.

use super::StorageError;
use std::collections::HashMap;
use tokio_postgres::{Client, NoTls, Statement};

/// Statements of queries differ by their parameters; beyond so many the connection forgets them.
const MOST_STATEMENTS: usize = 256;

pub(super) struct Link {
    pub(super) client: Client,
    statements: HashMap<String, Statement>,
}

/// Connects. What was committed there is on the server's disk before it is answered.
pub(super) async fn connect(url: &str) -> Result<Link, StorageError> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "a connection to PostgreSQL was lost");
        }
    });
    client.batch_execute("SET synchronous_commit = on").await?;
    Ok(Link {
        client,
        statements: HashMap::new(),
    })
}

impl Link {
    pub(super) async fn prepare(&mut self, sql: &str) -> Result<Statement, StorageError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= MOST_STATEMENTS {
            self.statements.clear();
        }
        let statement = self.client.prepare(sql).await?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}
