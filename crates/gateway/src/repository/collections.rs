//! What events name: types, identifiers, steps, places, dispositions.

use super::{
    Repository, StorageError, View,
    entry::{canonical, short},
    statement::Select,
};
use theriac_standards::epcis::vocabulary::Kind;

/// What events name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Collection {
    EventTypes,
    Epcs,
    BizSteps,
    BizLocations,
    ReadPoints,
    Dispositions,
}

impl Collection {
    fn column(self) -> &'static str {
        match self {
            Self::EventTypes => "e.event_type",
            Self::Epcs => "x.key",
            Self::BizSteps => "e.biz_step",
            Self::BizLocations => "e.biz_location",
            Self::ReadPoints => "e.read_point",
            Self::Dispositions => "e.disposition",
        }
    }

    /// A member in the form in which it is kept.
    pub(crate) fn key(self, member: &str) -> String {
        match self {
            Self::EventTypes => short(member),
            Self::Epcs | Self::BizLocations | Self::ReadPoints => canonical(member),
            Self::BizSteps => short(&Kind::BizStep.to_web(member)),
            Self::Dispositions => short(&Kind::Disposition.to_web(member)),
        }
    }
}

/// Identifiers of things, not of classes.
const THINGS: &str = "x.role < 5";

impl Repository {
    /// Up to `limit` members behind `after` that `view` sees, by their bytes; each with the form in which it was first written
    /// where that is kept.
    pub(crate) async fn members(
        &self,
        collection: Collection,
        view: &View,
        (after, limit): (&str, usize),
    ) -> Result<Vec<(String, String)>, StorageError> {
        if collection == Collection::Epcs {
            return self.epcs(view, (after, limit)).await;
        }
        let mut members = Vec::new();
        let mut after = after.to_owned();
        // Step by step from one value to the next: each has any number of events.
        while members.len() < limit {
            let mut select = self.member(collection);
            select.push(" > ").bind(after.as_str()).push(" AND ");
            view.push(&mut select);
            select.push(" ORDER BY ").push(collection.column());
            select.push(" LIMIT 1");
            let rows = self.database.read(select).await?;
            let Some(mut row) = rows.into_iter().next() else {
                break;
            };
            after = row.text()?;
            members.push((after.clone(), String::new()));
        }
        Ok(members)
    }

    fn member(&self, collection: Collection) -> Select {
        let column = collection.column();
        let mut select = Select::new("SELECT ", vec![]);
        select.push(column);
        select.push(" FROM events e CROSS JOIN captures c WHERE c.number = e.capture AND ");
        select.push(column);
        select
    }

    async fn epcs(
        &self,
        view: &View,
        (after, limit): (&str, usize),
    ) -> Result<Vec<(String, String)>, StorageError> {
        let mut select = Select::new("SELECT x.key, min(x.written) FROM epcs x ", vec![]);
        select.push("CROSS JOIN events e CROSS JOIN captures c ");
        select.push("WHERE e.seq = x.seq AND c.number = e.capture AND ");
        select.push(THINGS).push(" AND x.key > ").bind(after);
        select.push(" AND ");
        view.push(&mut select);
        select.push(" GROUP BY x.key ORDER BY x.key LIMIT ");
        select.bind(limit as i64);
        let rows = self.database.read(select).await?;
        rows.into_iter()
            .map(|mut row| Ok((row.text()?, row.text()?)))
            .collect()
    }

    /// Whether an event that `view` sees names this member.
    pub(crate) async fn has_member(
        &self,
        collection: Collection,
        view: &View,
        member: &str,
    ) -> Result<bool, StorageError> {
        let key = collection.key(member);
        let mut select = match collection {
            Collection::Epcs => {
                let mut select = Select::new("SELECT x.key FROM epcs x ", vec![]);
                select.push("CROSS JOIN events e CROSS JOIN captures c ");
                select.push("WHERE e.seq = x.seq AND c.number = e.capture AND ");
                select.push(THINGS).push(" AND x.key");
                select
            }
            Collection::EventTypes
            | Collection::BizSteps
            | Collection::BizLocations
            | Collection::ReadPoints
            | Collection::Dispositions => self.member(collection),
        };
        select.push(" = ").bind(key).push(" AND ");
        view.push(&mut select);
        select.push(" LIMIT 1");
        Ok(!self.database.read(select).await?.is_empty())
    }
}
