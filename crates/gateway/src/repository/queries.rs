//! Named queries.

use super::{
    Repository, StorageError,
    statement::{Change, Select},
    value::Row,
};

/// A named query as its maker gave it.
#[derive(Clone, Debug)]
pub(crate) struct NamedQuery {
    pub(crate) name: String,
    pub(crate) partner: String,
    /// The JSON that was posted.
    pub(crate) definition: String,
}

impl Repository {
    /// Keeps a query. False if there is one of this name.
    pub(crate) async fn add_query(
        &self,
        query: &NamedQuery,
        now: i64,
    ) -> Result<bool, StorageError> {
        let sql = "INSERT INTO queries VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let row = vec![
            query.name.as_str().into(),
            query.partner.as_str().into(),
            query.definition.as_str().into(),
            now.into(),
        ];
        let touched = self.database.write(vec![Change::one(sql, row)]).await?;
        Ok(touched == [1])
    }

    /// How many queries there are.
    pub(crate) async fn count_queries(&self) -> Result<u64, StorageError> {
        let select = Select::new("SELECT count(*) FROM queries", vec![]);
        let rows = self.database.read(select).await?;
        let count = rows.into_iter().next().map(|mut row| row.integer());
        Ok(count.transpose()?.unwrap_or(0).unsigned_abs())
    }

    /// Up to `limit` queries behind the name `after`.
    pub(crate) async fn queries(
        &self,
        (after, limit): (&str, usize),
    ) -> Result<Vec<NamedQuery>, StorageError> {
        let sql = "SELECT name, partner, definition FROM queries WHERE name > ";
        let mut select = Select::new(sql, vec![]);
        select.bind(after).push(" ORDER BY name LIMIT ");
        select.bind(limit as i64);
        let rows = self.database.read(select).await?;
        rows.into_iter().map(named).collect()
    }

    /// The query of this name.
    pub(crate) async fn query(&self, name: &str) -> Result<Option<NamedQuery>, StorageError> {
        let sql = "SELECT name, partner, definition FROM queries WHERE name = ";
        let mut select = Select::new(sql, vec![]);
        select.bind(name);
        let rows = self.database.read(select).await?;
        rows.into_iter().next().map(named).transpose()
    }

    /// Forgets a query and all its subscriptions. False if there is none.
    pub(crate) async fn remove_query(&self, name: &str) -> Result<bool, StorageError> {
        let _numbers = self.numbers.lock().await;
        let row = || vec![name.into()];
        let changes = vec![
            Change::one("DELETE FROM subscriptions WHERE query = $1", row()),
            Change::one("DELETE FROM queries WHERE name = $1", row()),
        ];
        let touched = self.database.write(changes).await?;
        Ok(touched.last() == Some(&1))
    }
}

fn named(mut row: Row) -> Result<NamedQuery, StorageError> {
    Ok(NamedQuery {
        name: row.text()?,
        partner: row.text()?,
        definition: row.text()?,
    })
}
