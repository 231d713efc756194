//! An entry of a randomisation list under the network's Seal: sealed by who made the list, opened by the keepers to who may read it.

use crate::{
    Client, Error,
    seals::{BadKeeper, Combining, Secrets},
};
use alloy_primitives::B256;
use alloy_sol_types::SolEvent as _;
use std::sync::Arc;
use theriac_contracts::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{AllocationOpened, openingByNumberCall},
    trials::allocation_seal,
};
use theriac_envelope::{
    Encrypted, PrivateKey, decrypt, encrypt,
    seal::{GroupKey, SEALED_BYTES, SealContext, SealError, Sealed, seal},
};
use zeroize::Zeroizing;

/// Bytes of the sealed key, which stands before the ciphertext of an entry.
pub const SEALED_KEY_BYTES: usize = SEALED_BYTES;

/// Where an entry stands: study, list, index of its opening.
pub type EntryPlace = (B256, u16, u32);

/// An entry that the keepers opened.
pub struct OpenedEntry {
    /// What was sealed.
    pub content: Zeroizing<Vec<u8>>,
    /// Keepers whose answers were wrong. It opened without them; their members' operators should hear of it.
    pub bad: Vec<BadKeeper>,
}

/// Encrypts an entry under a key of its own, and the key to the network's, for the seal that the contract computes for this place. Returns the sealed key
/// (266 bytes) and the ciphertext behind it. Contents of one length give results of one length.
///
/// # Errors
/// `Content`, `Seal`.
pub fn seal_entry(
    content: &[u8],
    (chain_id, group_key): (u64, &GroupKey),
    (study, list, index): EntryPlace,
) -> Result<Vec<u8>, Error> {
    let rng = &mut rand::rng();
    let Encrypted { ciphertext, secret } = encrypt(content, rng)?;
    let context = SealContext {
        chain_id,
        seal: allocation_seal(chain_id, study, (list, index)).0,
    };
    let mut bytes = seal(&secret, group_key, &context, rng)?.encode();
    bytes.extend(ciphertext);
    Ok(bytes)
}

impl Client {
    /// The number of the opening that an entry of kind 18 made at a height, for a subject and this one-time key.
    ///
    /// # Errors
    /// `Refused` with `OpeningUnknown`; those of a call.
    pub async fn allocation_opening(
        &self,
        (study, slot): (B256, u32),
        (height, key): (u64, B256),
    ) -> Result<u64, Error> {
        let topics = [AllocationOpened::SIGNATURE_HASH];
        for log in self.logs(TRIALS, &topics, (height, height)).await? {
            let event = AllocationOpened::decode_log(&log.inner)
                .map_err(|_| Error::MalformedAnswer("event"))?
                .data;
            if (event.study, event.slot) != (study, slot) {
                continue;
            }
            let opening = event.opening;
            let found = self.call(TRIALS, &openingByNumberCall { opening }).await?;
            if found.key == key {
                return Ok(opening);
            }
        }
        Err(Refusal::OpeningUnknown.into())
    }

    /// Opens a sealed entry with the keepers' answers to an opening, which named the one-time key.
    ///
    /// # Errors
    /// `Refused` with what the keepers say of the opening; `KeepersMissing`; `Seal`, `Opening`, `Content` for bytes that were altered; those of a call.
    pub async fn open_allocation(
        &self,
        (opening, key): (u64, PrivateKey),
        (study, list, index): EntryPlace,
        sealed: &[u8],
    ) -> Result<OpenedEntry, Error> {
        let (sealed_key, ciphertext) = sealed
            .split_at_checked(SEALED_KEY_BYTES)
            .ok_or(SealError::Point("the sealed key"))?;
        let seal = allocation_seal(self.chain_id().await?, study, (list, index));
        let combining = Arc::new(Combining {
            opening,
            seals: vec![(seal.0, Sealed::decode(sealed_key)?)],
            key,
        });
        let Secrets { secrets, bad, .. } = self.secrets_of(combining).await?;
        let secret = secrets
            .first()
            .ok_or(Error::MalformedAnswer("keepers' answers"))?;
        let content = decrypt(ciphertext, secret)?;
        Ok(OpenedEntry { content, bad })
    }
}
