//! The other organisations of the study, whose books may read what this one holds.

use alloy_primitives::{Address, Bytes};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use theriac_envelope::PublicKey;

use super::{Book, BookError};
use crate::book::Form;

/// What a party gives to the others: who it is, and to which keys they encrypt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Card {
    pub(in crate::trials) format: String,
    /// The network.
    pub chain_id: u64,
    /// The organisation.
    pub organisation: u32,
    /// The account to which packages go.
    pub account: Address,
    /// Its key.
    pub(in crate::trials) account_key: Bytes,
    /// The key of its book.
    pub(in crate::trials) book_key: Bytes,
}

impl Form for Card {
    const FORMAT: &'static str = "theriac-trial-card/1";

    fn format(&self) -> &str {
        &self.format
    }
}

impl Card {
    /// A card.
    pub fn new(
        (chain_id, organisation, account): (u64, u32, Address),
        account_key: &PublicKey,
        book_key: &PublicKey,
    ) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            chain_id,
            organisation,
            account,
            account_key: account_key.encode().into(),
            book_key: book_key.encode().into(),
        }
    }

    /// The key to which packages are encrypted.
    ///
    /// # Errors
    /// Where it is none.
    pub fn account_key(&self) -> Result<PublicKey, theriac_envelope::KeyError> {
        PublicKey::decode(&self.account_key)
    }

    /// The key to which subjects' keys are wrapped.
    ///
    /// # Errors
    /// Where it is none.
    pub fn book_key(&self) -> Result<PublicKey, theriac_envelope::KeyError> {
        PublicKey::decode(&self.book_key)
    }
}

impl Book {
    /// Keeps the card of a party; a new one takes the place of the old.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_party(&self, card: &Card) -> Result<(), BookError> {
        let insert = "INSERT OR REPLACE INTO parties (organisation, card) VALUES (?1, ?2)";
        self.connection
            .execute(insert, params![card.organisation, card.to_json()])?;
        Ok(())
    }

    /// The other organisations, in order.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn parties(&self) -> Result<Vec<Card>, BookError> {
        let find = "SELECT card FROM parties ORDER BY organisation";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let damaged = |_| BookError::Damaged("a card cannot be read");
        rows.map(|card| Card::read(card?.as_bytes()).map_err(damaged))
            .collect()
    }
}

impl Book {
    /// Keeps, for another organisation, the wraps of its book's seed to its readers: with them it restores its book, and nobody else reads them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_custody(
        &self,
        organisation: u32,
        wraps: &[(Address, Vec<u8>)],
    ) -> Result<(), BookError> {
        let insert =
            "INSERT OR REPLACE INTO custody (organisation, account, wrap) VALUES (?1, ?2, ?3)";
        for (account, wrap) in wraps {
            self.connection
                .execute(insert, params![organisation, account.0.0, wrap])?;
        }
        Ok(())
    }

    /// What is kept for another organisation.
    ///
    /// # Errors
    /// Those of the database.
    pub fn custody(&self, organisation: u32) -> Result<Vec<(Address, Vec<u8>)>, BookError> {
        let find = "SELECT account, wrap FROM custody WHERE organisation = ?1 ORDER BY account";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([organisation], |row| {
            Ok((Address::new(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
