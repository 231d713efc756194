//! Hand-overs: what keys that are closed held, and what holds it next.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{
    Book, BookError,
    pack::{PackState, joined, split},
    step::{self, Step},
};

/// A hand-over that is about to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// The keys that are closed, 1 to 64.
    pub keys: Vec<Address>,
    /// 32 random bytes.
    pub salt: B256,
    /// Commitment to all moves.
    pub commitment: B256,
    /// Every pack that the keys held.
    pub moves: Vec<Move>,
}

/// A pack in a hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The pack.
    pub tag: B256,
    /// The key that held it.
    pub key: Address,
    /// The key that holds it next.
    pub next: Address,
    /// Siblings of the pack in the hand-over.
    pub siblings: Vec<B256>,
    /// Where the pack was before.
    pub before: PackState,
}

/// Keeps a hand-over, whose held packs are moving from now on; returns its number.
pub(super) fn keep(
    connection: &Connection,
    hand_over: &HandOver,
    shipment: Option<i64>,
) -> Result<i64, BookError> {
    let insert = "INSERT INTO hand_overs (shipment, salt, commitment) VALUES (?1, ?2, ?3)";
    let HandOver {
        salt, commitment, ..
    } = hand_over;
    connection.execute(insert, params![shipment, salt.0, commitment.0])?;
    let number = connection.last_insert_rowid();
    let insert = "INSERT INTO moves (hand_over, tag, key, next, siblings, before) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut statement = connection.prepare_cached(insert)?;
    let moving = "UPDATE packs SET state = ?2 WHERE tag = ?1 AND state = ?3";
    let mut moving = connection.prepare_cached(moving)?;
    for one in &hand_over.moves {
        let Move {
            tag,
            key,
            next,
            siblings,
            before,
        } = one;
        statement.execute(params![
            number,
            tag.0,
            key.0.0,
            next.0.0,
            joined(siblings),
            before.code()
        ])?;
        moving.execute(params![
            tag.0,
            PackState::Moving.code(),
            PackState::Held.code()
        ])?;
    }
    Ok(number)
}

/// The hand-over is final: each pack has a step more, and another key.
pub(super) fn complete(connection: &Connection, number: i64) -> Result<(), BookError> {
    let salt = connection.query_row(
        "SELECT salt FROM hand_overs WHERE number = ?1",
        [number],
        |row| Ok(B256::new(row.get(0)?)),
    )?;
    let mut nexts: BTreeMap<Address, Next> = BTreeMap::new();
    let mut closed = BTreeSet::new();
    let update = "UPDATE packs SET key = ?2, state = CASE WHEN state <> ?3 THEN state ELSE ?4 END, \
                  sscc = CASE WHEN ?5 THEN ?6 ELSE sscc END WHERE tag = ?1";
    let mut update = connection.prepare_cached(update)?;
    for one in moves(connection, number)? {
        let step = Step {
            key: one.key,
            salt,
            next: one.next,
            siblings: one.siblings,
        };
        step::push(connection, one.tag, &step)?;
        closed.insert(one.key);
        if !nexts.contains_key(&one.next) {
            nexts.insert(one.next, look_up(connection, one.next)?);
        }
        let next = &nexts[&one.next];
        let state = match next.is_own {
            true => PackState::Held,
            false => PackState::Sent,
        };
        update.execute(params![
            one.tag.0,
            one.next.0.0,
            PackState::Moving.code(),
            state.code(),
            next.unit.is_some(),
            next.unit.as_ref().and_then(Option::as_ref),
        ])?;
    }
    let close = "UPDATE keys SET closed = 1 WHERE address = ?1";
    let mut close = connection.prepare_cached(close)?;
    for key in closed {
        close.execute([key.0.0])?;
    }
    Ok(())
}

/// What is known of a key that was handed over to.
struct Next {
    is_own: bool,
    /// The logistic unit, or none, of a key in a shipment.
    unit: Option<Option<String>>,
}

fn look_up(connection: &Connection, key: Address) -> Result<Next, BookError> {
    let unit = "SELECT sscc FROM stealth WHERE next = ?1";
    let unit = connection.query_row(unit, [key.0.0], |row| row.get(0));
    Ok(Next {
        is_own: is_own(connection, key)?,
        unit: unit.optional()?,
    })
}

/// The hand-over was refused: everything is as it was.
pub(super) fn undo(connection: &Connection, number: i64) -> Result<(), BookError> {
    let back = "UPDATE packs SET state = ?2 WHERE state = ?3 AND tag IN (SELECT tag FROM moves WHERE hand_over = ?1)";
    connection.execute(
        back,
        params![number, PackState::Held.code(), PackState::Moving.code()],
    )?;
    connection.execute("DELETE FROM moves WHERE hand_over = ?1", [number])?;
    connection.execute("DELETE FROM hand_overs WHERE number = ?1", [number])?;
    Ok(())
}

fn is_own(connection: &Connection, key: Address) -> Result<bool, BookError> {
    let count = "SELECT count(*) FROM keys WHERE address = ?1";
    let count: i64 = connection.query_row(count, [key.0.0], |row| row.get(0))?;
    Ok(count > 0)
}

fn moves(connection: &Connection, number: i64) -> Result<Vec<Move>, BookError> {
    let find = "SELECT tag, key, next, siblings FROM moves WHERE hand_over = ?1 ORDER BY tag";
    let mut statement = connection.prepare(find)?;
    let rows = statement.query_map([number], |row| {
        Ok(Move {
            tag: B256::new(row.get(0)?),
            key: Address::new(row.get(1)?),
            next: Address::new(row.get(2)?),
            siblings: split(&row.get::<_, Vec<u8>>(3)?),
            before: PackState::Moving,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Book {
    /// The moves of a shipment to keys that are not the book's, in order of tag.
    ///
    /// # Errors
    /// Those of the database.
    pub fn moves_of(&self, shipment: i64) -> Result<Vec<(B256, Address)>, BookError> {
        let find = "SELECT moves.tag, moves.next FROM moves JOIN hand_overs ON hand_overs.number = moves.hand_over \
                    WHERE hand_overs.shipment = ?1 AND moves.next NOT IN (SELECT address FROM keys) ORDER BY moves.tag";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([shipment], |row| {
            Ok((B256::new(row.get(0)?), Address::new(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Book {
    /// Numbers of the hand-overs of a shipment.
    ///
    /// # Errors
    /// Those of the database.
    pub fn hand_overs_of(&self, shipment: i64) -> Result<Vec<i64>, BookError> {
        let find = "SELECT number FROM hand_overs WHERE shipment = ?1 ORDER BY number";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([shipment], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
