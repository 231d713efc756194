//! Entries that follow one another: none is sent before the one that it follows, and a refusal withdraws the rest.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{BookError, Entry};

/// Notes that an entry follows another.
pub(super) fn follow(connection: &Connection, number: i64, after: i64) -> Result<(), BookError> {
    let insert = "INSERT INTO follows (number, after) VALUES (?1, ?2)";
    connection.execute(insert, params![number, after])?;
    Ok(())
}

/// All that follows an entry, in order.
pub(super) fn followers(
    connection: &Connection,
    number: i64,
) -> Result<Vec<(i64, Entry)>, BookError> {
    let find = "SELECT follows.number, entry FROM follows JOIN outbox ON outbox.number = follows.number WHERE after = ?1";
    let mut statement = connection.prepare_cached(find)?;
    let (mut found, mut last) = (Vec::new(), number);
    loop {
        let next = statement.query_row([last], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        });
        let Some((number, entry)) = next.optional()? else {
            return Ok(found);
        };
        let damaged = |_| BookError::Damaged("an entry cannot be read");
        found.push((number, serde_json::from_str(&entry).map_err(damaged)?));
        last = number;
    }
}
