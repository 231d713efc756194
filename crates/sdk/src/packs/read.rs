//! Reads what the ledger holds of packs.

use crate::{Client, Error, pages::pages};
use alloy_primitives::{Address, B256};
use theriac_contracts::{
    Refusal,
    addresses::PACKS,
    codes::FlagSubject,
    interfaces::IPacks::{
        closingCall, documentCall, exitCall, flagCountCall, flagsCall, flagsOfCall, lotCall,
        productCall, productsCall,
    },
};

pub use theriac_contracts::interfaces::IPacks::{
    Closing, Document as DocumentEntry, Exit, Flag, Lot, Product,
};

/// Flags that the contract gives at a time.
const PAGE: u32 = 100;

impl Client {
    /// Who answers for a product; `None` where nobody has claimed it.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn product(&self, gtin: u64) -> Result<Option<Product>, Error> {
        absent(
            self.call(PACKS, &productCall { gtin }).await,
            Refusal::ProductUnknown,
        )
    }

    /// All products, in order of their first claim.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn products(&self) -> Result<Vec<Product>, Error> {
        pages(|from, limit| async move {
            let answer = self.call(PACKS, &productsCall { from, limit }).await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// A lot; `None` where no lot has this root.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn lot(&self, root: B256) -> Result<Option<Lot>, Error> {
        absent(
            self.call(PACKS, &lotCall { root }).await,
            Refusal::LotUnknown,
        )
    }

    /// What became of all that a key held; `None` while it is open, or was never used.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn closing(&self, key: Address) -> Result<Option<Closing>, Error> {
        let closing = self.call(PACKS, &closingCall { key }).await?;
        Ok((closing.number != 0).then_some(closing))
    }

    /// Whether a pack has left, and how.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn exit(&self, nullifier: B256) -> Result<Exit, Error> {
        self.call(PACKS, &exitCall { nullifier }).await
    }

    /// When a document was committed; `None` where it was not.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn committed_document(&self, hash: B256) -> Result<Option<DocumentEntry>, Error> {
        let document = self.call(PACKS, &documentCall { hash }).await?;
        Ok((document.height != 0).then_some(document))
    }

    /// How many flags the network has.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn flag_count(&self) -> Result<u64, Error> {
        self.call(PACKS, &flagCountCall {}).await
    }

    /// All flags from a number on, cleared ones included.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn flags_from(&self, first: u64) -> Result<Vec<Flag>, Error> {
        pages(|from, limit| async move {
            let from = first.saturating_add(from);
            let answer = self.call(PACKS, &flagsCall { from, limit }).await?;
            Ok((answer.page, answer.total.saturating_sub(first)))
        })
        .await
    }

    /// The newest flags of a handle, 100 at most, cleared ones included.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn flags_of(&self, subject: FlagSubject, handle: B256) -> Result<Vec<Flag>, Error> {
        let call = flagsOfCall {
            subject: subject.code(),
            handle,
            before: u64::MAX,
            limit: PAGE,
        };
        Ok(self.call(PACKS, &call).await?.page)
    }
}

/// `None` where the contract refuses with this.
fn absent<T>(answer: Result<T, Error>, refusal: Refusal) -> Result<Option<T>, Error> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(Error::Refused(got)) if got == refusal => Ok(None),
        Err(error) => Err(error),
    }
}
