//! Subscriptions by webhook, and how far each has been told.

use super::{
    Repository, StorageError,
    statement::{Change, Select},
    value::Row,
};

/// A subscription.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    pub(crate) query: String,
    pub(crate) partner: String,
    pub(crate) dest: String,
    /// What notifications are signed with.
    pub(crate) token: Option<String>,
    /// When it is told, as the JSON that was posted; `None` where it is told at once.
    pub(crate) schedule: Option<String>,
    pub(crate) report_if_empty: bool,
    pub(crate) initial: Option<i64>,
    /// The form of identifiers.
    pub(crate) format: String,
    pub(crate) created: i64,
    /// What became visible before was told.
    pub(crate) minimum: i64,
    /// Of what became visible at that time, the last row that was told.
    pub(crate) behind: i64,
    pub(crate) notified: Option<i64>,
    /// When it is told next; `None` where that is when something becomes visible.
    pub(crate) due: Option<i64>,
    /// Attempts that failed since one succeeded.
    pub(crate) attempts: i64,
}

/// How a subscription stands after an attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Delivery {
    pub(crate) minimum: i64,
    pub(crate) behind: i64,
    pub(crate) notified: Option<i64>,
    pub(crate) due: Option<i64>,
    pub(crate) attempts: i64,
}

const COLUMNS: &str = "SELECT id, query, partner, dest, token, schedule, report_if_empty, initial, \
     format, created, minimum, behind, notified, due, attempts FROM subscriptions";

impl Repository {
    /// Keeps a subscription. False if its query holds `most` already, or is gone.
    pub(crate) async fn add_subscription(
        &self,
        subscription: &Subscription,
        most: u64,
    ) -> Result<bool, StorageError> {
        let _numbers = self.numbers.lock().await;
        let held = "SELECT count(*) FROM subscriptions WHERE query = ";
        if self.count(held, &subscription.query).await? >= most
            || self.query(&subscription.query).await?.is_none()
        {
            return Ok(false);
        }
        let sql = "INSERT INTO subscriptions VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, \
             $12, $13, $14, $15)";
        let Subscription {
            id,
            query,
            partner,
            dest,
            ..
        } = subscription;
        let row = vec![
            id.as_str().into(),
            query.as_str().into(),
            partner.as_str().into(),
            dest.as_str().into(),
            subscription.token.clone().into(),
            subscription.schedule.clone().into(),
            subscription.report_if_empty.into(),
            subscription.initial.into(),
            subscription.format.as_str().into(),
            subscription.created.into(),
            subscription.minimum.into(),
            subscription.behind.into(),
            subscription.notified.into(),
            subscription.due.into(),
            subscription.attempts.into(),
        ];
        self.database.write(vec![Change::one(sql, row)]).await?;
        Ok(true)
    }

    async fn count(&self, sql: &str, value: &str) -> Result<u64, StorageError> {
        let mut select = Select::new(sql, vec![]);
        select.bind(value);
        let rows = self.database.read(select).await?;
        let count = rows.into_iter().next().map(|mut row| row.integer());
        Ok(count.transpose()?.unwrap_or(0).unsigned_abs())
    }

    /// All subscriptions.
    pub(crate) async fn all_subscriptions(&self) -> Result<Vec<Subscription>, StorageError> {
        let mut select = Select::new(COLUMNS, vec![]);
        select.push(" ORDER BY id");
        let rows = self.database.read(select).await?;
        rows.into_iter().map(subscription).collect()
    }

    /// Up to `limit` subscriptions of a query behind the id `after`, of one partner or of all.
    pub(crate) async fn subscriptions(
        &self,
        (query, partner): (&str, Option<&str>),
        (after, limit): (&str, usize),
    ) -> Result<Vec<Subscription>, StorageError> {
        let mut select = Select::new(COLUMNS, vec![]);
        select.push(" WHERE query = ").bind(query);
        select.push(" AND id > ").bind(after);
        if let Some(partner) = partner {
            select.push(" AND partner = ").bind(partner);
        }
        select.push(" ORDER BY id LIMIT ").bind(limit as i64);
        let rows = self.database.read(select).await?;
        rows.into_iter().map(subscription).collect()
    }

    /// The subscription of this query and id.
    pub(crate) async fn subscription(
        &self,
        query: &str,
        id: &str,
    ) -> Result<Option<Subscription>, StorageError> {
        let mut select = Select::new(COLUMNS, vec![]);
        select.push(" WHERE query = ").bind(query);
        select.push(" AND id = ").bind(id);
        let rows = self.database.read(select).await?;
        rows.into_iter().next().map(subscription).transpose()
    }

    /// Keeps how an attempt ended. False if the subscription is gone.
    pub(crate) async fn delivered(
        &self,
        id: &str,
        delivery: Delivery,
    ) -> Result<bool, StorageError> {
        let sql = "UPDATE subscriptions SET minimum = $2, behind = $3, notified = $4, due = $5, attempts = $6 \
             WHERE id = $1";
        let row = vec![
            id.into(),
            delivery.minimum.into(),
            delivery.behind.into(),
            delivery.notified.into(),
            delivery.due.into(),
            delivery.attempts.into(),
        ];
        let touched = self.database.write(vec![Change::one(sql, row)]).await?;
        Ok(touched == [1])
    }

    /// Forgets a subscription. False if there is none.
    pub(crate) async fn remove_subscription(&self, id: &str) -> Result<bool, StorageError> {
        let sql = "DELETE FROM subscriptions WHERE id = $1";
        let touched = self
            .database
            .write(vec![Change::one(sql, vec![id.into()])])
            .await?;
        Ok(touched == [1])
    }
}

fn subscription(mut row: Row) -> Result<Subscription, StorageError> {
    Ok(Subscription {
        id: row.text()?,
        query: row.text()?,
        partner: row.text()?,
        dest: row.text()?,
        token: row.maybe_text()?,
        schedule: row.maybe_text()?,
        report_if_empty: row.flag()?,
        initial: row.maybe_integer()?,
        format: row.text()?,
        created: row.integer()?,
        minimum: row.integer()?,
        behind: row.integer()?,
        notified: row.maybe_integer()?,
        due: row.maybe_integer()?,
        attempts: row.integer()?,
    })
}
