//! Events out of the tables.

use super::{
    Asked, Cursor, Form, Order, Repository, StorageError, View,
    statement::Select,
    stored::{self, Stored},
    value::Row,
};
use crate::clock;

impl Repository {
    /// Up to `limit` events that `view` sees and that may answer what is asked, behind the cursor.
    pub(crate) async fn events(
        &self,
        (asked, view): (&Asked, &View),
        (order, after): (Order, Option<Cursor>),
        limit: usize,
    ) -> Result<Vec<Stored>, StorageError> {
        let mut select = Select::new("SELECT e.seq, e.form, e.body, c.recorded, ", vec![]);
        select.push(order.column());
        select.push(" FROM ").push(order.tables(asked, view));
        select.push(" WHERE c.number = e.capture AND ");
        view.push(&mut select);
        asked.push(&mut select);
        order.push(after, &mut select);
        select.push(" LIMIT ").bind(limit as i64);
        let rows = self.database.read(select).await?;
        rows.into_iter().map(event).collect()
    }

    /// The event of this id and the declarations of its being wrong, as far as `view` sees them.
    pub(crate) async fn event(&self, id: &str, view: &View) -> Result<Vec<Stored>, StorageError> {
        const MOST: i64 = 100;
        let mut select = Select::new("SELECT e.seq, e.form, e.body, c.recorded, e.seq", vec![]);
        select.push(" FROM events e CROSS JOIN captures c WHERE c.number = e.capture AND ");
        view.push(&mut select);
        select.push(" AND e.event_id = ").bind(id);
        select.push(" ORDER BY e.seq LIMIT ").bind(MOST);
        let rows = self.database.read(select).await?;
        rows.into_iter().map(event).collect()
    }

    /// The hash of the event of this id, which the ledger's commitment is made of.
    pub(crate) async fn event_hash(&self, id: &str) -> Result<Option<[u8; 32]>, StorageError> {
        let mut select = Select::new("SELECT hash FROM events WHERE event_id = ", vec![]);
        select.bind(id).push(" ORDER BY declaration LIMIT 1");
        let rows = self.database.read(select).await?;
        let hash = rows.into_iter().next().map(|mut row| row.bytes());
        let shape = |_| StorageError::Shape("a hash");
        hash.transpose()?
            .map(|hash| hash.try_into().map_err(shape))
            .transpose()
    }
}

fn event(mut row: Row) -> Result<Stored, StorageError> {
    let seq = row.integer()?;
    let form = Form::numbered(row.integer()?)?;
    let body = row.text()?;
    let (recorded, rank) = (row.integer()?, row.integer()?);
    let (mut event, envelope) = stored::read(&body, form)?;
    event.record_time = Some(clock::text(recorded));
    Ok(Stored {
        seq,
        event,
        envelope,
        form,
        recorded,
        rank,
        bytes: body.len(),
    })
}
