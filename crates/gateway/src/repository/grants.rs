//! Events that the organisation lets a partner read beyond its reach.

use super::{
    Repository, StorageError,
    statement::{Change, Select},
    value::Value,
};

impl Repository {
    /// Lets `partner` read the event of this id and the declarations of its being wrong that are there. False if there is none.
    pub(crate) async fn grant(&self, partner: &str, id: &str) -> Result<bool, StorageError> {
        let sql = "INSERT INTO grants VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.change_grant(sql, partner, id).await
    }

    /// Takes back what [`Self::grant`] gave. False if there is no such event.
    pub(crate) async fn revoke(&self, partner: &str, id: &str) -> Result<bool, StorageError> {
        let sql = "DELETE FROM grants WHERE seq = $1 AND partner = $2";
        self.change_grant(sql, partner, id).await
    }

    async fn change_grant(
        &self,
        sql: &'static str,
        partner: &str,
        id: &str,
    ) -> Result<bool, StorageError> {
        let mut select = Select::new("SELECT seq FROM events WHERE event_id = ", vec![]);
        select.bind(id);
        let rows = self.database.read(select).await?;
        let seqs = rows.into_iter().map(|mut row| row.value());
        let seqs = seqs.collect::<Result<Vec<Value>, _>>()?;
        let rows = seqs.into_iter().map(|seq| vec![seq, partner.into()]);
        let rows: Vec<_> = rows.collect();
        let found = !rows.is_empty();
        self.database.write(vec![Change { sql, rows }]).await?;
        Ok(found)
    }
}
