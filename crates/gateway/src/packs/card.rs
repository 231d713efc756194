//! The card that a partner gives to its suppliers.

use alloy_primitives::{Address, Bytes};
use serde::{Deserialize, Serialize};
use theriac_envelope::PublicKey;
use theriac_standards::gs1::key::Gln;

use super::keys::{PackKey, PackKeyError};

/// The largest card, in bytes.
pub const MAX_CARD_BYTES: usize = 64 << 10;
const FORMAT: &str = "theriac-pack-card/1";

/// To whom packs are handed over, and to which key their papers are encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Card {
    format: String,
    /// The account that acts.
    pub account: Address,
    /// Its organisation.
    pub organisation: u32,
    /// The place of business: a GLN.
    pub gln: String,
    pack_key: Bytes,
    encryption_key: Bytes,
}

/// Why a text is no card.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// Too long.
    #[error("the card has {0} bytes, expected at most {MAX_CARD_BYTES}")]
    TooLarge(usize),
    /// Not the JSON of a card.
    #[error(
        "the card is not json of the form that theriac pack card prints: line {line}, column {column}"
    )]
    Malformed {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Another format.
    #[error("the card is of another format, expected {FORMAT}")]
    Format,
    /// The place is no GLN.
    #[error("the card's gln: {0}")]
    Gln(#[from] theriac_standards::gs1::key::KeyError),
    /// The key for packs is none.
    #[error("the card's pack key: {0}")]
    PackKey(#[from] PackKeyError),
    /// The key for papers is none.
    #[error("the card's encryption key: {0}")]
    EncryptionKey(#[from] theriac_envelope::KeyError),
}

impl Card {
    /// A card.
    pub fn new(
        (account, organisation): (Address, u32),
        gln: &str,
        pack_key: &PackKey,
        encryption_key: &PublicKey,
    ) -> Self {
        Self {
            format: FORMAT.to_owned(),
            account,
            organisation,
            gln: gln.to_owned(),
            pack_key: Bytes::copy_from_slice(&pack_key.encode()),
            encryption_key: encryption_key.encode().into(),
        }
    }

    /// Reads a card and checks its keys.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn read(text: &[u8]) -> Result<Self, CardError> {
        if text.len() > MAX_CARD_BYTES {
            return Err(CardError::TooLarge(text.len()));
        }
        let card: Self = serde_json::from_slice(text).map_err(|error| CardError::Malformed {
            line: error.line(),
            column: error.column(),
        })?;
        if card.format != FORMAT {
            return Err(CardError::Format);
        }
        Gln::parse(&card.gln)?;
        card.pack_key()?;
        card.encryption_key()?;
        Ok(card)
    }

    /// The card as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a card is text and numbers")
    }

    /// The key from which one-time keys of the partner follow.
    ///
    /// # Errors
    /// [`PackKeyError`].
    pub fn pack_key(&self) -> Result<PackKey, PackKeyError> {
        PackKey::decode(&self.pack_key)
    }

    /// The key to which papers are encrypted.
    ///
    /// # Errors
    /// Where it is none.
    pub fn encryption_key(&self) -> Result<PublicKey, theriac_envelope::KeyError> {
        PublicKey::decode(&self.encryption_key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packs::keys::BookSecret;
    use theriac_envelope::{PrivateKey, Suite};

    fn card() -> Card {
        let pack_key = PackKey::of(&BookSecret::from_bytes([1; 32]));
        let encryption = PrivateKey::from_seed(Suite::XWing, [2; 32]).public_key();
        Card::new(
            (Address::repeat_byte(1), 3),
            "4012345000009",
            &pack_key,
            &encryption,
        )
    }

    #[test]
    fn a_card_is_read_back() {
        assert_eq!(Card::read(card().to_json().as_bytes()).unwrap(), card());
    }

    #[test]
    fn each_fault_of_a_card_has_its_name() {
        let with = |from: &str, to: &str| Card::read(card().to_json().replace(from, to).as_bytes());
        assert!(matches!(
            Card::read(b"{}"),
            Err(CardError::Malformed { .. })
        ));
        assert!(matches!(with("card/1", "card/2"), Err(CardError::Format)));
        assert!(matches!(
            with("4012345000009", "4012345000000"),
            Err(CardError::Gln(_))
        ));
        assert!(matches!(
            with("\"packKey\":\"0x0", "\"packKey\":\"0x1"),
            Err(CardError::PackKey(_))
        ));
        assert!(matches!(
            with("\"encryptionKey\":\"0x01", "\"encryptionKey\":\"0x09"),
            Err(CardError::EncryptionKey(_))
        ));
        let large = vec![b' '; MAX_CARD_BYTES + 1];
        assert!(matches!(Card::read(&large), Err(CardError::TooLarge(_))));
    }
}
