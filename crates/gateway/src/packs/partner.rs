//! A trading partner: a book, and an account at the ledger.

use std::{cell::RefCell, path::Path, sync::Arc};

use alloy_primitives::B256;
use theriac_contracts::packs::Trie;
use theriac_sdk::Client;

use super::{
    Error,
    book::{Book, Owner},
    card::Card,
    keys::PackKey,
};

/// Whoever makes, ships, receives and dispenses packs.
pub struct Partner {
    pub(crate) client: Client,
    pub(crate) book: Book,
    /// Tries of the lots that were asked for last.
    pub(super) tries: RefCell<Vec<(B256, Arc<Trie>)>>,
}

impl Partner {
    /// The partner whose book is in a folder, or begins there. `gln` is needed where it begins.
    ///
    /// # Errors
    /// Those of the book; `NotEnrolled` where the account has no organisation.
    pub async fn begin(client: Client, folder: &Path, gln: &str) -> Result<Self, Error> {
        let standing = client.standing(client.address()).await?;
        let not_enrolled = theriac_sdk::Error::Refused(theriac_contracts::Refusal::NotEnrolled);
        let owner = Owner {
            chain_id: client.chain_id().await?,
            account: client.address(),
            organisation: standing.ok_or(not_enrolled)?.organisation.0,
            gln: gln.to_owned(),
        };
        let book = Book::open_or_make(folder, &owner)?;
        Ok(Self {
            client,
            book,
            tries: RefCell::default(),
        })
    }

    /// The partner whose book is in a folder; nothing is asked of the ledger.
    ///
    /// # Errors
    /// Those of the book.
    pub fn open(client: Client, folder: &Path) -> Result<Self, Error> {
        let book = Book::open(folder)?;
        Ok(Self {
            client,
            book,
            tries: RefCell::default(),
        })
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The card that the partner gives to its suppliers.
    ///
    /// # Errors
    /// `NoAccount`.
    pub fn card(&self) -> Result<Card, Error> {
        let owner = self.book.owner();
        let pack_key = PackKey::of(self.book.secret());
        let encryption_key = self.client.package_key()?;
        let who = (owner.account, owner.organisation);
        Ok(Card::new(who, &owner.gln, &pack_key, &encryption_key))
    }
}
