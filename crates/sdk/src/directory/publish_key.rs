//! A person's key to which others wrap records: in the vault, named by the directory.

use crate::{Client, Error};
use alloy_primitives::{Address, B256};
use theriac_contracts::{addresses::DIRECTORY, interfaces::IDirectory::setKeyCall};
use theriac_envelope::{ContentId, PublicKey};

impl Client {
    /// Publishes the key of this account, unless the directory names it already, and returns its id.
    ///
    /// # Errors
    /// `Refused` for whom is not enrolled; those of [`Client::send`] and [`Client::put_blob`].
    pub async fn publish_key(&self) -> Result<B256, Error> {
        let public = self.record_key()?.public_key();
        let ContentId(key) = self.put_blob(public.encode()).await?;
        if self.person(self.address()).await?.key != key {
            self.send(DIRECTORY, &setKeyCall { key: key.into() })
                .await?;
        }
        Ok(key.into())
    }

    /// The key to which records for a person are wrapped.
    ///
    /// # Errors
    /// `NoPublishedKey`; those of [`Client::get_blob`] and [`Client::call`].
    pub async fn published_key(&self, person: Address) -> Result<PublicKey, Error> {
        let key = self.person(person).await?.key;
        if key.is_zero() {
            return Err(Error::NoPublishedKey);
        }
        self.public_key(key).await
    }

    /// The public key of this id.
    pub(crate) async fn public_key(&self, key: B256) -> Result<PublicKey, Error> {
        Ok(PublicKey::decode(&self.get_blob(ContentId(key.0)).await?)?)
    }
}
