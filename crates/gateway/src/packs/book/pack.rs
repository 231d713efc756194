//! Packs of the book.

use alloy_primitives::{Address, B256};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use theriac_contracts::packs::nullifier;

use super::{Book, BookError};
use crate::packs::label::Label;

/// A pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its tag.
    pub tag: B256,
    /// What is printed on it.
    pub label: Label,
    /// Root of its lot.
    pub root: B256,
    /// Siblings of its tag in the lot; `None` where the whole lot is in the book.
    pub membership: Option<Vec<B256>>,
    /// The key that holds it.
    pub key: Address,
    /// Where it is.
    pub state: PackState,
    /// The logistic unit in which it came or went.
    pub sscc: Option<String>,
    /// How often it left.
    pub exits: u64,
    /// How it left; 0 while it has not.
    pub kind: u8,
    /// When it left.
    pub left_ms: u64,
}

/// Where a pack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackState {
    /// Its lot is not entered yet.
    Made,
    /// With the partner.
    Held,
    /// A hand-over of it is not final yet.
    Moving,
    /// Handed over to another partner.
    Sent,
    /// Its exit is not final yet.
    Leaving,
    /// It left.
    Left,
    /// The undoing of its exit is not final yet.
    Returning,
}

impl PackState {
    const ALL: [Self; 7] = [
        Self::Made,
        Self::Held,
        Self::Moving,
        Self::Sent,
        Self::Leaving,
        Self::Left,
        Self::Returning,
    ];

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Held => "held",
            Self::Moving => "moving",
            Self::Sent => "sent",
            Self::Leaving => "leaving",
            Self::Left => "left",
            Self::Returning => "returning",
        }
    }

    pub(super) fn code(self) -> i64 {
        self as i64
    }

    fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Which packs that the partner holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All.
    All,
    /// In a logistic unit.
    Unit(String),
    /// So many of a lot.
    OfLot {
        /// The product, where lots of several have this number.
        gtin: Option<String>,
        /// The lot's number.
        lot: String,
        /// How many.
        count: usize,
    },
    /// These.
    Tags(Vec<B256>),
}

const COLUMNS: &str = "packs.tag, lots.gtin, packs.serial, lots.lot, lots.expiry, lots.root, packs.membership, packs.key, packs.state, packs.sscc, packs.exits, packs.kind, packs.left_ms, lots.entered";
const FROM: &str = "packs JOIN lots ON lots.number = packs.lot";
/// The number of the lot with the first root, if the ledger has it: its packs are held where the state says so.
const ENTERED: &str = "(SELECT number FROM lots WHERE root = ?1 AND entered)";

/// Keeps a pack of a chain, whose lot the book has.
pub(super) fn keep(connection: &Connection, chain_id: u64, pack: &Pack) -> Result<(), BookError> {
    let insert = "INSERT INTO packs (tag, serial, lot, membership, key, state, sscc, nullifier) \
                  VALUES (?1, ?2, (SELECT number FROM lots WHERE root = ?3), ?4, ?5, ?6, ?7, ?8) \
                  ON CONFLICT (tag) DO UPDATE SET lot = excluded.lot, membership = excluded.membership, key = excluded.key, state = excluded.state, sscc = excluded.sscc";
    connection.prepare_cached(insert)?.execute(params![
        pack.tag.0,
        pack.label.serial(),
        pack.root.0,
        pack.membership.as_deref().map(joined),
        pack.key.0.0,
        pack.state.code(),
        pack.sscc,
        prefix(nullifier(chain_id, pack.tag))
    ])?;
    Ok(())
}

/// A pack of a lot that was just made.
#[derive(Clone, Copy, Debug)]
pub struct NewPack {
    /// Its tag.
    pub tag: B256,
    /// What is printed on it.
    pub label: Label,
}

/// Keeps packs of a new lot, which its first key holds.
pub(super) fn keep_new(
    connection: &Connection,
    (chain_id, lot, key): (u64, i64, Address),
    packs: &[NewPack],
) -> Result<(), BookError> {
    let insert = "INSERT INTO packs (tag, serial, lot, key, state, nullifier) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut statement = connection.prepare_cached(insert)?;
    // In the order of the largest index, so that each page of it is come to once.
    let mut packs: Vec<_> = packs.iter().collect();
    packs.sort_unstable_by_key(|pack| pack.tag);
    for pack in packs {
        statement.execute(params![
            pack.tag.0,
            pack.label.serial(),
            lot,
            key.0.0,
            PackState::Held.code(),
            prefix(nullifier(chain_id, pack.tag))
        ])?;
    }
    Ok(())
}

