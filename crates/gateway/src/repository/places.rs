//! Which places lie within which, from the master data of captured documents.

use super::{
    Repository, StorageError,
    entry::short,
    statement::{Change, Select},
};
use std::sync::Arc;
use theriac_standards::epcis::query::Hierarchy;

/// The most pairs that are kept.
const MOST: usize = 100_000;

impl Repository {
    /// Which places lie within which.
    pub(crate) fn hierarchy(&self) -> Arc<Hierarchy> {
        self.hierarchy.read().clone()
    }

    /// Keeps parents and children.
    pub(crate) async fn add_places(&self, places: &[(String, String)]) -> Result<(), StorageError> {
        let rows = places.iter().take(MOST).map(|(parent, child)| {
            let (parent, child) = (short(parent), short(child));
            vec![parent.into(), child.into()]
        });
        let sql = "INSERT INTO places VALUES ($1, $2) ON CONFLICT DO NOTHING";
        let change = Change {
            sql,
            rows: rows.collect(),
        };
        self.database.write(vec![change]).await?;
        self.load_hierarchy().await
    }

    pub(super) async fn load_hierarchy(&self) -> Result<(), StorageError> {
        let mut select = Select::new(
            "SELECT parent, child FROM places ORDER BY parent, child",
            vec![],
        );
        select.push(" LIMIT ").bind(MOST as i64);
        let mut hierarchy = Hierarchy::default();
        for mut row in self.database.read(select).await? {
            hierarchy.add(&row.text()?, &row.text()?);
        }
        *self.hierarchy.write() = Arc::new(hierarchy);
        Ok(())
    }
}
