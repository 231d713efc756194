//! A party to a study: a book, and an account at the ledger.

use std::{cell::RefCell, collections::BTreeMap, path::Path};

use alloy_primitives::{Address, B256};
use theriac_envelope::{HeldKey, PublicKey};
use theriac_evidence::trial::log::Frontier;
use theriac_sdk::Client;

use super::{
    Error, Refusal,
    book::{Book, Card, KeyWrap, Owner},
    keys::{self, BookKey},
};

/// Whoever sponsors a study, or works at one of its sites.
pub struct Party {
    pub(crate) client: Client,
    pub(crate) book: Book,
    pub(super) key: BookKey,
    /// The log so far as it was held against the ledger.
    pub(super) log: Frontier,
    subject_keys: RefCell<BTreeMap<u32, HeldKey>>,
}

impl Party {
    /// The party whose book is in a folder, or begins there, for the account's organisation.
    ///
    /// # Errors
    /// Those of the book; `NotAReader`; `NotEnrolled` where the account has no organisation.
    pub async fn begin(client: Client, folder: &Path) -> Result<Self, Error> {
        if Book::exists(folder) {
            return Self::open(client, folder).await;
        }
        let standing = client.standing(client.address()).await?;
        let not_enrolled = theriac_sdk::Error::Refused(theriac_contracts::Refusal::NotEnrolled);
        let organisation = standing.ok_or(not_enrolled)?.organisation.0;
        Self::make(client, folder, (organisation, BookKey::generate())).await
    }

    /// A new book with this key.
    pub(super) async fn make(
        client: Client,
        folder: &Path,
        (organisation, key): (u32, BookKey),
    ) -> Result<Self, Error> {
        let owner = Owner {
            chain_id: client.chain_id().await?,
            organisation,
            public: key.public(),
        };
        let wrap = client
            .seal_package(&client.package_key()?, key.seed().as_slice())
            .await?;
        let book = Book::make(folder, &owner, (client.address(), &wrap))?;
        Ok(Self::new(client, book, key))
    }

    /// The party whose book is in a folder.
    ///
    /// # Errors
    /// Those of the book; `NotAReader`.
    pub async fn open(client: Client, folder: &Path) -> Result<Self, Error> {
        let book = Book::open(folder)?;
        let wrap = book.reader(client.address())?.ok_or(Refusal::NotAReader)?;
        let seed = client.open_package(&wrap).await?;
        let key = BookKey::from_seed(&seed)?;
        Ok(Self::new(client, book, key))
    }

    fn new(client: Client, book: Book, key: BookKey) -> Self {
        Self {
            client,
            book,
            key,
            log: Frontier::new(),
            subject_keys: RefCell::default(),
        }
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The study of the book.
    ///
    /// # Errors
    /// `NoStudy`.
    pub fn study(&self) -> Result<B256, Error> {
        Ok(self.book.study()?.ok_or(Refusal::NoStudy)?)
    }

    /// The card that the party gives to the others.
    ///
    /// # Errors
    /// `NoAccount`.
    pub fn card(&self) -> Result<Card, Error> {
        let owner = self.book.owner();
        let who = (owner.chain_id, owner.organisation, self.client.address());
        Ok(Card::new(who, &self.client.package_key()?, &owner.public))
    }

    /// Lets another account of the organisation read the book, by the key that it published.
    ///
    /// # Errors
    /// `NoPublishedKey`; those of book and ledger.
    pub async fn add_reader(&mut self, account: Address) -> Result<(), Error> {
        let public = self.client.published_key(account).await?;
        let wrap = self
            .client
            .seal_package(&public, self.key.seed().as_slice())
            .await?;
        Ok(self.book.add_reader(account, &wrap)?)
    }

    /// The keys of all books that may read a subject: the own one and the sponsor's.
    async fn audience(&self) -> Result<Vec<(u32, PublicKey)>, Error> {
        let owner = self.book.owner();
        let mut keys = vec![(owner.organisation, owner.public.clone())];
        let sponsor = self.client.trial(self.study()?).await?.sponsor;
        if sponsor != owner.organisation {
            let cards = self.book.parties()?;
            let card = cards.iter().find(|card| card.organisation == sponsor);
            let card = card.ok_or(Refusal::DocumentAbsent("card of the sponsor"))?;
            keys.push((sponsor, card.book_key()?));
        }
        Ok(keys)
    }

    /// The key of a subject.
    ///
    /// # Errors
    /// `KeyAbsent` once it was destroyed; those of the book.
    pub(super) fn subject_key(&self, slot: u32) -> Result<HeldKey, Error> {
        if let Some(key) = self.subject_keys.borrow().get(&slot) {
            return Ok(key.clone());
        }
        let own = self.book.owner();
        let wraps = self.book.key_wraps(slot)?;
        let wrap = wraps
            .iter()
            .find(|wrap| wrap.organisation == own.organisation)
            .ok_or(Refusal::KeyAbsent(slot))?;
        let key = self.key.unwrap(own.chain_id, &wrap.wrap)?;
        self.subject_keys.borrow_mut().insert(slot, key.clone());
        Ok(key)
    }

    /// Forgets a key in memory.
    pub(super) fn forget_key(&self, slot: u32) {
        self.subject_keys.borrow_mut().remove(&slot);
    }

    /// A fresh key for a subject, wrapped to each book that may read it.
    pub(super) async fn new_subject_key(&self) -> Result<(HeldKey, Vec<KeyWrap>), Error> {
        let key = keys::fresh();
        let chain_id = self.book.owner().chain_id;
        let wrap = |(organisation, public): (u32, PublicKey)| {
            Ok(KeyWrap {
                organisation,
                wrap: keys::wrap(chain_id, &key, &public)?,
            })
        };
        let audience = self.audience().await?;
        let wraps: Result<Vec<_>, Error> = audience.into_iter().map(wrap).collect();
        Ok((key.clone(), wraps?))
    }
}