/// What stands of a nullifier: enough to find the one pack, or two, that it may be of.
fn prefix(nullifier: B256) -> i64 {
    let first = nullifier.first_chunk().expect("it has 32 bytes");
    i64::from_be_bytes(*first)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Result<Pack, BookError>> {
    let texts: [String; 4] = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
    let membership: Option<Vec<u8>> = row.get(6)?;
    let state = match row.get(13)? {
        true => PackState::from_code(row.get(8)?),
        false => Some(PackState::Made),
    };
    let [gtin, serial, lot, expiry] = &texts;
    let (Ok(label), Some(state)) = (Label::new(gtin, serial, lot, expiry), state) else {
        return Ok(Err(BookError::Damaged("a pack has no label or no state")));
    };
    Ok(Ok(Pack {
        tag: B256::new(row.get(0)?),
        label,
        root: B256::new(row.get(5)?),
        membership: membership.as_deref().map(split),
        key: Address::new(row.get(7)?),
        state,
        sscc: row.get(9)?,
        exits: row.get::<_, i64>(10)?.cast_unsigned(),
        kind: row.get(11)?,
        left_ms: row.get::<_, i64>(12)?.cast_unsigned(),
    }))
}

/// Hashes one after another.
pub(super) fn joined(hashes: &[B256]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

pub(super) fn split(bytes: &[u8]) -> Vec<B256> {
    bytes.chunks_exact(32).map(B256::from_slice).collect()
}

impl Book {
    /// A pack by its tag.
    ///
    /// # Errors
    /// Those of the database.
    pub fn pack(&self, tag: B256) -> Result<Option<Pack>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM {FROM} WHERE packs.tag = ?1");
        let mut statement = self.connection.prepare_cached(&find)?;
        let found = statement.query_row([tag.0], read);
        found.optional()?.transpose()
    }

    /// Packs with this product and serial number; of several, lot or expiry differ.
    ///
    /// # Errors
    /// Those of the database.
    pub fn packs_by_serial(&self, gtin: &str, serial: &str) -> Result<Vec<Pack>, BookError> {
        let rest = "packs.serial = ?2 AND lots.gtin = ?1 ORDER BY packs.tag";
        self.packs_where(rest, &[&gtin, &serial])
    }

    /// Whether there is a pack with this product and serial number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_serial(&self, gtin: &str, serial: &str) -> Result<bool, BookError> {
        let find = format!("SELECT 1 FROM {FROM} WHERE packs.serial = ?2 AND lots.gtin = ?1");
        let mut statement = self.connection.prepare_cached(&find)?;
        Ok(statement.exists([gtin, serial])?)
    }

    /// All packs that a key holds, those that left included.
    ///
    /// # Errors
    /// Those of the database.
    pub fn packs_of_key(&self, key: Address) -> Result<Vec<Pack>, BookError> {
        self.packs_where("packs.key = ?1 ORDER BY packs.tag", &[&key.0.0])
    }

    /// All packs of a lot.
    ///
    /// # Errors
    /// Those of the database.
    pub fn packs_of_lot(&self, root: B256) -> Result<Vec<Pack>, BookError> {
        self.packs_where("lots.root = ?1 ORDER BY packs.tag", &[&root.0])
    }

    /// The tags of all packs of a lot, in ascending order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn tags_of_lot(&self, root: B256) -> Result<Vec<B256>, BookError> {
        let find = format!("SELECT packs.tag FROM {FROM} WHERE lots.root = ?1 ORDER BY packs.tag");
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map([root.0], |row| Ok(B256::new(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All packs of a logistic unit.
    ///
    /// # Errors
    /// Those of the database.
    pub fn packs_of_unit(&self, sscc: &str) -> Result<Vec<Pack>, BookError> {
        self.packs_where("packs.sscc = ?1 ORDER BY packs.tag", &[&sscc])
    }

    /// Packs that the partner holds and that leave by this nullifier: one at most.
    ///
    /// # Errors
    /// Those of the database.
    pub fn held_of_nullifier(&self, nullifier: B256) -> Result<Vec<Pack>, BookError> {
        let held = PackState::Held.code();
        let rest = "packs.nullifier = ?1 AND packs.state = ?2 AND lots.entered";
        let mut packs = self.packs_where(rest, &[&prefix(nullifier), &held])?;
        let chain_id = self.owner().chain_id;
        packs.retain(|pack| theriac_contracts::packs::nullifier(chain_id, pack.tag) == nullifier);
        Ok(packs)
    }

    /// Packs that the partner holds of a lot.
    ///
    /// # Errors
    /// Those of the database.
    pub fn held_of_lot(&self, root: B256) -> Result<Vec<Pack>, BookError> {
        let held = PackState::Held.code();
        let rest = format!("packs.lot = {ENTERED} AND packs.state = ?2 ORDER BY packs.tag");
        self.packs_where(&rest, &[&root.0, &held])
    }

    /// How many packs of a lot each key holds, of those that the partner holds.
    ///
    /// # Errors
    /// Those of the database.
    pub fn held_by_key(&self, root: B256) -> Result<Vec<(Address, usize)>, BookError> {
        let find = format!(
            "SELECT key, count(*) FROM packs WHERE lot = {ENTERED} AND state = ?2 GROUP BY key"
        );
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map(params![root.0, PackState::Held.code()], |row| {
            let count: i64 = row.get(1)?;
            Ok((Address::new(row.get(0)?), count as usize))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Packs that the partner holds, in order of key and tag.
    ///
    /// # Errors
    /// Those of the database.
    pub fn held(&self) -> Result<Vec<Pack>, BookError> {
        self.packs_where(
            "packs.state = ?1 AND lots.entered ORDER BY packs.key, packs.tag",
            &[&PackState::Held.code()],
        )
    }

    fn packs_where(
        &self,
        rest: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<Pack>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM {FROM} WHERE {rest}");
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map(values, read)?;
        rows.map(|row| row?).collect()
    }
}

/// Puts packs into another state.
pub(super) fn set_state(
    connection: &Connection,
    tags: &[B256],
    state: PackState,
) -> Result<(), BookError> {
    let update = "UPDATE packs SET state = ?2 WHERE tag = ?1";
    let mut statement = connection.prepare_cached(update)?;
    for tag in tags {
        statement.execute(params![tag.0, state.code()])?;
    }
    Ok(())
}
